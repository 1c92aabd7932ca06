import { createHash } from 'node:crypto';

/** What is read from; a `FileHandle` is one. */
export type ByteSource = {
  readonly read: (
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ readonly bytesRead: number }>;
};
/** What is written to; a parameter so that whoever copies can tell a failure to write from one to read. */
export type ByteTarget = {
  readonly write: (
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ readonly bytesWritten: number }>;
};

/** Large enough that the hop to the disk threads costs nothing, small enough that hashing one piece takes about a millisecond. */
const chunkBytes = 1024 * 1024;
/** One piece being written, one being hashed, one being read ahead. */
const bufferCount = 3;

async function writeAll(target: ByteTarget, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await target.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/**
 * Copies `length` bytes from `start` and hashes them in the same pass: while one piece is hashed here, the next is read and the
 * last one written on the disk threads. Stops early when the source ends early; the caller compares `copiedBytes`.
 * @param target null to hash only, as when a file is read a second time
 * @param onBytes told after each piece has been written, with the bytes written so far
 * @throws the disk's own errors; whatever `signal` was aborted with
 */
export async function copyHashing(
  source: ByteSource,
  target: ByteTarget | null,
  range: { readonly start: number; readonly length: number },
  onBytes: (copiedBytes: number) => void,
  signal?: AbortSignal,
): Promise<{ readonly sha256: string; readonly copiedBytes: number }> {
  const hash = createHash('sha256');
  const size = Math.max(1, Math.min(chunkBytes, range.length));
  const buffers = Array.from({ length: bufferCount }, () => Buffer.allocUnsafeSlow(size));
  const readAt = (position: number, turn: number): Promise<Uint8Array> | null => {
    const wanted = Math.min(size, range.length - position);
    const buffer = buffers[turn % bufferCount];
    if (wanted <= 0 || buffer === undefined) return null;
    return source
      .read(buffer, 0, wanted, range.start + position)
      .then(({ bytesRead }) => buffer.subarray(0, bytesRead));
  };
  let position = 0;
  let turn = 0;
  let writing: Promise<void> = Promise.resolve();
  let reading = readAt(0, 0);
  try {
    while (reading !== null) {
      const bytes = await reading;
      if (bytes.length === 0) break;
      signal?.throwIfAborted();
      const written = writing;
      const from = position;
      position += bytes.length;
      turn += 1;
      await written;
      onBytes(from);
      writing = target === null ? Promise.resolve() : writeAll(target, bytes, from);
      writing.catch(() => undefined);
      reading = readAt(position, turn);
      reading?.catch(() => undefined);
      hash.update(bytes);
    }
    await writing;
    onBytes(position);
  } finally {
    await Promise.allSettled([writing, reading]);
  }
  return { sha256: hash.digest('hex'), copiedBytes: position };
}
