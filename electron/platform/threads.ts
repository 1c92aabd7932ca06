import { Worker } from 'node:worker_threads';
import { within } from './within.ts';

const living = new Set<Worker>();
let lastResort: Worker | null = null;

/** Call before the first thread is begun: each one is known from then on until it has ended. */
export function knowThreads(): void {
  process.on('worker', (thread) => {
    if (thread === lastResort) return;
    living.add(thread);
    thread.once('exit', () => living.delete(thread));
  });
}

/** Ends the threads, and waits for it no longer than `limitMs` milliseconds: one that stands in a single call of disk or database cannot be ended. */
export async function endThreads(limitMs: number): Promise<void> {
  await within(Promise.allSettled([...living].map((thread) => thread.terminate())), limitMs);
}

/** Work handed to the threads of the system, which nobody can take back: a file, or a name to be looked up. */
const untakenWork = /^(FSReq|FileHandleCloseReq|GetAddrInfoReq|GetNameInfoReq)/u;

/** True while the end of this process would wait for something that may never end. */
export function isHeldUp(): boolean {
  return living.size > 0 || process.getActiveResourcesInfo().some((name) => untakenWork.test(name));
}

/**
 * Ends this process as a power cut would after so many milliseconds, whatever its main thread does then; the returned function calls it off.
 * @param workerFile the built (or, in tests, written) `last-resort.worker`
 */
export function endAfter(workerFile: string | URL, limitMs: number): () => void {
  // A moment of the clock that all threads share: on a busy machine a thread may take its time to begin.
  const thread = new Worker(workerFile, {
    workerData: process.hrtime.bigint() + BigInt(limitMs) * 1_000_000n,
  });
  lastResort = thread;
  thread.unref();
  // Without it the end is still asked for by the main thread.
  thread.on('error', () => undefined);
  return () => void thread.terminate();
}
