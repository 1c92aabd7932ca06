import { setTimeout as wait } from 'node:timers/promises';
import { AppFault } from '../../shared/domain/app-error.ts';
import { timingMs } from '../platform/failpoint.ts';
import { faultCode } from '../platform/fault-code.ts';

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

/** The disk's answer as something a person can be told, or the error itself when it is none of these. */
export function sourceFault(error: unknown): unknown {
  switch (faultCode(error)) {
    case 'EBUSY':
    case 'ETXTBSY':
    case 'EAGAIN':
      return new AppFault('evidence.locked');
    // UNKNOWN is what Node makes of a refusal of Windows it has no word for: a scanner's, a cloud drive's, a device's.
    case 'EPERM':
    case 'EACCES':
    case 'EIO':
    case 'UNKNOWN':
      return new AppFault('evidence.unreadable');
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppFault('evidence.vanished');
    case 'ELOOP':
      return new AppFault('evidence.link');
    case 'ENXIO':
    case 'EISDIR':
    case 'ENODEV':
      return new AppFault('evidence.notAFile');
    case 'ENAMETOOLONG':
    case 'EINVAL':
    case 'ERR_INVALID_ARG_VALUE':
      return new AppFault('evidence.unreadable');
    default:
      return error;
  }
}

/** Runs work on our own folder: a refusal there is not the source's fault and must not be told as such. */
export async function onOwnDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = faultCode(error);
    if (['EPERM', 'EACCES', 'EROFS', 'ENOENT', 'ENOTDIR', 'EBUSY'].includes(code)) throw new AppFault('store.readOnly', { detail: code });
    throw error;
  }
}

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
