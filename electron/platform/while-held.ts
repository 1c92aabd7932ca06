import { performance } from 'node:perf_hooks';
import { retryWhileLocked } from '../evidence/locked-file-retry.ts';
import { isOfDisk } from './fault-code.ts';

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
