import { createHash } from 'node:crypto';
import type { BackupDisk } from './backup-disk.ts';

/** Stays in the processor's own memory between reading, hashing and writing; each thread has one piece and uses it again and again. */
const piece = Buffer.allocUnsafeSlow(256 * 1024);

export type CopiedBytes = { readonly sha256: string; readonly copiedBytes: number };

/**
 * Reads `length` bytes from the start of a file and hashes them, giving each piece to `take` before the next is read. Stops early
 * when the file ends early; the caller compares `copiedBytes`.
 * @param take null to hash only; throws what ends the copying
 * @throws the disk's own errors
 */
export function hashBytes(
  disk: Pick<BackupDisk, 'read'>,
  file: number,
  length: number,
  take: ((bytes: Uint8Array, position: number) => void) | null,
): CopiedBytes {
  const hash = createHash('sha256');
  let position = 0;
  while (position < length) {
    const read = disk.read(file, piece, 0, Math.min(piece.length, length - position), position);
    if (read === 0) break;
    const bytes = piece.subarray(0, read);
    hash.update(bytes);
    take?.(bytes, position);
    position += read;
  }
  return { sha256: hash.digest('hex'), copiedBytes: position };
}
