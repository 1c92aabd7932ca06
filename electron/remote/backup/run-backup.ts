import type { SkippedFile } from '../../../shared/domain/backup.ts';
import { backupRoot, BackupStop } from './backup-disk.ts';
import type { CopiedEntry, CopySummary } from './copy-manifest.ts';
import { sampleSize } from './copy-manifest.ts';
import type { AskedTasks } from './worker-protocol.ts';

export type BackupResult = CopySummary & {
  /** Places whose copy, read back, was not what had been read from the source. */
  readonly different: readonly string[];
  readonly skipped: readonly SkippedFile[];
};

export type RunParts = {
  readonly destination: string;
  readonly coordinator: AskedTasks;
  readonly workers: readonly AskedTasks[];
  /** Flushes the destination's whole volume; false where that cannot be done. */
  readonly flushVolume: (folder: string) => Promise<boolean>;
  /** Something failed: the rest of the pool is to come to rest. */
  readonly halt: () => void;
  readonly random: () => number;
};

/** Small, so that a large file holds up few others; two tasks wait at each worker, so that none waits for this thread. */
const handful = 8;
const tasksEach = 2;
/** Beyond this many bytes copied, the disk is asked to write what it has while copying goes on: the last flush is then a short one. */
const flushEveryBytes = 256 * 1024 ** 2;

/** Shares items out among the workers, as many as each can take; the first failure halts the rest and is thrown once they rest. */
async function share<T>(
  next: () => Promise<readonly T[]>,
  { workers, halt }: Pick<RunParts, 'workers' | 'halt'>,
  work: (worker: AskedTasks, items: readonly T[]) => Promise<void>,
): Promise<void> {
  const waiting: T[] = [];
  let isOver = false;
  let asking: Promise<void> | null = null;
  // Kept when it failed, so that whoever comes next fails too and nothing is taken for the end.
  const refill = (): Promise<void> => {
    asking ??= next().then((items) => {
      isOver = items.length === 0;
      waiting.push(...items);
      asking = null;
    });
    return asking;
  };
  const hand = async (worker: AskedTasks): Promise<void> => {
    for (;;) {
      while (waiting.length === 0 && !isOver) await refill();
      if (waiting.length === 0) return;
      await work(worker, waiting.splice(0, handful));
    }
  };
  const faults: unknown[] = [];
  const hands = Array.from({ length: tasksEach }, () => workers).flat();
  await Promise.all(
    hands.map((worker) =>
      hand(worker).catch((error: unknown) => {
        faults.push(error);
        halt();
      }),
    ),
  );
  if (faults.length > 0) throw faults[0];
}

/** Flushes now and then while copying goes on, one flush at a time; a failed one is no matter, the last one counts. */
function earlyFlush(flush: () => Promise<boolean>): (bytes: number) => void {
  let unflushed = 0;
  let isFlushing = false;
  return (bytes) => {
    unflushed += bytes;
    if (isFlushing || unflushed < flushEveryBytes) return;
    unflushed = 0;
    isFlushing = true;
    void flush().finally(() => {
      isFlushing = false;
    });
  };
}

/**
 * Copies what is new or changed, has the disk write it all, then reads back everything. Every difference ends up in the result:
 * skipped with its reason, or different; nothing is passed over in silence. What was finished before a stop or a crash is found by
 * its hash the next time. When this returns, every file of the result is on the disk and not only in the system's memory.
 * @throws BackupStop; a fault of a thread as it was thrown
 */
export async function runBackup(parts: RunParts): Promise<BackupResult> {
  const { coordinator } = parts;
  const skipped: SkippedFile[] = [];
  const different: string[] = [];
  const flush = (): Promise<boolean> => parts.flushVolume(backupRoot(parts.destination));
  const copied = earlyFlush(flush);
  await coordinator.begin();
  const find = async (): Promise<Awaited<ReturnType<AskedTasks['find']>>['files']> => {
    for (;;) {
      const found = await coordinator.find();
      skipped.push(...found.skipped);
      if (found.files.length > 0 || found.skipped.length === 0) return found.files;
    }
  };
  await share(find, parts, async (worker, files) => {
    const done = await worker.copy(files);
    skipped.push(...done.skipped);
    copied(done.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    await coordinator.note(done.entries);
  });
  const take = (which: 'copied' | 'all') => (): Promise<readonly CopiedEntry[]> => coordinator.take(which);
  // What lay there already counts too: a crash may have left it in the system's memory alone.
  if (!(await flush()))
    await share(take('all'), parts, async (worker, entries) => void (await worker.flush(entries)));
  await share(
    take('copied'),
    parts,
    async (worker, entries) => void different.push(...(await worker.prove(entries))),
  );
  await coordinator.end();
  const summary = await coordinator.summary(Array.from({ length: sampleSize }, parts.random));
  return { ...summary, different, skipped };
}

/** True for an end of the whole backup that is not a fault of this program. */
export function isStop(error: unknown): error is BackupStop {
  return error instanceof BackupStop;
}
