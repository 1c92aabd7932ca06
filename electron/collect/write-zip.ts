import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file of the zip by its place there: from the disk, or its text. */
export type ZipPart =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly text: string };

/**
 * Writes a zip whole or not at all: beside its place, flushed, then moved there. @param file nothing lies there yet
 * @throws the disk's own errors; nothing of it stays then
 */
export async function writeZip(file: string, parts: readonly ZipPart[]): Promise<void> {
  const half = `${file}.part`;
  const zip = new ZipFile();
  try {
    const failed = new Promise<never>((_resolve, reject) => zip.once('error', reject));
    for (const part of parts) {
      if ('text' in part) zip.addBuffer(Buffer.from(part.text), part.name);
      else zip.addFile(part.path, part.name);
    }
    zip.end();
    await Promise.race([pipeline(zip.outputStream, createWriteStream(half, { flags: 'wx' })), failed]);
    const written = await open(half, 'r+');
    try {
      await written.sync();
    } finally {
      await written.close();
    }
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw error;
  }
}
