import writeFileAtomic from 'write-file-atomic';
import { whileHeld } from './locked-file-retry.ts';

/**
 * Writes a file whole or not at all: beside its place, flushed, then moved there. Another program that holds what lies there is waited
 * for on Windows, where a file that somebody holds cannot be replaced.
 */
export function replaceFile(file: string, data: string | Buffer): Promise<void> {
  return whileHeld(() => writeFileAtomic(file, data));
}
