import type { FileHandle } from 'node:fs/promises';

/** Bytes enough to tell a kind; archives carry their directory at the end. */
const edgeBytes = 4_096;

async function readRange(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  const { bytesRead } = await handle.read(buffer, 0, length, start);
  return buffer.subarray(0, bytesRead);
}

/** The first and last bytes of an open file. */
export async function headAndTail(
  handle: FileHandle,
  sizeBytes: number,
): Promise<{ readonly head: Uint8Array; readonly tail: Uint8Array }> {
  const head = await readRange(handle, 0, Math.min(edgeBytes, sizeBytes));
  const tail =
    sizeBytes <= edgeBytes ? new Uint8Array() : await readRange(handle, sizeBytes - edgeBytes, edgeBytes);
  return { head, tail };
}
