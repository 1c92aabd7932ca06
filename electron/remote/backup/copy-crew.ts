import { Worker } from 'node:worker_threads';
import type { LockedFileLimits } from '../../evidence/locked-file-retry.ts';
import { BackupStop } from './backup-disk.ts';
import {
  type AskedBench,
  type BenchAct,
  type BenchAnswer,
  type BenchRequest,
  calledOff,
  goOn,
  paused,
  type ThreadOrder,
} from './copy-orders.ts';
import type { ChosenFolder } from './walk-folders.ts';

/** The threads of one run: a clerk that walks and keeps the ledger, and copiers that read, hash and write. */
export type CopyCrew = {
  readonly clerk: AskedBench;
  readonly copiers: readonly AskedBench[];
  readonly pause: () => void;
  readonly resume: () => void;
  /** Every request under way ends with `BackupStop('cancelled')`; a thread stuck in one call of the disk is given up after a while. */
  readonly callOff: () => void;
  readonly progress: () => { readonly bytes: number; readonly files: number };
  /** Ends the threads; nothing may be asked afterwards. */
  readonly dismiss: () => void;
};

/** Two keep two processors busy with hashing; more would only make an ordinary disk seek. */
export const usualCopiers = 2;
/** A thread stuck in one call (a drive that went away) is given up after this long, in milliseconds. */
const stuckMs = 3_000;

type Thread = { readonly asked: AskedBench; readonly giveUp: (error: unknown) => void; readonly end: () => void };

function benchThread(workerFile: string | URL, order: ThreadOrder): Thread {
  const worker = new Worker(workerFile, { workerData: order });
  const waiting: { readonly resolve: (value: never) => void; readonly reject: (error: unknown) => void }[] = [];
  let lost: { readonly error: unknown } | null = null;
  const giveUp = (error: unknown): void => {
    lost ??= { error };
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker
    .on('message', (answer: BenchAnswer) => {
      const asked = waiting.shift();
      if (answer.kind === 'done') asked?.resolve(answer.value as never);
      else asked?.reject(answer.kind === 'stopped' ? new BackupStop(answer.reason) : answer.error);
    })
    .on('error', giveUp)
    .on('exit', (code) => giveUp(new Error(`a thread of the backup ended with ${code}`)));
  const ask =
    (act: BenchAct) =>
    (...given: readonly unknown[]): Promise<never> =>
      new Promise((resolve, reject) => {
        if (lost !== null) {
          reject(lost.error);
          return;
        }
        waiting.push({ resolve, reject });
        worker.postMessage({ act, given } satisfies BenchRequest);
      });
  const asked: AskedBench = {
    estimate: ask('estimate'),
    begin: ask('begin'),
    find: ask('find'),
    copy: ask('copy'),
    flush: ask('flush'),
    prove: ask('prove'),
    note: ask('note'),
    take: ask('take'),
    summary: ask('summary'),
    restore: ask('restore'),
    keepReceipt: ask('keepReceipt'),
    end: ask('end'),
  };
  return { asked, giveUp, end: () => void worker.terminate() };
}

/**
 * @param workerFile the built (or, in tests, written) `backup.worker`
 * @param copierCount none where files are only counted
 */
export function copyCrew(
  workerFile: string | URL,
  copierCount: number,
  folders: readonly ChosenFolder[],
  destination: string,
  patience: LockedFileLimits,
): CopyCrew {
  const control = new Int32Array(new SharedArrayBuffer(4));
  const progress = new BigInt64Array(new SharedArrayBuffer(16));
  const [clerk, ...copiers] = Array.from({ length: 1 + copierCount }, (_, bench) =>
    benchThread(workerFile, { folders, destination, bench, patience, control, progress }),
  );
  if (clerk === undefined) throw new Error('a crew has a clerk');
  const all = [clerk, ...copiers];
  const say = (word: number): void => {
    if (Atomics.load(control, 0) === calledOff) return;
    Atomics.store(control, 0, word);
    Atomics.notify(control, 0);
  };
  let stuck: NodeJS.Timeout | undefined;
  return {
    clerk: clerk.asked,
    copiers: copiers.map(({ asked }) => asked),
    pause: () => say(paused),
    resume: () => say(goOn),
    callOff: () => {
      say(calledOff);
      stuck ??= setTimeout(() => {
        for (const { giveUp } of all) giveUp(new BackupStop('cancelled'));
      }, stuckMs);
    },
    progress: () => ({ bytes: Number(Atomics.load(progress, 0)), files: Number(Atomics.load(progress, 1)) }),
    dismiss: () => {
      clearTimeout(stuck);
      for (const { end } of all) end();
    },
  };
}
