import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';

/**
 * True when the file is still the copy that was frozen: an ordinary file with the same length and SHA-256 (A6). False also when it
 * is gone or cannot be read; nothing is sent then.
 */
export async function isFrozenCopy(file: string, sizeBytes: number, sha256: string): Promise<boolean> {
  try {
    const found = await lstat(file);
    if (!found.isFile() || found.size !== sizeBytes) return false;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) hash.update(chunk);
    return hash.digest('hex') === sha256;
  } catch {
    return false;
  }
}
