import { closeSync, existsSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Copy } from './backup-standing.ts';

/** What every file of SQLite begins with. */
export const sqliteMagic = 'SQLite format 3\0';

/** The first bytes of a file, fewer where it is shorter: NULs stand for the rest. @throws the disk's own errors */
export function firstBytes(file: string, count: number): Buffer {
  const bytes = Buffer.alloc(count);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, bytes, 0, count, 0);
  } finally {
    closeSync(handle);
  }
  return bytes;
}

/** The names in a folder; none where it is not there, is no folder, or cannot be looked into. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Whoever writes the next backup says what is wrong.
    return [];
  }
}

/** The size in bytes of what a name leads to; null where that is no file. */
export function sizeOfFile(file: string): number | null {
  try {
    const stats = statSync(file);
    return stats.isFile() ? stats.size : null;
  } catch {
    return null;
  }
}

/** The log of writes beside a copy is looked for where SQLite would: beside what a link leads to. */
export function walBytesOf(file: string): number {
  try {
    return sizeOfFile(`${realpathSync(file)}-wal`) ?? 0;
  } catch {
    return 0;
  }
}

/** Names that are looked at, and files taken for copies of the store, at most: a start opens each of them. */
const lookedAt = 1_000;
const taken = 50;

const beside = /-(wal|shm|journal)$/iu;

function copyOf(file: string): Copy | null {
  try {
    const stats = statSync(file);
    if (!stats.isFile() || firstBytes(file, sqliteMagic.length).toString('latin1') !== sqliteMagic)
      return null;
    // Broken off in the middle of a write, and only its journal could undo it.
    if (existsSync(`${file}-journal`)) return null;
    return {
      file,
      at: stats.mtime.toISOString(),
      sizeBytes: stats.size,
      walBytes: walBytesOf(file),
      isUnnamed: true,
    };
  } catch {
    return null;
  }
}

/**
 * What may be a copy of the store though its name does not say so, the last written first: a person gave it another one, or a power cut
 * came before it had its own. The instant is that of its last change. Never fails.
 */
export function unnamedCopies(folder: string, isNamed: (name: string) => boolean): readonly Copy[] {
  return namesIn(folder)
    .filter((name) => !beside.test(name) && !isNamed(name))
    .slice(0, lookedAt)
    .flatMap((name) => copyOf(join(folder, name)) ?? [])
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, taken);
}
