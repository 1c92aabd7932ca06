import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backupRoot, realBackupDisk } from '../../electron/remote/backup/backup-disk.ts';
import { estimateBackup, manifestSha256, restoreSample, runBackup, sampleOf } from '../../electron/remote/backup/run-backup.ts';
import { hashesBelow, plant, runParts } from '../fixtures/backup-world.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { seededRandom } from '../portal/fault.ts';

const diskError = (code: string): Error => Object.assign(new Error(code), { code });

/** A source of a few files and an empty destination. */
function world(files: Readonly<Record<string, string | Buffer>> = { 'a.ori': 'original', 'ecu/golf6.bin': Buffer.alloc(3_000_000, 7), 'ecu/empty.log': '' }) {
  const source = freshFolder();
  const destination = freshFolder();
  plant(source, files);
  return { source, destination, folders: [{ path: source, name: 'Tool' }], copies: join(backupRoot(destination), 'Tool') };
}

describe('runBackup', () => {
  test('R-BACKUP-1 copies every byte and counts every file when nothing goes wrong', async () => {
    const { source, destination, folders, copies } = world();
    const result = await runBackup(folders, destination, runParts());
    expect(result).toMatchObject({ copiedFiles: 3, unchangedFiles: 0, different: [], skipped: [] });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
    expect(await estimateBackup(folders, destination, realBackupDisk, new AbortController().signal)).toEqual({ files: 3, bytes: 3_000_008 });
  });

  test('R-BACKUP-1 copies only what changed when it is repeated, and finds what rotted in the copy', async () => {
    const { source, destination, folders, copies } = world();
    const first = await runBackup(folders, destination, runParts());
    appendFileSync(join(source, 'a.ori'), ' more');
    const bytes = readFileSync(join(copies, 'ecu/golf6.bin'));
    bytes[1_234_567] = 8;
    writeFileSync(join(copies, 'ecu/golf6.bin'), bytes);
    const second = await runBackup(folders, destination, runParts());
    expect(second).toMatchObject({ copiedFiles: 2, unchangedFiles: 1, different: [], skipped: [] });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
    expect(manifestSha256(second.manifest)).not.toBe(manifestSha256(first.manifest));
  });

  test('R-BACKUP-1 keeps apart files whose names look like unfinished copies, and sweeps what a crash left', async () => {
    const { source, destination, folders, copies } = world({ 'a': 'one', 'a.part': 'two', '.in-progress/1': 'three' });
    const unfinished = join(backupRoot(destination), '.in-progress');
    plant(unfinished, { '1': 'half of something' });
    const result = await runBackup(folders, destination, runParts());
    expect(result).toMatchObject({ copiedFiles: 3, different: [] });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
    expect(existsSync(unfinished)).toBe(false);
  });

  test('R-BACKUP-1 finds every flipped bit when the copy is not what was read', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `f${index}.bin`);
    const { destination, folders } = world(Object.fromEntries(names.map((name) => [name, Buffer.alloc(4_000, name)])));
    const random = seededRandom(5);
    const flipped = new Set<string>();
    const flipping: typeof rename = async (from, to) => {
      await rename(from, to);
      if (random() < 0.5) return;
      const handle = await open(to, 'r+');
      const at = Math.floor(random() * 4_000);
      const byte = Buffer.alloc(1);
      await handle.read(byte, 0, 1, at);
      byte[0] = (byte[0] ?? 0) ^ (1 << Math.floor(random() * 8));
      await handle.write(byte, 0, 1, at);
      await handle.close();
      flipped.add(`Tool/${String(to).split('/').at(-1)}`);
    };
    const result = await runBackup(folders, destination, runParts({ target: { ...realBackupDisk.target, rename: flipping } }));
    expect(flipped.size).toBeGreaterThan(10);
    expect([...result.different].sort()).toEqual([...flipped].sort());
  });

  test('R-BACKUP-1 names each file it leaves out and why: link, pipe, locked, forbidden, vanished, unreadable', async () => {
    const { source, destination, folders } = world({ 'good.ori': 'x', 'locked.log': 'x', 'forbidden.log': 'x', 'gone.log': 'x', 'bad sector.bin': 'x' });
    symlinkSync('/etc/passwd', join(source, 'link.log'));
    symlinkSync(source, join(source, 'loop'));
    execFileSync('mkfifo', [join(source, 'pipe')]);
    const refusals: Readonly<Record<string, string>> = { 'locked.log': 'EBUSY', 'forbidden.log': 'EACCES', 'gone.log': 'ENOENT', 'bad sector.bin': 'EIO' };
    const refusing: typeof open = async (path, ...rest) => {
      const code = refusals[String(path).split('/').at(-1) ?? ''];
      if (code !== undefined) throw diskError(code);
      return open(path, ...rest);
    };
    const { skipped, manifest } = await runBackup(folders, destination, runParts({ source: { ...realBackupDisk.source, open: refusing } }));
    expect(Object.fromEntries(skipped.map(({ place, reason }) => [place, reason]))).toEqual({
      'Tool/link.log': 'link', 'Tool/loop': 'link', 'Tool/pipe': 'special', 'Tool/locked.log': 'locked', 'Tool/forbidden.log': 'no-permission', 'Tool/gone.log': 'vanished', 'Tool/bad sector.bin': 'read-error',
    });
    expect(manifest.map(({ place }) => place)).toEqual(['Tool/good.ori']);
  });

  test('R-BACKUP-1 takes one consistent state or says that the file keeps changing', async () => {
    const { source, destination, folders, copies } = world({ 'calm.log': 'calm', 'busy.log': 'x'.repeat(3_000_000) });
    const busy = join(source, 'busy.log');
    const tool = { write: async () => appendFileSync(busy, 'y') };
    const { skipped, different } = await runBackup(folders, destination, runParts({}, { mayGoOn: tool.write }));
    expect(skipped).toEqual([{ place: 'Tool/busy.log', reason: 'changing' }]);
    expect(different).toEqual([]);
    expect(Object.keys(hashesBelow(copies))).toEqual(['calm.log']);
  });

  test('R-BACKUP-1 leaves its own folder out when the destination lies below a chosen folder', async () => {
    const { source, folders } = world({ 'a.ori': 'x' });
    await runBackup(folders, source, runParts());
    const { skipped } = await runBackup(folders, source, runParts());
    expect(skipped).toEqual([{ place: 'Tool/Officina Support backup', reason: 'inside-destination' }]);
  });

  test.each<[string, string]>([['disk-full', 'ENOSPC'], ['destination-gone', 'EIO'], ['destination-refuses', 'EROFS']])('R-BACKUP-1 stops as %s when the destination answers %s, and goes on from there the next time', async (reason, code) => {
    const { source, destination, folders, copies } = world(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, `content ${index}`])));
    let renames = 0;
    const failing: typeof rename = async (from, to) => {
      renames += 1;
      if (renames > 8) throw diskError(code);
      return rename(from, to);
    };
    await expect(runBackup(folders, destination, runParts({ target: { ...realBackupDisk.target, rename: failing } }))).rejects.toMatchObject({ reason });
    expect(Object.keys(hashesBelow(copies)).length).toBe(8);
    const again = await runBackup(folders, destination, runParts());
    expect(again).toMatchObject({ copiedFiles: 12, unchangedFiles: 8, different: [], skipped: [] });
    expect(hashesBelow(copies)).toEqual(hashesBelow(source));
  });

  test('R-BACKUP-1 stops when a chosen folder is gone, and leaves at once when it is cancelled', async () => {
    const { source, destination, folders } = world();
    const cancel = new AbortController();
    const cancelling = runBackup(folders, destination, runParts({}, { signal: cancel.signal, mayGoOn: async () => cancel.abort(new Error('cancelled')) }));
    await expect(cancelling).rejects.toThrow('cancelled');
    rmSync(source, { recursive: true });
    await expect(runBackup(folders, destination, runParts())).rejects.toMatchObject({ reason: 'source-gone' });
  });

  test('R-BACKUP-1 waits in the middle of a file when it is paused', async () => {
    const { destination, folders, copies } = world({ 'large.bin': Buffer.alloc(5_000_000, 1) });
    let goOn: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let asked = 0;
    const work = runBackup(folders, destination, runParts({}, { mayGoOn: () => { asked += 1; return asked < 3 ? Promise.resolve() : paused; } }));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(existsSync(join(copies, 'large.bin'))).toBe(false);
    goOn();
    expect((await work).copiedFiles).toBe(1);
  });
});

describe('restoreSample', () => {
  test('R-BACKUP-1 restores the largest file and others, and tells which came back different', async () => {
    const { destination, folders, copies } = world();
    const scratch = freshFolder();
    const { manifest } = await runBackup(folders, destination, runParts());
    const sample = sampleOf(manifest, seededRandom(1));
    expect(sample[0]?.place).toBe('Tool/ecu/golf6.bin');
    expect(await restoreSample(sample, destination, scratch, new AbortController().signal)).toEqual({ restored: 3, different: [] });
    writeFileSync(join(copies, 'a.ori'), 'originaX');
    await rm(join(copies, 'ecu/empty.log'));
    const back = await restoreSample(sample, destination, scratch, new AbortController().signal);
    expect({ restored: back.restored, different: [...back.different].sort() }).toEqual({ restored: 1, different: ['Tool/a.ori', 'Tool/ecu/empty.log'] });
  });
});
