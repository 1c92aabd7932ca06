import assert from 'node:assert/strict';
import { closeSync, constants, mkdirSync, openSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeStore } from '../../electron/store/open-store.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import { backUp, hashesBelow, plant, sha256 } from '../fixtures/backup-world.ts';
import { freezingDesk } from '../fixtures/freezing.ts';
import { contract, inFolder, shareNothing } from './contract.ts';

contract(
  'file that another program holds for itself is waited for, told as locked, and taken once it is free',
  'windows or wine',
  () =>
    inFolder(async (folder) => {
      const log = join(folder, 'ktag però.log');
      writeFileSync(log, 'ERR back checksum');
      const desk = await freezingDesk(join(folder, 'data'), { patience: { busyMs: 300, deniedMs: 300 } });
      const held = openSync(log, constants.O_RDWR | shareNothing);
      assert.equal(await desk.codeOf(log), 'evidence.locked');
      const other = await freezingDesk(join(folder, 'other'), {
        patience: { busyMs: 30_000, deniedMs: 30_000 },
      });
      setTimeout(() => closeSync(held), 300);
      assert.equal(other.bytesOf(await other.take(log)).toString(), 'ERR back checksum');
      for (const { db } of [desk, other]) closeStore(db);
    }),
);

contract(
  'file that its tool keeps open for writing, as tools do, is taken meanwhile',
  'windows or wine',
  () =>
    inFolder(async (folder) => {
      const log = join(folder, 'kess.log');
      const writing = openSync(log, 'w');
      writeFileSync(writing, 'first line\r\n');
      const desk = await freezingDesk(join(folder, 'data'));
      assert.equal(desk.bytesOf(await desk.take(log)).toString(), 'first line\r\n');
      closeSync(writing);
      closeStore(desk.db);
    }),
);

contract(
  'R-BACKUP-1 places longer than 260 characters are copied, and what another program holds is left out by name',
  'windows or wine',
  () =>
    inFolder(async (folder) => {
      const source = join(folder, 'Strumenti');
      const deep = Array.from(
        { length: 6 },
        () => 'cartella dal nome piuttosto lungo, come se ne trovano',
      ).join('/');
      plant(source, { 'kess.log': 'Wake up error', [`${deep}/original però.ori`]: 'flash', 'held.log': 'x' });
      const held = openSync(join(source, 'held.log'), constants.O_RDWR | shareNothing);
      try {
        const result = await backUp([{ path: source, name: 'Strumenti' }], join(folder, 'D'));
        assert.deepEqual(result.skipped, [{ place: 'Strumenti/held.log', reason: 'locked' }]);
        assert.deepEqual(result.different, []);
        assert.deepEqual(hashesBelow(join(folder, 'D', 'Officina Support backup', 'Strumenti')), {
          'kess.log': sha256('Wake up error'),
          [`${deep}/original però.ori`]: sha256('flash'),
        });
      } finally {
        closeSync(held);
      }
    }),
);

contract(
  'R-BACKUP-1 junction is told and not followed, in a chosen folder written in other capitals',
  'windows',
  () =>
    inFolder(async (folder) => {
      const source = join(folder, 'Strumenti');
      plant(source, { 'kess.log': 'Wake up error' });
      plant(join(folder, 'private'), { 'letter.txt': 'x' });
      symlinkSync(join(folder, 'private'), join(source, 'junction'), 'junction');
      const result = await backUp(
        [{ path: source.toUpperCase(), name: 'Strumenti' }],
        join(source, 'Backup'),
      );
      assert.deepEqual(
        result.skipped.toSorted((a, b) => (a.place < b.place ? -1 : 1)),
        [
          { place: 'Strumenti/Backup/Officina Support backup', reason: 'inside-destination' },
          { place: 'Strumenti/junction', reason: 'link' },
        ],
      );
      assert.equal(result.files, 1);
    }),
);

contract('names that Windows keeps for itself or cuts short become names it takes', 'windows', () =>
  inFolder((folder) => {
    const names = [
      'CON',
      'nul.txt',
      'COM1.log',
      'trailing.',
      'trailing ',
      'a<b>:"|?*.log',
      'ktag.log:stream',
    ].map((name) => safeFileName(name));
    mkdirSync(join(folder, 'names'));
    for (const name of names) writeFileSync(join(folder, 'names', name), name);
    assert.deepEqual(readdirSync(join(folder, 'names')).toSorted(), [...new Set(names)].toSorted());
  }),
);
