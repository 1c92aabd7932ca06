import { copyFileSync, lstatSync, mkdirSync, renameSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { removedOrLeft, whileHeld } from '../platform/locked-file-retry.ts';
import { namesIn, unnamedCopies } from './copies-in-folder.ts';
import type { StoreFolders } from './store-folders.ts';

/** What SQLite keeps beside a store, and what belongs to no other one; ours has no journal, but another program may have left one. */
const besideSuffixes = ['-wal', '-shm', '-journal'] as const;

/** What stands there, links followed; null for nothing and for links that lead nowhere or in a circle. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/** Something of that name is there, be it a link into nowhere. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** A file stands there, or a link that leads to one. */
export function isFile(path: string): boolean {
  return statsOf(path)?.isFile() === true;
}

const plain = (stamp: string): string => stamp.replace(/[-:.]/gu, '');

function asideOf({ quarantine }: StoreFolders, stamp: string): string {
  // A file where the folder belongs makes room for it.
  if (isThere(quarantine) && statsOf(quarantine)?.isDirectory() !== true)
    renameSync(quarantine, `${quarantine}-${plain(stamp)}`);
  const target = join(quarantine, plain(stamp));
  mkdirSync(target, { recursive: true });
  return target;
}

/**
 * Moves the store as it stands and its WAL aside, never deleting them: somebody may still save a sentence out of them. The mark goes
 * with it as a copy, for it still says how far that store had come.
 * @returns the folder it lies in; empty when there was nothing to move
 */
export async function setStoreAside(folders: StoreFolders, stamp: string): Promise<string> {
  const there = ['', ...besideSuffixes].map((suffix) => folders.database + suffix).filter(isThere);
  if (there.length === 0) return '';
  const target = asideOf(folders, stamp);
  for (const file of there) await whileHeld(() => renameSync(file, join(target, basename(file))));
  if (isFile(folders.head))
    removedOrLeft(() => copyFileSync(folders.head, join(target, basename(folders.head))));
  return target;
}

/** What has the name of a file of ours and is none, a folder or a link into nowhere, goes aside: nobody could write the file in its place. */
export function setWrongKindsAside(folders: StoreFolders, stamp: string): void {
  const { database, head, restoreNext, eraseNext, suspect } = folders;
  for (const path of [
    head,
    restoreNext,
    eraseNext,
    suspect,
    ...[...besideSuffixes, '.restoring'].map((suffix) => database + suffix),
  ])
    if (isThere(path) && !isFile(path))
      removedOrLeft(() => renameSync(path, join(asideOf(folders, stamp), basename(path))));
}

const isDb = (name: string): boolean => name.toLowerCase().endsWith('.db');

/** Whether anything stands beside the store that only a store which was in use leaves behind: it is no new one then. */
export function hasPast({ database, backups, quarantine, evidence, head }: StoreFolders): boolean {
  const walBytes = statsOf(`${database}-wal`)?.size ?? 0;
  return (
    walBytes > 0 ||
    isThere(head) ||
    namesIn(backups).some(isDb) ||
    unnamedCopies(backups, isDb).length > 0 ||
    namesIn(quarantine).length > 0 ||
    namesIn(evidence).some((name) => namesIn(join(evidence, name)).length > 0)
  );
}
