import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Db } from '../store/open-store.ts';
import { hashedPart } from './move-about.ts';
import type { Part } from './packed-parts.ts';
import { headBytes } from './sealed-file.ts';

const readSize = 256 * 1024;

/** The first bytes of a file, as many as there are up to the head of a sealed one. @throws the disk's own errors */
export async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await handle.read(head, 0, headBytes, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The bytes of a file from a place on; opened when it is its turn, so that thousands of files are never open at once. */
export async function* bytesIn(file: string, start = 0): AsyncGenerator<Uint8Array> {
  for await (const bytes of createReadStream(file, { start, highWaterMark: readSize }))
    yield bytes as Uint8Array;
}

/** What stands behind the head of a sealed file. */
export const bytesBehindHead = (file: string): AsyncGenerator<Uint8Array> => bytesIn(file, headBytes);

/**
 * Reads a part to its end and gives its bytes away as they come.
 * @throws AppFault move.damaged when the part is named by its hash and has another one
 */
export async function wholePart({ name, bytes }: Part, give: (bytes: Uint8Array) => unknown): Promise<void> {
  const hash = createHash('sha256');
  for await (const piece of bytes) {
    hash.update(piece);
    await give(piece);
  }
  const hashed = hashedPart(name);
  if (hashed !== null && hash.digest('hex') !== hashed.sha256) throw new AppFault('move.damaged');
}

/** The same pieces, each told of before it goes on. @throws AppFault cancelled once the signal is aborted */
export async function* counted<Piece extends Uint8Array>(
  bytes: AsyncIterable<Piece>,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  for await (const piece of bytes) {
    if (signal.aborted) throw new AppFault('cancelled');
    onBytes(piece.length);
    yield piece;
  }
}

/** Hashes of the files a store still needs, each once. @throws SQLite's own errors */
export const neededHashes = (db: Db): readonly string[] =>
  db.prepare('select distinct sha256 from evidence where removed_at is null').pluck().all().map(String);
