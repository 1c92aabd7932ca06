import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { AppFault } from '../../shared/domain/app-error.ts';
import { whileHeld } from '../platform/while-held.ts';
import { type Backup, backups } from './backup.ts';

/** The name of a backup as the person sees it: its file name, which says reason and time. */
export function backupId(backup: Backup): string {
  return basename(backup.file);
}

/**
 * Writes down that this backup is to be used at the next start. Nothing is touched while the store is open: the swap happens
 * before anything is read, and is repeated until it is whole.
 * @throws AppFault notFound when there is no backup of that name
 */
export function askForRestore(restoreNext: string, folder: string, id: string): void {
  if (!backups(folder).some((backup) => backupId(backup) === id)) throw new AppFault('notFound');
  writeFileAtomic.sync(restoreNext, id);
}

/** The backup that was asked for, or null; a name that fits none is forgotten. */
export function askedFor(restoreNext: string, folder: string): Backup | null {
  if (!existsSync(restoreNext)) return null;
  const id = readFileSync(restoreNext, 'utf8').trim();
  const found = backups(folder).find((backup) => backupId(backup) === id) ?? null;
  if (found === null) rmSync(restoreNext, { force: true });
  return found;
}

/** Puts a copy of the backup in the place of the store; whole or not at all. */
export async function placeBackup(backup: Backup, database: string): Promise<void> {
  const temporary = `${database}.restoring`;
  copyFileSync(backup.file, temporary);
  await whileHeld(() => renameSync(temporary, database));
}
