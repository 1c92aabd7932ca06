import { Worker } from 'node:worker_threads';
import type { LockedFileLimits } from '../../platform/locked-file-retry.ts';
import { BackupStop } from './backup-disk.ts';
import {
  type AskedTasks,
  type TaskName,
  type TaskAnswer,
  type TaskRequest,
  calledOff,
  goOn,
  paused,
  type ThreadSetup,
} from './worker-protocol.ts';
import type { ChosenFolder } from './walk-folders.ts';

/** The threads of one run: a coordinator that walks and keeps the manifest, and workers that read, hash and write. */
export type WorkerPool = {
  readonly coordinator: AskedTasks;
  readonly workers: readonly AskedTasks[];
  readonly pause: () => void;
  readonly resume: () => void;
  /** Every request under way ends with `BackupStop('cancelled')`; a thread stuck in one call of the disk is given up after a while. */
  readonly callOff: () => void;
  readonly progress: () => { readonly bytes: number; readonly files: number };
  /** Ends the threads; nothing may be asked afterwards. */
  readonly dismiss: () => void;
};

/** Two keep two processors busy with hashing; more would only make an ordinary disk seek. */
export const usualWorkers = 2;
/** A thread stuck in one call (a drive that went away) is given up after this long, in milliseconds. */
const stuckMs = 3_000;

type Thread = {
  readonly asked: AskedTasks;
  readonly giveUp: (error: unknown) => void;
  readonly end: () => void;
};

function workerThread(workerFile: string | URL, setup: ThreadSetup): Thread {
  const worker = new Worker(workerFile, { workerData: setup });
  const waiting: { readonly resolve: (value: never) => void; readonly reject: (error: unknown) => void }[] =
    [];
  let lost: { readonly error: unknown } | null = null;
  const giveUp = (error: unknown): void => {
    lost ??= { error };
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker
    .on('message', (answer: TaskAnswer) => {
      const asked = waiting.shift();
      if (answer.kind === 'done') asked?.resolve(answer.value as never);
      else asked?.reject(answer.kind === 'stopped' ? new BackupStop(answer.reason) : answer.error);
    })
    .on('error', giveUp)
    .on('exit', (code) => giveUp(new Error(`a thread of the backup ended with ${code}`)));
  const ask =
    (act: TaskName) =>
    (...given: readonly unknown[]): Promise<never> =>
      new Promise((resolve, reject) => {
        if (lost !== null) {
          reject(lost.error);
          return;
        }
        waiting.push({ resolve, reject });
        worker.postMessage({ act, given } satisfies TaskRequest);
      });
  const asked: AskedTasks = {
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
 * @param workerCount none where files are only counted
 */
export function workerPool(
  workerFile: string | URL,
  workerCount: number,
  folders: readonly ChosenFolder[],
  destination: string,
  patience: LockedFileLimits,
): WorkerPool {
  const control = new Int32Array(new SharedArrayBuffer(4));
  const progress = new BigInt64Array(new SharedArrayBuffer(16));
  const [coordinator, ...workers] = Array.from({ length: 1 + workerCount }, (_, worker) =>
    workerThread(workerFile, { folders, destination, worker, patience, control, progress }),
  );
  if (coordinator === undefined) throw new Error('a pool has a coordinator');
  const all = [coordinator, ...workers];
  const say = (word: number): void => {
    if (Atomics.load(control, 0) === calledOff) return;
    Atomics.store(control, 0, word);
    Atomics.notify(control, 0);
  };
  let stuck: NodeJS.Timeout | undefined;
  return {
    coordinator: coordinator.asked,
    workers: workers.map(({ asked }) => asked),
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
