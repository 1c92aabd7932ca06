import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failpoint } from '../platform/failpoint.ts';
import { removedOrLeft, whileHeld } from '../platform/while-held.ts';
import { openDatabase } from './native-binding.ts';
import type { Db } from './open-store.ts';
import { isStructurallySound } from './sound-store.ts';

export const backupReasons = ['quarter', 'daily', 'weekly', 'migration'] as const;
export type BackupReason = (typeof backupReasons)[number];

/** How many of each are kept (RELIABILITY-SECURITY section 6). */
const kept: Record<BackupReason, number> = { quarter: 8, daily: 7, weekly: 4, migration: 3 };
const totalCapBytes = 500 * 1024 * 1024;
const namePattern = /^(quarter|daily|weekly|migration)-(\d{8}T\d{9}Z)\.db$/u;

export type Backup = {
  readonly file: string;
  readonly reason: BackupReason;
  readonly stamp: string;
  readonly at: string;
  readonly sizeBytes: number;
};

function instantOfStamp(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z$/u, '$1-$2-$3T$4:$5:$6.$7Z');
}

/** Backups in the folder, newest first. */
export function backups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name): Backup[] => {
    const match = namePattern.exec(name);
    const stamp = match?.[2];
    if (match === null || stamp === undefined) return [];
    const file = join(folder, name);
    return [{ file, reason: match[1] as BackupReason, stamp, at: instantOfStamp(stamp), sizeBytes: statSync(file).size }];
  });
  return found.sort((a, b) => (a.stamp < b.stamp ? 1 : -1));
}

function removeSurplus(folder: string): void {
  const all = backups(folder);
  const surplus = backupReasons.flatMap((reason) => all.filter((item) => item.reason === reason).slice(kept[reason]));
  let total = all.reduce((sum, item) => sum + item.sizeBytes, 0);
  const oldest = all
    .filter((item) => !surplus.includes(item))
    .slice(1)
    .reverse();
  for (const item of oldest) {
    if (total <= totalCapBytes) break;
    surplus.push(item);
    total -= item.sizeBytes;
  }
  for (const item of surplus) removedOrLeft(() => rmSync(item.file, { force: true }));
}

function isGoodDatabase(file: string, isGood: (db: Db) => boolean = isStructurallySound): boolean {
  try {
    const copy = openDatabase(file, { readonly: true });
    try {
      return isGood(copy);
    } finally {
      copy.close();
      // Looking at a copy of a WAL database leaves two files beside it that nobody needs.
      for (const suffix of ['-wal', '-shm']) removedOrLeft(() => rmSync(file + suffix, { force: true }));
    }
  } catch {
    return false;
  }
}

/**
 * Writes one backup: SQLite's backup API into a `.tmp`, checked, fsynced, renamed; only then older ones go.
 * @returns the file written, or null when the copy did not check as sound.
 * @throws SQLite's and the disk's own errors; SQLite removes what it had written of the copy
 */
export async function writeBackup(db: Db, folder: string, reason: BackupReason, at: string): Promise<string | null> {
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `${reason}-${at.replace(/[-:.]/gu, '')}.db`);
  const temporary = `${target}.tmp`;
  await db.backup(temporary);
  if (!isGoodDatabase(temporary)) {
    rmSync(temporary, { force: true });
    return null;
  }
  const handle = openSync(temporary, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  await whileHeld(() => renameSync(temporary, target));
  failpoint('backup.renamed');
  removeSurplus(folder);
  return target;
}

/** The newest backup that passes the check; damaged ones are passed over (C3). */
export function newestGoodBackup(folder: string, isGood: (db: Db) => boolean = isStructurallySound): Backup | null {
  return backups(folder).find((item) => item.sizeBytes > 0 && isGoodDatabase(item.file, isGood)) ?? null;
}

/** Which backup is due now: weekly, daily, or the quarter-hourly one when something changed; null when none. */
export function dueBackup(existing: readonly Backup[], nowMs: number, changed: boolean): BackupReason | null {
  const ageMs = (reason: BackupReason): number =>
    nowMs - Math.max(0, ...existing.filter((item) => item.reason === reason).map((item) => Date.parse(item.at)));
  if (ageMs('weekly') > 7 * 86_400_000) return 'weekly';
  if (ageMs('daily') > 86_400_000) return 'daily';
  return changed && ageMs('quarter') > 15 * 60_000 ? 'quarter' : null;
}
