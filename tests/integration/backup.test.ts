import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backupRoot, realBackupDisk } from '../../electron/remote/backup/backup-disk.ts';
import { backUpBy, realPool } from '../fixtures/backup-pool.ts';
import { backUp, hashesBelow, plant } from '../fixtures/backup-world.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { onLinux } from '../fixtures/on-linux.ts';
import { seededRandom } from '../portal/fault.ts';

const diskError = (code: string): Error => Object.assign(new Error(code), { code });
const nameOf = (path: string): string => path.split('/').at(-1) ?? '';

/** A source of a few files and an empty destination. */
function world(
  files: Readonly<Record<string, string | Buffer>> = {
    'a.ori': 'original',
    'ecu/golf6.bin': Buffer.alloc(3_000_000, 7),
    'ecu/empty.log': '',
  },
) {
  const source = freshFolder();
  const destination = freshFolder();
  plant(source, files);
  return {
    source,
    destination,
    folders: [{ path: source, name: 'Tool' }],
    copies: join(backupRoot(destination), 'Tool'),
  };
}

describe('runBackup', () => {
  test('R-BACKUP-1: copies every byte and counts every file when nothing goes wrong', async () => {
    const { source, destination, folders, copies } = world();
    const pool = realPool(folders, destination);
    expect(await pool.coordinator.estimate()).toEqual({ files: 3, bytes: 3_000_008 });
    const result = await backUpBy(pool, destination);
    expect(result).toMatchObject({ files: 3, bytes: 3_000_008, copiedFiles: 3, different: [], skipped: [] });
    expect(pool.progress()).toEqual({ files: 3, bytes: 6_000_016 });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
  });

  test('R-BACKUP-1: copies only what changed when it is repeated, and finds what rotted in the copy', async () => {
    const { source, destination, folders, copies } = world();
    const first = await backUp(folders, destination);
    appendFileSync(join(source, 'a.ori'), ' more');
    const bytes = readFileSync(join(copies, 'ecu/golf6.bin'));
    bytes[1_234_567] = 8;
    writeFileSync(join(copies, 'ecu/golf6.bin'), bytes);
    const second = await backUp(folders, destination);
    expect(second).toMatchObject({ files: 3, copiedFiles: 2, different: [], skipped: [] });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
    expect(second.manifestSha256).not.toBe(first.manifestSha256);
  });

  test('R-BACKUP-1: keeps apart files whose names look like unfinished copies, and sweeps what a crash left', async () => {
    const { source, destination, folders, copies } = world({
      a: 'one',
      'a.part': 'two',
      '.in-progress/1-1': 'three',
    });
    const unfinished = join(backupRoot(destination), '.in-progress');
    plant(unfinished, { '1-1': 'half of something' });
    const result = await backUp(folders, destination);
    expect(result).toMatchObject({ copiedFiles: 3, different: [] });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
    expect(existsSync(unfinished)).toBe(false);
  });

  test('R-BACKUP-1: takes every file of a deep and wide tree, each once', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2_600 }, (_, index) => [
        `${'deep/'.repeat(index % 7)}job ${index % 90}/f${index}.log`,
        `content ${index}`,
      ]),
    );
    const { source, destination, folders, copies } = world(files);
    const result = await backUpBy(realPool(folders, destination), destination);
    expect(result).toMatchObject({ files: 2_600, copiedFiles: 2_600, different: [], skipped: [] });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
  });

  test('R-BACKUP-1: finds every flipped bit when the copy is not what was read', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `f${index}.bin`);
    const { destination, folders } = world(
      Object.fromEntries(names.map((name) => [name, Buffer.alloc(4_000, name)])),
    );
    const random = seededRandom(5);
    const flipped = new Set<string>();
    const flipping = (from: string, to: string): void => {
      renameSync(from, to);
      if (random() < 0.5) return;
      const file = openSync(to, 'r+');
      const at = Math.floor(random() * 4_000);
      const byte = Buffer.alloc(1);
      readSync(file, byte, 0, 1, at);
      byte[0] = (byte[0] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeSync(file, byte, 0, 1, at);
      closeSync(file);
      flipped.add(`Tool/${nameOf(to)}`);
    };
    const result = await backUp(folders, destination, { target: { rename: flipping } });
    expect(flipped.size).toBeGreaterThan(10);
    expect([...result.different].sort()).toEqual([...flipped].sort());
  });

  onLinux(
    '[linux] R-BACKUP-1: names each file it leaves out and why: link, pipe, locked, forbidden, vanished, unreadable',
    async () => {
      const { source, destination, folders, copies } = world({
        'good.ori': 'x',
        'locked.log': 'x',
        'forbidden.log': 'x',
        'gone.log': 'x',
        'bad sector.bin': 'x',
      });
      symlinkSync('/etc/passwd', join(source, 'link.log'));
      symlinkSync(source, join(source, 'loop'));
      execFileSync('mkfifo', [join(source, 'pipe')]);
      const refusals: Readonly<Record<string, string>> = {
        'locked.log': 'EBUSY',
        'forbidden.log': 'EACCES',
        'gone.log': 'ENOENT',
        'bad sector.bin': 'EIO',
      };
      const refusing = (path: string, flags: number): number => {
        const code = refusals[nameOf(path)];
        if (code !== undefined) throw diskError(code);
        return openSync(path, flags);
      };
      const { skipped, files } = await backUp(folders, destination, { source: { open: refusing } });
      expect(Object.fromEntries(skipped.map(({ place, reason }) => [place, reason]))).toEqual({
        'Tool/link.log': 'link',
        'Tool/loop': 'link',
        'Tool/pipe': 'special',
        'Tool/locked.log': 'locked',
        'Tool/forbidden.log': 'no-permission',
        'Tool/gone.log': 'vanished',
        'Tool/bad sector.bin': 'read-error',
      });
      expect([files, Object.keys(hashesBelow(copies))]).toEqual([1, ['good.ori']]);
    },
  );

  test('R-BACKUP-1: names the file whose path is too long at the destination, and takes the rest', async () => {
    const deep = `${`${'l'.repeat(200)}/`.repeat(2)}deep.log`;
    const { source, folders } = world({ 'short.log': 'short', [deep]: 'deep' });
    // The destination itself stands near the longest path the system takes; the one below the source is ordinary.
    const destination = join(freshFolder(), ...Array.from({ length: 19 }, () => 'd'.repeat(199)));
    mkdirSync(destination, { recursive: true });
    const result = await backUp(folders, destination);
    expect(result).toMatchObject({ copiedFiles: 1, different: [], skipped: [{ reason: 'name-too-long' }] });
    expect(readFileSync(join(backupRoot(destination), 'Tool', 'short.log'), 'utf8')).toBe('short');
    expect(readFileSync(join(source, deep), 'utf8')).toBe('deep');
  });

  test('R-BACKUP-1: takes one consistent state or says that the file keeps changing', async () => {
    const { source, destination, folders, copies } = world({
      'calm.log': 'calm',
      'busy.log': 'x'.repeat(3_000_000),
    });
    const busy = join(source, 'busy.log');
    const { skipped, different } = await backUp(folders, destination, {
      checkpoint: () => appendFileSync(busy, 'y'),
    });
    expect(skipped).toEqual([{ place: 'Tool/busy.log', reason: 'changing' }]);
    expect(different).toEqual([]);
    expect(Object.keys(hashesBelow(copies))).toEqual(['calm.log']);
  });

  test('R-BACKUP-1: leaves its own folder out when the destination lies below a chosen folder', async () => {
    const { source, folders } = world({ 'a.ori': 'x' });
    await backUp(folders, source);
    const { skipped } = await backUp(folders, source);
    expect(skipped).toEqual([{ place: 'Tool/Officina Support backup', reason: 'inside-destination' }]);
  });

  test.each<[string, string]>([
    ['disk-full', 'ENOSPC'],
    ['destination-gone', 'EIO'],
    ['destination-refuses', 'EROFS'],
  ])('R-BACKUP-1: stops as %s when the destination answers %s, and goes on from there the next time', async (reason, code) => {
    const { source, destination, folders, copies } = world(
      Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, `content ${index}`])),
    );
    let renames = 0;
    const failing = (from: string, to: string): void => {
      renames += 1;
      if (renames > 8) throw diskError(code);
      renameSync(from, to);
    };
    await expect(backUp(folders, destination, { target: { rename: failing } })).rejects.toMatchObject({
      reason,
    });
    expect(Object.keys(hashesBelow(copies)).length).toBe(8);
    const again = await backUp(folders, destination);
    expect(again).toMatchObject({ files: 20, copiedFiles: 12, different: [], skipped: [] });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
  });

  test('R-BACKUP-1: says that the destination is full when it is full in the middle of a file', async () => {
    const { destination, folders } = world();
    let written = 0;
    const filling = (
      file: number,
      bytes: Uint8Array,
      offset: number,
      length: number,
      position: number,
    ): number => {
      written += length;
      if (written > 1_000_000) throw diskError('ENOSPC');
      return writeSync(file, bytes, offset, length, position);
    };
    await expect(backUp(folders, destination, { target: { write: filling } })).rejects.toMatchObject({
      reason: 'disk-full',
    });
    expect(
      Object.keys(hashesBelow(backupRoot(destination))).filter((name) => name.endsWith('golf6.bin')),
    ).toEqual([]);
  });

  test('R-BACKUP-1: stops when a chosen folder is gone, and when the walk breaks off after it began to copy', async () => {
    const { source, destination, folders } = world();
    rmSync(source, { recursive: true });
    await expect(backUp(folders, destination)).rejects.toMatchObject({ reason: 'source-gone' });
    await expect(backUpBy(realPool(folders, destination), destination)).rejects.toMatchObject({
      reason: 'source-gone',
    });
    const many = world(Object.fromEntries(Array.from({ length: 1_500 }, (_, index) => [`f${index}`, 'x'])));
    let looks = 0;
    const breaking = (): void => {
      looks += 1;
      if (looks === 1_200) throw new Error('broken');
    };
    await expect(backUp(many.folders, many.destination, { checkpoint: breaking })).rejects.toThrow('broken');
  });

  test('R-BACKUP-1: waits in the middle of a file when it is paused, and leaves at once when it is called off', async () => {
    const { destination, folders, copies } = world({ 'large.bin': Buffer.alloc(5_000_000, 1) });
    let pieces = 0;
    await backUp(folders, destination, {
      checkpoint: () => {
        pieces += 1;
      },
    });
    // Asked before each piece of writing and of reading back, not only between files.
    expect(pieces).toBeGreaterThan(2 * (5_000_000 / (256 * 1024)));
    rmSync(backupRoot(destination), { recursive: true });
    const pool = realPool(folders, destination);
    const begun = await pool.coordinator.begin();
    pool.pause();
    const work = backUpBy(
      { ...pool, coordinator: { ...pool.coordinator, begin: async () => begun } },
      destination,
    );
    // As long as the whole of another backup of the same size takes on this machine.
    const whole = world({ 'large.bin': Buffer.alloc(5_000_000, 1) });
    await backUpBy(realPool(whole.folders, whole.destination), whole.destination);
    expect(existsSync(join(copies, 'large.bin'))).toBe(false);
    pool.resume();
    expect((await work).copiedFiles).toBe(1);
    const other = realPool(folders, destination);
    other.pause();
    const calledOff = backUpBy(other, destination);
    other.callOff();
    await expect(calledOff).rejects.toMatchObject({ reason: 'cancelled' });
  });

  test.each([
    'volume',
    'file',
  ] as const)('R-BACKUP-1: has every file written to the disk before it is read back, flushed by %s', async (how) => {
    const { destination, folders, copies } = world();
    // One lies there already, as a crash before any flush would leave it.
    plant(copies, { 'a.ori': 'original' });
    const acts: string[] = [];
    const opened = new Map<number, string>();
    await backUp(folders, destination, {
      target: {
        open: (path, flags, mode) => {
          const file = realBackupDisk.target.open(path, flags, mode);
          opened.set(file, nameOf(path));
          if (flags === 'r') acts.push(`looked at ${nameOf(path)}`);
          return file;
        },
        rename: (from, to) => {
          renameSync(from, to);
          acts.push(`placed ${nameOf(to)}`);
        },
        flush: (file) => {
          realBackupDisk.target.flush(file);
          acts.push(`flushed ${opened.get(file)}`);
        },
      },
      flushVolume: async () => {
        acts.push('asked for the volume');
        return how === 'volume';
      },
    });
    const asked = acts.indexOf('asked for the volume');
    const earlier = (what: string): string[] =>
      acts
        .slice(0, asked)
        .filter((act) => act.startsWith(what))
        .sort();
    expect([earlier('placed'), earlier('looked'), earlier('flushed')]).toEqual([
      ['placed empty.log', 'placed golf6.bin'],
      ['looked at a.ori'],
      [],
    ]);
    const later = acts.slice(asked + 1);
    const flushes = later.filter((act) => act.startsWith('flushed'));
    if (how === 'volume') expect(flushes).toEqual([]);
    else
      expect(flushes).toEqual(
        expect.arrayContaining([
          'flushed Officina Support backup',
          'flushed Tool',
          'flushed a.ori',
          'flushed ecu',
          'flushed empty.log',
          'flushed golf6.bin',
        ]),
      );
    expect(later.indexOf('looked at golf6.bin')).toBeGreaterThan(later.indexOf('flushed golf6.bin'));
  });

  test('K2: backup killed at any time leaves whole copies under their names, and the next one makes it complete', async () => {
    const { source, destination, folders, copies } = world(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [
          `f${index}.bin`,
          Buffer.alloc(600_000 + index, `${index}`),
        ]),
      ),
    );
    const wanted = hashesBelow(source);
    const counts: number[] = [];
    for (const writes of [2, 30, 41, 20]) {
      const { signal } = spawnSync(
        process.execPath,
        [join(import.meta.dirname, '../fixtures/backup-child.ts'), source, destination, String(writes)],
        { encoding: 'utf8' },
      );
      expect(signal).toBe('SIGKILL');
      const there = Object.entries(hashesBelow(copies));
      expect(there.filter(([name, hash]) => wanted[name] !== hash)).toEqual([]);
      expect(existsSync(join(backupRoot(destination), 'receipt.json'))).toBe(false);
      counts.push(there.length);
    }
    expect(counts.at(-1)).toBeGreaterThan(counts[0] ?? 0);
    expect(await backUpBy(realPool(folders, destination), destination)).toMatchObject({
      files: 40,
      different: [],
      skipped: [],
    });
    expect(hashesBelow(copies)).toEqual(wanted);
  });
});

describe('restoring a sample', () => {
  test('R-BACKUP-1: restores the largest file and others, and tells which came back different', async () => {
    const { destination, folders, copies } = world();
    const scratch = freshFolder();
    const pool = realPool(folders, destination);
    const { sample } = await backUpBy(pool, destination);
    expect(sample[0]?.place).toBe('Tool/ecu/golf6.bin');
    expect(await pool.coordinator.restore(sample, scratch)).toEqual({ restored: 3, different: [] });
    writeFileSync(join(copies, 'a.ori'), 'originaX');
    rmSync(join(copies, 'ecu/empty.log'));
    const back = await pool.coordinator.restore(sample, scratch);
    expect({ restored: back.restored, different: [...back.different].sort() }).toEqual({
      restored: 1,
      different: ['Tool/a.ori', 'Tool/ecu/empty.log'],
    });
  });
});
