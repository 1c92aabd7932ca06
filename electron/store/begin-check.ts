import { existsSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { StoreFolders } from './store-folders.ts';

/** `quick`: every page (FINDING-4). `whole`: also that indexes, tables and references agree; takes several times as long. */
export type CheckOrder = { readonly file: string; readonly depth: 'quick' | 'whole' };

/** `orphans`: sound, but rows name others that are not there. `cannot-tell`: the file is not there or could not be opened beside the program. */
export type IntegrityResult = 'sound' | 'damaged' | 'orphans' | 'cannot-tell';

/** Checks a store in a thread of its own, through a connection that only reads: nothing else waits for it. Never rejects. */
export function beginCheck(workerFile: string | URL, order: CheckOrder): Promise<IntegrityResult> {
  if (!existsSync(order.file)) return Promise.resolve('cannot-tell');
  return new Promise((resolve) => {
    const worker = new Worker(workerFile, { workerData: order });
    worker.once('message', resolve);
    worker.once('error', () => resolve('cannot-tell'));
    worker.once('exit', () => resolve('cannot-tell'));
    worker.unref();
  });
}

/**
 * Up to this size in bytes a store is checked by the start itself: that takes less than bringing up a thread, and on a busy machine a
 * thread may come too late to keep a damaged store from being opened (DAMAGE-1).
 */
const smallStoreBytes = 8 * 1024 * 1024;

/** How long a start waits for the check of a large store before it goes on, in milliseconds (FINDING-4). */
const startBudgetMs = 1_000;

export type StartCheckLimits = { readonly budgetMs: number; readonly smallBytes: number };

export type StartCheck = {
  readonly result: Promise<IntegrityResult>;
  /** The result, or `later` when the check outlasts what a start may wait. */
  readonly inTime: Promise<IntegrityResult | 'later'>;
};

/** Nobody else looks: the start does. */
const byStart: StartCheck = {
  result: Promise.resolve('cannot-tell'),
  inTime: Promise.resolve('cannot-tell'),
};

/**
 * Begins the check that a start waits for; a store that is already suspect is checked whole, however long that takes. One that is to be
 * set aside or erased is not opened for it: Windows neither moves nor removes what somebody holds open.
 */
export function beginStartCheck(
  workerFile: string | URL,
  { database, suspect, restoreNext, eraseNext }: StoreFolders,
  { budgetMs, smallBytes }: StartCheckLimits = { budgetMs: startBudgetMs, smallBytes: smallStoreBytes },
): StartCheck {
  if (existsSync(restoreNext) || existsSync(eraseNext)) return byStart;
  const isSuspect = existsSync(suspect);
  if (!isSuspect && (statSync(database, { throwIfNoEntry: false })?.size ?? 0) <= smallBytes) return byStart;
  const result = beginCheck(workerFile, { file: database, depth: isSuspect ? 'whole' : 'quick' });
  const inTime = isSuspect
    ? result
    : Promise.race([
        result,
        new Promise<'later'>((resolve) => setTimeout(resolve, budgetMs, 'later').unref()),
      ]);
  return { result, inTime };
}
