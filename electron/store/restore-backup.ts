import { closeSync, fsyncSync, openSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { AppFault } from '../../shared/domain/app-error.ts';
import { removedOrLeft } from '../platform/locked-file-retry.ts';
import { type Backup, backups } from './backup.ts';
import { type Copy, copyTo, lookAt, readings } from './backup-standing.ts';
import { isStructurallySound } from './integrity-check.ts';
import { openDatabase } from './native-binding.ts';
import { closeStore } from './open-store.ts';
import { isOurStore } from './store-shape.ts';

/** The name of a backup as the person sees it: its file name, which says reason and time. */
export function backupId(backup: Pick<Backup, 'file'>): string {
  return basename(backup.file);
}

/**
 * Writes down that this backup is to be used at the next start. Nothing is touched while the store is open: the swap happens
 * before anything is read, and is repeated until it is whole.
 * @throws AppFault notFound when there is no backup of that name, backup.unusable when it is damaged or none of ours
 */
export function askForRestore(restoreNext: string, folder: string, id: string): void {
  const found = backups(folder).find((backup) => backupId(backup) === id);
  if (found === undefined) throw new AppFault('notFound');
  if (usable(found) === null) throw new AppFault('backup.unusable');
  writeFileAtomic.sync(restoreNext, id);
}

/** The second line of the mark where the store that is to come is another PC's. */
const movedMark = 'moved';

/** As `askForRestore`, for a store that was brought from another PC and lies among the backups. */
export function askForMoved(restoreNext: string, id: string): void {
  writeFileAtomic.sync(restoreNext, `${id}\n${movedMark}`);
}

/** The backup as it can be restored, with what a log of writes beside it adds where that is sound; null when it cannot. */
function usable(backup: Backup): Backup | null {
  return (
    readings(backup).findLast(
      (reading) => lookAt(reading, (db) => isOurStore(db) && isStructurallySound(db)) === true,
    ) ?? null
  );
}

/** The backup that was asked for, or null; a name that fits none, or one that went bad since, is forgotten. */
export function askedFor(
  restoreNext: string,
  folder: string,
): { readonly backup: Backup; readonly cause: 'chosen' | 'moved' } | null {
  const mark = markIn(restoreNext);
  if (mark === null) return null;
  const [id, how] = mark;
  const named = backups(folder).find((backup) => backupId(backup) === id);
  const found = named === undefined ? null : usable(named);
  if (found !== null) return { backup: found, cause: how === movedMark ? 'moved' : 'chosen' };
  removedOrLeft(() => rmSync(restoreNext, { force: true }));
  return null;
}

function markIn(restoreNext: string): readonly string[] | null {
  try {
    return readFileSync(restoreNext, 'utf8').trim().split('\n');
  } catch {
    return null;
  }
}

/**
 * A copy of exactly what was judged beside the store, on the disk before it takes its place: one file, a log of writes folded in.
 * @throws the disk's and SQLite's own errors
 */
export function copyBeside({ file, walBytes }: Copy, database: string): string {
  const temporary = `${database}.restoring`;
  for (const suffix of ['-wal', '-shm', '-journal'])
    rmSync(temporary + suffix, { recursive: true, force: true });
  copyTo(temporary, file, walBytes > 0);
  if (walBytes > 0) closeStore(openDatabase(temporary));
  const handle = openSync(temporary, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return temporary;
}
