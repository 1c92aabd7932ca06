import { lstatSync, rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { timingMs } from './failpoint.ts';
import { faultCode, isOfDisk } from './fault-code.ts';

/** How long to wait for a file another program holds. `deniedMs` is for refusals that on POSIX never pass by themselves. */
export type LockedFileLimits = { readonly busyMs: number; readonly deniedMs: number };

/** D3: virus scanners, Explorer and the tool itself let go within seconds; a minute is the promise. */
export const normalPatience: LockedFileLimits = {
  busyMs: timingMs('BUSY_MS', 60_000),
  deniedMs: process.platform === 'win32' ? 60_000 : 1_000,
};

/** A file that another program holds; EAGAIN is what POSIX answers where a lease has first to be given back, as a file server takes them. */
const held: ReadonlySet<string> = new Set(['EBUSY', 'ETXTBSY', 'EAGAIN']);
/** How long a refusal of that name is waited out, in milliseconds; null for one that does not pass by itself. */
export const limitOf = (code: string, patience: LockedFileLimits): number | null =>
  held.has(code) ? patience.busyMs : code === 'EPERM' || code === 'EACCES' ? patience.deniedMs : null;

/**
 * Repeats `work` while another program holds the file, waiting 10 to 100 ms between tries.
 * @param onWait told once, when the first refusal makes it wait
 * @throws the last refusal once patience is over, as the disk gave it; whatever `signal` was aborted with
 */
export async function retryWhileLocked<T>(
  work: () => Promise<T>,
  patience: LockedFileLimits,
  monotonicMs: () => number,
  signal?: AbortSignal,
  onWait: () => void = () => undefined,
): Promise<T> {
  const startedMs = monotonicMs();
  for (let pauseMs = 10; ; pauseMs = Math.min(100, pauseMs + 10)) {
    try {
      return await work();
    } catch (error) {
      const limitMs = limitOf(faultCode(error), patience);
      if (limitMs === null || monotonicMs() - startedMs + pauseMs > limitMs) throw error;
      if (pauseMs === 10) onWait();
      await wait(pauseMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}

/** A scanner looks at a file for seconds at most. Elsewhere than on Windows nobody keeps a file from being moved, so nothing is waited for. */
export const heldMs = process.platform === 'win32' ? 10_000 : 0;

/**
 * Repeats work on files of ours while another program holds one of them: virus scanners and indexers look at what was just written,
 * and until they are done Windows neither moves nor removes it.
 * @throws the last refusal once patience is over, as the disk gave it
 */
export function whileHeld<T>(work: () => T | Promise<T>, limitMs: number = heldMs): Promise<T> {
  return retryWhileLocked(
    async () => work(),
    { busyMs: limitMs, deniedMs: limitMs },
    () => performance.now(),
  );
}

/** Removes what may as well be removed later: what the disk does not let go of is left, and told to nobody. @throws whatever is no refusal of the disk */
export function removedOrLeft(remove: () => void): void {
  try {
    remove();
  } catch (error) {
    // The next look at the folder finds it again.
    if (!isOfDisk(error)) throw error;
  }
}

/** As `removedOrLeft`, for a file that a stopped run left: a folder of its name is somebody's, and stays with all in it. */
export function fileRemovedOrLeft(file: string): void {
  removedOrLeft(() => {
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) rmSync(file, { force: true });
  });
}
