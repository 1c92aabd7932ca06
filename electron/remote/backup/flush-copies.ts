import { dirname } from 'node:path';
import { onTarget } from './backup-disk.ts';
import { type CopyParts, patiently } from './copy-file.ts';

/** The disk, and how long a file is waited for that a scanner holds. */
type Held = Pick<CopyParts, 'disk' | 'patience' | 'monotonicMs' | 'sleep'>;

function flushed(path: string, flags: string, parts: Held): void {
  const { disk } = parts;
  onTarget(() => {
    const file = patiently(() => disk.target.open(path, flags), parts);
    try {
      disk.target.flush(file);
    } finally {
      disk.close(file);
    }
  });
}

/**
 * Flushes one copy and the names that lead to it, where the whole volume could not be flushed at once. Windows flushes only through
 * a handle that may write, and writes names down with the file.
 * @param top the chosen destination; folders above it are not ours
 * @param done folders flushed before; added to
 */
export function flushCopy(
  target: string,
  top: string,
  done: Set<string>,
  parts: Held,
  platform: NodeJS.Platform = process.platform,
): void {
  flushed(target, 'r+', parts);
  if (platform === 'win32') return;
  for (let folder = dirname(target); !done.has(folder) && folder.startsWith(top); folder = dirname(folder)) {
    flushed(folder, 'r', parts);
    done.add(folder);
  }
}
