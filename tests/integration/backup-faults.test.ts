import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupRoot } from '../../electron/remote/backup/backup-disk.ts';
import type { BackupResult } from '../../electron/remote/backup/run-backup.ts';
import { faultyDisk, plantFaulty, toldAs } from '../fixtures/backup-faults.ts';
import { backUp, hashesBelow } from '../fixtures/backup-world.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';

/** `BACKUP_FILES=50000 BACKUP_MB=5120` is the full size: some minutes and 12 GB of disk. */
const files = Number(process.env['BACKUP_FILES'] ?? '2000');
const bytes = Number(process.env['BACKUP_MB'] ?? '60') * 1024 ** 2;

/** Everything a run told, by place below the source: a reason for leaving out, or `different`. */
function told({ skipped, different }: BackupResult): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...skipped.map(({ place, reason }) => [place.slice('Tool/'.length), reason]),
    ...different.map((place) => [place.slice('Tool/'.length), 'different']),
  ]);
}

/** Places whose copy is missing or not what the source is now, each file read on both sides. */
function unequal(source: string, copies: string): readonly string[] {
  const copied = hashesBelow(copies);
  return Object.entries(hashesBelow(source))
    .filter(([place, sha256]) => copied[place] !== sha256)
    .map(([place]) => place);
}

test(
  'R-BACKUP-1: every difference is told when files are locked, vanish, change, rot in the copy, and the disk fills up',
  { timeout: 1_800_000 },
  async () => {
    const [source, destination] = [freshFolder(), freshFolder()];
    const faults = plantFaulty(source, files, bytes, 20_261_125);
    const copies = join(backupRoot(destination), 'Tool');
    const folders = [{ path: source, name: 'Tool' }];
    const full = faultyDisk(source, copies, faults, Math.floor(files * 0.6));
    await expect(backUp(folders, destination, full.replaced)).rejects.toMatchObject({ reason: 'disk-full' });

    // With room again the same disk goes on being a bad one; what vanished before is no longer there to be told.
    const { replaced, injected } = faultyDisk(source, copies, faults, Number.POSITIVE_INFINITY);
    const result = await backUp(folders, destination, replaced);
    const expected = Object.fromEntries(
      [...injected].flatMap(([place, fault]) =>
        toldAs[fault] === undefined ? [] : [[place, toldAs[fault]]],
      ),
    );
    expect(told(result)).toEqual(expected);
    const silent = unequal(source, copies).filter((place) => !(place in expected));
    expect(silent).toEqual([]);

    const counts: Record<string, number> = {};
    for (const fault of injected.values()) counts[fault] = (counts[fault] ?? 0) + 1;
    console.log(
      `backup of ${files} files, ${Math.round(bytes / 1024 ** 2)} MB: ${JSON.stringify(counts)}; told ${Object.keys(told(result)).length}, silent ${silent.length}`,
    );
    expect(Object.keys(counts).sort()).toEqual([
      'bit-flips',
      'changes-once',
      'keeps-changing',
      'locked',
      'vanishes',
    ]);

    // On a good disk the repeat mends it all, and copies no more than that.
    const mended = await backUp(folders, destination);
    expect(mended).toMatchObject({
      skipped: [],
      different: [],
      copiedFiles: (counts['bit-flips'] ?? 0) + (counts['keeps-changing'] ?? 0) + (counts['locked'] ?? 0),
    });
    expect(unequal(source, copies)).toEqual([]);
  },
);
