import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flushVolume } from '../../electron/platform/linux/flush-volume.ts';
import { workerPool, usualWorkers } from '../../electron/remote/backup/worker-pool.ts';
import { runBackup } from '../../electron/remote/backup/run-backup.ts';
import { watchOwnStalls } from '../fixtures/own-stalls.ts';
import { type Figure, median, type Unmeasured } from './measuring.ts';

/** As the release build has it, like everything that is measured here. */
const backupWorker = new URL('../../out/main/backup.js', import.meta.url);

/**
 * Milliseconds, medians of runs that take turns on the same files. The baseline copies and compares every byte, but leaves the
 * copies in the system's memory, where a power cut takes them; ours are on the disk before they are read back.
 * `baselineMs` null: rsync (Debian package `rsync`) is not installed.
 */
type BackupBench = {
  readonly name: string;
  readonly oursMs: number;
  readonly longestStallMs: number;
  readonly baselineMs: number | null;
  readonly baselineName: string;
};

async function milliseconds(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** Files as a workshop has them: nine of ten are small, the tenth holds most of the bytes. */
function plantFiles(folder: string, files: number, bytes: number): void {
  const large = Math.max(1, Math.floor(files / 10));
  const piece = Buffer.alloc(Math.floor((bytes * 0.9) / large), 'K-TAG');
  const small = Buffer.alloc(Math.floor((bytes * 0.1) / Math.max(1, files - large)), 'LOG');
  for (let index = 0; index < files; index += 1) {
    const below = join(folder, `job ${index % 100}`);
    if (index < 100) mkdirSync(below, { recursive: true });
    const content = index % 10 === 0 ? piece : small;
    content.writeUInt32LE(index, 0);
    writeFileSync(join(below, `file ${index}.bin`), content);
  }
}

function hasRsync(): boolean {
  try {
    execFileSync('rsync', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function oneOfOurs(
  source: string,
  destination: string,
  files: number,
  worker: URL,
): Promise<{ readonly elapsedMs: number; readonly stallMs: number }> {
  mkdirSync(destination);
  const stalls = watchOwnStalls();
  const elapsedMs = await milliseconds(async () => {
    const { coordinator, workers, callOff, dismiss } = workerPool(
      worker,
      usualWorkers,
      [{ path: source, name: 'Tool' }],
      destination,
      {
        busyMs: 0,
        deniedMs: 0,
      },
    );
    const result = await runBackup({
      destination,
      coordinator,
      workers,
      flushVolume,
      halt: callOff,
      random: Math.random,
    }).finally(dismiss);
    if (result.copiedFiles !== files || result.different.length + result.skipped.length > 0)
      throw new Error('the backup is not whole');
  });
  const stallMs = stalls();
  rmSync(destination, { recursive: true });
  return { elapsedMs, stallMs };
}

async function oneOfTheirs(source: string, destination: string): Promise<number> {
  mkdirSync(destination);
  const rsync = (...flags: string[]): void =>
    void execFileSync('rsync', [...flags, `${source}/`, destination], { maxBuffer: 1e9 });
  const elapsedMs = await milliseconds(() => {
    rsync('-ac');
    rsync('-acn');
  });
  rmSync(destination, { recursive: true });
  return elapsedMs;
}

/** First copy and read-back of everything, in turns; rsync needs two passes for the same: copy, then compare every byte by checksum. */
async function benchBackup(files: number, bytes: number, turns: number, worker: URL): Promise<BackupBench> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'officina-backup-bench-'));
  const source = join(folder, 'source');
  const [ours, theirs]: [number[], number[]] = [[], []];
  let longestStallMs = 0;
  try {
    mkdirSync(source);
    plantFiles(source, files, bytes);
    for (let turn = 0; turn < turns; turn += 1) {
      if (hasRsync()) theirs.push(await oneOfTheirs(source, join(folder, 'theirs')));
      const { elapsedMs, stallMs } = await oneOfOurs(source, join(folder, 'ours'), files, worker);
      ours.push(elapsedMs);
      longestStallMs = Math.max(longestStallMs, stallMs);
    }
    return {
      name: `backup of ${files} files, ${Math.round(bytes / 1024 ** 2)} MB, flushed and every file read back`,
      oursMs: median(ours),
      longestStallMs,
      baselineMs: theirs.length === 0 ? null : median(theirs),
      baselineName: 'rsync -ac, then rsync -acn (no flush)',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The figure of a backup; where rsync is not installed, that it could not be measured and what ours took alone. */
export async function backupFigures(
  files: number,
  bytes: number,
  turns: number,
  worker = backupWorker,
): Promise<readonly (Figure | Unmeasured)[]> {
  const { name, oursMs, longestStallMs, baselineMs, baselineName } = await benchBackup(
    files,
    bytes,
    turns,
    worker,
  );
  if (baselineMs === null)
    return [{ name, why: `rsync is not installed; ours alone took ${(oursMs / 1_000).toFixed(2)} s` }];
  return [
    {
      name,
      ours: oursMs / 1_000,
      baseline: baselineMs / 1_000,
      baselineName,
      unit: 's',
      goalRatio: 1.1,
      longestStallMs,
    },
  ];
}
