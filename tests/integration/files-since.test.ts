import { renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesSince } from '../../electron/remote/files-since.ts';
import { plant } from '../fixtures/backup-world.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { until } from './workshop-fixture.ts';

const old = new Date('2026-01-01T00:00:00.000Z');

test('R-REMOTE-7: a file that came with an old date is new, and one that was there is not', async () => {
  const [outside, folder] = [freshFolder(), freshFolder()];
  plant(folder, { 'deep/there.ori': 'x' });
  const probe = join(outside, 'probe');
  /** The disk's own time is past that moment: it goes in steps, and is asked the way everybody asks it. */
  const diskPast = (ms: number): Promise<boolean> =>
    until(() => {
      writeFileSync(probe, 'x');
      return statSync(probe).mtimeMs > ms;
    });
  await diskPast(statSync(join(folder, 'deep', 'there.ori')).ctimeMs + 1);
  const sinceMs = Date.now();
  await diskPast(sinceMs);
  // Unpacked or copied with its times, and moved in from elsewhere.
  writeFileSync(join(folder, 'deep', 'unpacked.ori'), 'x');
  utimesSync(join(folder, 'deep', 'unpacked.ori'), old, old);
  writeFileSync(join(outside, 'moved.ori'), 'x');
  utimesSync(join(outside, 'moved.ori'), old, old);
  renameSync(join(outside, 'moved.ori'), join(folder, 'moved.ori'));
  const found = await filesSince([folder], sinceMs);
  expect({ ...found, names: [...found.names].sort() }).toEqual({
    names: ['moved.ori', 'unpacked.ori'],
    total: 2,
    isWhole: true,
  });
});

test('R-REMOTE-7: says that there was more than it looked through', async () => {
  const folder = freshFolder();
  plant(folder, { 'a.ori': 'x', 'b.ori': 'x', 'c.ori': 'x' });
  expect(await filesSince([folder], 0, 2)).toMatchObject({ total: 2, isWhole: false });
  expect(await filesSince([folder], 0, 3)).toMatchObject({ total: 3, isWhole: true });
});
