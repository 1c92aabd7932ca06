// Run by `npm run test:wine` under Windows Node in Wine; says nothing about Windows itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import test from 'node:test';
import { withLockPatience } from '../../electron/evidence/lock-patience.ts';
import { defaultDataFolder, windowFolder } from '../../electron/platform/data-folder.ts';
import { assertGoodPlace } from '../../electron/platform/good-place.ts';
import { authenticode } from '../../electron/platform/windows/authenticode.ts';
import { runPowerShell } from '../../electron/platform/windows/powershell.ts';
import { runningPrograms } from '../../electron/platform/windows/processes.ts';
import { registryQuery, teamViewerCandidates } from '../../electron/platform/windows/teamviewer-keys.ts';
import { installedVendorFolders } from '../../electron/platform/windows/uninstall-keys.ts';
import { systemKeychain } from '../../electron/secrets/system-keychain.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { startStore } from '../../electron/store/start-store.ts';
import { windowsPathRefusal } from '../../shared/rules/teamviewer-path.ts';
import { dataFolderSwitch } from '../../electron/window/command-line.ts';

const fresh = (): string => mkdtempSync(join(tmpdir(), 'officina-'));
const at = '2026-11-24T18:05:00.000Z';

test('data folder lies in the local app data when the system is Windows', () => {
  assert.equal(process.platform, 'win32');
  const folder = defaultDataFolder(process.platform, process.env, process.env['APPDATA'] ?? '');
  assert.ok(isAbsolute(folder));
  assert.match(folder, /^[A-Z]:\\.*\\Local\\Officina Support$/u);
  assert.doesNotThrow(() => assertGoodPlace(folder));
  assert.ok(readdirSync(windowFolder(fresh())).length === 0);
});

test('data folder switch takes a drive path when it is given one', () => {
  assert.equal(dataFolderSwitch(['app.exe', '--data-dir', 'C:\\dati\\..\\officina']), 'C:\\officina');
  assert.equal(dataFolderSwitch(['app.exe', '--data-dir=D:/a b']), 'D:\\a b');
});

test('registry query finds the vendor\'s folder when its installer left one', async () => {
  const key = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\KSuite';
  const add = (name: string, value: string): unknown => execFileSync('reg', ['add', key, '/v', name, '/d', value, '/f'], { stdio: 'ignore' });
  add('DisplayName', 'K-Suite 3');
  add('Publisher', 'Alientech srl');
  add('InstallLocation', 'C:\\Program Files\\Alientech\\K-Suite');
  assert.deepEqual(await installedVendorFolders(), ['C:\\Program Files\\Alientech\\K-Suite']);
});

test('R-REMOTE-2 registry names TeamViewer\'s folder, and what is written there oddly is refused and not cleaned', async () => {
  const write = (folder: string): unknown => execFileSync('reg', ['add', 'HKCU\\SOFTWARE\\TeamViewer', '/v', 'InstallationDirectory', '/d', folder, '/f'], { stdio: 'ignore' });
  const judged = async (): Promise<readonly (string | null)[]> => (await teamViewerCandidates(registryQuery, {})).map(windowsPathRefusal);
  write('D:\\Strumenti\\TeamViewer');
  assert.deepEqual(await teamViewerCandidates(registryQuery, {}), ['D:\\Strumenti\\TeamViewer\\TeamViewer.exe']);
  assert.deepEqual(await judged(), [null]);
  write('\\\\server\\share');
  assert.deepEqual(await judged(), ['path-network']);
  write('%TEMP%\\TeamViewer');
  assert.deepEqual(await judged(), ['path-variables']);
});

test('R-REMOTE-2 signature fails closed when PowerShell answers nothing of ours', async () => {
  assert.deepEqual(await authenticode(process.execPath, runPowerShell), { kind: 'refused', reason: 'no-answer', version: null });
});

test('R-REMOTE-6 list of programs names the running one, or says that it cannot be read', async () => {
  const running = await runningPrograms();
  assert.ok(running === null || running.has('node.exe'));
});

test('rename waits for the program that holds the file when it lets go in time, and gives up as the disk said it when it does not', async () => {
  const folder = fresh();
  const [from, to] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(from, '1');
  writeFileSync(to, '2');
  const held = openSync(to, 'r');
  const rename = (patienceMs: number): Promise<void> => withLockPatience(async () => renameSync(from, to), { busyMs: patienceMs, deniedMs: patienceMs }, () => performance.now());
  await assert.rejects(rename(30), { code: 'EPERM' });
  assert.equal(readFileSync(to, 'utf8'), '2');
  setTimeout(() => closeSync(held), 100);
  await rename(10_000);
  assert.equal(readFileSync(to, 'utf8'), '1');
});

test('store opens, keeps and opens again when it is SQLite\'s binary for Windows', async () => {
  const folder = fresh();
  const first = await startStore(folder, at);
  first.db.prepare("insert into settings (key, value) values ('x', 'ü')").run();
  closeStore(first.db);
  const second = await startStore(folder, at);
  assert.deepEqual(second.health, { kind: 'healthy' });
  assert.equal(second.db.prepare("select value from settings where key = 'x'").pluck().get(), 'ü');
  assert.equal(second.db.pragma('synchronous', { simple: true }), 2);
  closeStore(second.db);
});

test('keychain gives back what was saved when it is the Credential Manager', async () => {
  const chain = systemKeychain();
  await chain.save('prova', 'geheim-ü');
  assert.deepEqual(await chain.read('prova'), { kind: 'present', secret: 'geheim-ü' });
  assert.equal(await chain.remove('prova'), true);
  assert.deepEqual(await chain.read('prova'), { kind: 'absent' });
});
