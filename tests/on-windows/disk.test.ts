import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { defaultDataFolder, windowFolder } from '../../electron/platform/data-folder.ts';
import { assertDataFolder } from '../../electron/platform/data-folder-check.ts';
import { whileHeld } from '../../electron/platform/locked-file-retry.ts';
import { realDrives } from '../../electron/remote/backup/drives.ts';
import { placeApart } from '../../electron/remote/teamviewer/place-apart.ts';
import { systemKeychain } from '../../electron/secrets/system-keychain.ts';
import { askForErase, eraseIfAsked } from '../../electron/store/erase-store.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { dataFolderSwitch } from '../../electron/window/command-line.ts';
import { windowsPathRefusal } from '../../shared/rules/teamviewer-path.ts';
import { contract, inFolder, shareNothing } from './contract.ts';

const at = '2026-11-24T18:05:00.000Z';

contract(
  'data folder lies in the local app data and not in what travels with the profile',
  'windows or wine',
  () =>
    inFolder((fresh) => {
      const folder = defaultDataFolder(process.platform, process.env, process.env['APPDATA'] ?? '');
      assert.ok(isAbsolute(folder));
      assert.match(folder, /^[A-Z]:\\.*\\Local\\Officina Support$/u);
      assert.doesNotThrow(() => assertDataFolder(folder));
      assert.equal(readdirSync(windowFolder(fresh)).length, 0);
    }),
);

contract('data folder switch takes a drive path', 'windows or wine', () => {
  assert.equal(dataFolderSwitch(['app.exe', '--data-dir', 'C:\\dati\\..\\officina']), 'C:\\officina');
  assert.equal(dataFolderSwitch(['app.exe', '--data-dir=D:/a b']), 'D:\\a b');
  // A shortcut with `"D:\dati\"`.
  assert.equal(dataFolderSwitch(['app.exe', '--data-dir', 'D:\\dati"']), 'D:\\dati');
});

contract('drives are told apart by their letters and say what is free', 'windows or wine', async () => {
  assert.equal(await realDrives.driveOf('C:\\Windows'), await realDrives.driveOf('c:\\Users'));
  assert.notEqual(await realDrives.driveOf('C:\\Windows'), await realDrives.driveOf('D:\\'));
  assert.ok((await realDrives.freeBytes('C:\\')) > 0);
});

contract(
  'R-REMOTE-2 chosen QuickSupport keeps its path when it lies on a drive of this PC, and is placed in an empty folder of ours',
  'windows or wine',
  () =>
    inFolder(async (fresh) => {
      const chosen = join(fresh, 'TeamViewerQS.exe');
      writeFileSync(chosen, 'MZ stand-in');
      assert.equal(windowsPathRefusal(chosen), null);
      assert.equal((await realpath(chosen)).toLowerCase(), chosen.toLowerCase());
      const own = join(fresh, 'quicksupport');
      mkdirSync(own);
      // What still runs there cannot be removed.
      const running = openSync(
        join(own, 'TeamViewerQS.exe'),
        constants.O_CREAT | constants.O_RDWR | shareNothing,
      );
      const sha256 = createHash('sha256').update('MZ stand-in').digest('hex');
      try {
        const placed = await placeApart({ path: chosen, version: '15', signer: 'x', sha256 }, own);
        assert.deepEqual(readdirSync(join(placed?.path ?? '', '..')), ['TeamViewerQS.exe']);
        assert.equal(windowsPathRefusal(placed?.path ?? ''), null);
        assert.equal(
          await placeApart({ path: chosen, version: '15', signer: 'x', sha256: '0'.repeat(64) }, own),
          null,
        );
      } finally {
        closeSync(running);
      }
    }),
);

contract(
  'rename waits for the program that holds the file when it lets go in time, and gives up as the disk said it when it does not',
  'windows or wine',
  () =>
    inFolder(async (folder) => {
      const [from, to] = [join(folder, 'a'), join(folder, 'b')];
      writeFileSync(from, '1');
      writeFileSync(to, '2');
      const held = openSync(to, 'r');
      const rename = (patienceMs: number): Promise<void> => whileHeld(() => renameSync(from, to), patienceMs);
      await assert.rejects(rename(30), { code: 'EPERM' });
      assert.equal(readFileSync(to, 'utf8'), '2');
      setTimeout(() => closeSync(held), 100);
      await rename(10_000);
      assert.equal(readFileSync(to, 'utf8'), '1');
    }),
);

contract(
  'R-PRIVACY-1 file that another program holds is named and goes once it is free, and no other waits for it',
  'windows or wine',
  () =>
    inFolder((folder) => {
      mkdirSync(join(folder, 'evidence'));
      for (const name of ['officina.db', 'held.log', 'free.log'])
        writeFileSync(join(folder, 'evidence', name), 'x');
      askForErase(folder);
      const held = openSync(join(folder, 'evidence', 'held.log'), constants.O_RDWR | shareNothing);
      try {
        assert.deepEqual(eraseIfAsked(folder, { tries: 0, rm: rmSync }), ['evidence\\held.log']);
        assert.deepEqual(readdirSync(join(folder, 'evidence')), ['held.log']);
      } finally {
        closeSync(held);
      }
      assert.deepEqual(eraseIfAsked(folder), []);
      assert.deepEqual(readdirSync(folder), []);
    }),
);

contract("store opens, keeps and opens again on SQLite's binary for Windows", 'windows or wine', () =>
  inFolder(async (folder) => {
    const first = await startStore(folder, at);
    first.db.prepare("insert into settings (key, value) values ('x', 'ü')").run();
    closeStore(first.db);
    const second = await startStore(folder, at);
    assert.deepEqual(second.health, { kind: 'healthy' });
    assert.equal(second.db.prepare("select value from settings where key = 'x'").pluck().get(), 'ü');
    assert.equal(second.db.pragma('synchronous', { simple: true }), 2);
    closeStore(second.db);
  }),
);

contract('keychain gives back what was saved in the Credential Manager', 'windows or wine', async () => {
  const chain = systemKeychain();
  await chain.save('prova', 'geheim-ü');
  assert.deepEqual(await chain.read('prova'), { kind: 'present', secret: 'geheim-ü' });
  assert.equal(await chain.remove('prova'), true);
  assert.deepEqual(await chain.read('prova'), { kind: 'absent' });
});
