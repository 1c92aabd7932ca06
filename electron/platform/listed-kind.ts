import type { Dirent } from 'node:fs';
import { lstat } from 'node:fs/promises';

export type ListedKind = Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

/**
 * What an entry of a listing is. Windows lists every reparse point as a link, also the folders and files of a cloud drive, which lead
 * nowhere else: those are asked once more, and what is still a link is one. Never fails.
 */
export async function listedKind(
  entry: ListedKind,
  path: string,
  look: (path: string) => Promise<ListedKind> = lstat,
): Promise<ListedKind> {
  return entry.isSymbolicLink() ? look(path).catch(() => entry) : entry;
}
