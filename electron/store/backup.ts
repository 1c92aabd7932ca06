import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { failpoint } from '../platform/failpoint.ts';
import { removedOrLeft, whileHeld } from '../platform/locked-file-retry.ts';
import type { AuditMark } from './audit-repository.ts';
import {
  byStanding,
  type Copy,
  headOfCopy,
  isOfPast,
  laterFirst,
  lookAt,
  lookInto,
  readings,
} from './backup-standing.ts';
import { namesIn, sizeOfFile, unnamedCopies, walBytesOf } from './copies-in-folder.ts';
import type { Db } from './open-store.ts';
import { isStructurallySound } from './integrity-check.ts';
import { schemaVersion } from './migrate.ts';
import { isOfNewer } from './store-shape.ts';

/** `moved`: no backup of this store but one that was brought from another PC. */
export const backupReasons = ['quarter', 'daily', 'weekly', 'migration', 'moved'] as const;
export type BackupReason = (typeof backupReasons)[number];

/** How many of each are kept (BOUND-BACKUP). */
const kept: Record<BackupReason, number> = { quarter: 8, daily: 7, weekly: 4, migration: 3, moved: 1 };
const totalCapBytes = 500 * 1024 * 1024;
/**
 * In any case: a stick or an old program may have written every name in capitals. What stands around it a person's copying wrote:
 * `Copia di`, ` - Copy`, ` (2)`.
 */
const namePattern = /^(|.*[^a-z])(quarter|daily|weekly|migration|moved)-(\d{8}T\d{9}Z)(|[^\dA-Z].*)\.db$/iu;

export type Backup = Copy & {
  readonly reason: BackupReason;
  readonly stamp: string;
  /** A person's own copy of a backup: it counts as one, and is never removed to make room. */
  readonly isByHand: boolean;
};

function instantOfStamp(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z$/u, '$1-$2-$3T$4:$5:$6.$7Z');
}

/** A stamp as its name says it, or null where it is no day that ever comes. */
function realInstant(stamp: string): string | null {
  const at = instantOfStamp(stamp);
  const ms = Date.parse(at);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === at ? at : null;
}

/** Backups in the folder, newest first by their names. What only has such a name, a folder or a link into nowhere, is none. Never fails. */
export function backups(folder: string): readonly Backup[] {
  const found = namesIn(folder).flatMap((name): Backup[] => {
    const match = namePattern.exec(name);
    const stamp = (match?.[3] ?? '').toUpperCase();
    const reason = backupReasons.find((known) => known === match?.[2]?.toLowerCase());
    const isByHand = match?.[1] !== '' || match[4] !== '';
    const at = realInstant(stamp);
    const file = join(folder, name);
    const sizeBytes = at === null ? null : sizeOfFile(file);
    return reason === undefined || at === null || sizeBytes === null
      ? []
      : [{ file, reason, stamp, at, sizeBytes, walBytes: walBytesOf(file), isByHand }];
  });
  return found.sort((a, b) => (a.stamp < b.stamp ? 1 : -1));
}

/** Everything in the folder that may be a copy of the store, whatever its name: what a lost store may come back from. Never fails. */
export function copiesIn(folder: string): readonly Copy[] {
  const named = backups(folder);
  const names = new Set(named.map(({ file }) => basename(file)));
  return [...named, ...unnamedCopies(folder, (name) => names.has(name))];
}

/** Of each reason as many as are kept, of these that stand in their order of worth. */
function beyondKept(ordered: readonly Backup[]): readonly Backup[] {
  return backupReasons.flatMap((reason) =>
    ordered.filter((item) => item.reason === reason).slice(kept[reason]),
  );
}

/**
 * Removes what is too much. The store's own past, another past that stands beside it and what cannot be read are counted each for
 * itself: a store that began anew, or went back, never pushes out what may still be wanted. The best of each stays whatever its size.
 */
function removeSurplus(db: Db, folder: string, now: string): void {
  const later = laterFirst(now);
  const written = backups(folder).filter(({ isByHand }) => !isByHand);
  const known = written.map((item) => ({ item, head: headOfCopy(item) }));
  const inOrder = (group: typeof known): readonly Backup[] =>
    group
      .toSorted((a, b) => (b.head?.sequence ?? 0) - (a.head?.sequence ?? 0) || later(a.item, b.item))
      .map(({ item }) => item);
  const [own, other, unread] = [
    inOrder(known.filter(({ head }) => head !== null && isOfPast(db, head))),
    inOrder(known.filter(({ head }) => head !== null && !isOfPast(db, head))),
    inOrder(known.filter(({ head }) => head === null)),
  ];
  const surplus = new Set([...beyondKept(own), ...beyondKept(other), ...beyondKept(unread)]);
  let total = known.reduce((sum, { item }) => sum + (surplus.has(item) ? 0 : item.sizeBytes), 0);
  for (const item of [...own.slice(1), ...other.slice(1), ...unread]
    .filter((one) => !surplus.has(one))
    .toReversed()) {
    if (total <= totalCapBytes) break;
    surplus.add(item);
    total -= item.sizeBytes;
  }
  for (const item of surplus) removedOrLeft(() => rmSync(item.file, { force: true }));
}

/** Where a backup of that reason and instant lies. */
export function backupFile(folder: string, reason: BackupReason, at: string): string {
  return join(folder, `${reason}-${at.replace(/[-:.]/gu, '')}.db`);
}

/**
 * Writes one backup: SQLite's backup API into a `.tmp`, checked, fsynced, renamed; only then older ones go.
 * @returns the file written, or null when the copy did not check as sound.
 * @throws SQLite's and the disk's own errors; SQLite removes what it had written of the copy
 */
export async function writeBackup(
  db: Db,
  folder: string,
  reason: BackupReason,
  at: string,
): Promise<string | null> {
  mkdirSync(folder, { recursive: true });
  const target = backupFile(folder, reason, at);
  const temporary = `${target}.tmp`;
  await db.backup(temporary);
  if (lookInto(temporary, isStructurallySound) !== true) {
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
  if (db.open) removeSurplus(db, folder, at);
  return target;
}

/** Every good backup, the one that holds most first: ours, with every table, of a version this program knows, and sound (DAMAGE-3). */
export function* goodBackups(
  folder: string,
  mark: AuditMark | null,
  now: string,
  isGood: (db: Db) => boolean = isStructurallySound,
): Generator<Copy> {
  for (const item of byStanding(copiesIn(folder), mark, now)) if (lookAt(item, isGood) === true) yield item;
}

/** The version of a copy that a newer program wrote; null when there is none. */
export function versionOfNewer(folder: string): number | null {
  for (const item of copiesIn(folder).flatMap(readings)) {
    const version = lookAt(item, (db) => (isOfNewer(db) ? schemaVersion(db) : null));
    if (version !== null) return version;
  }
  return null;
}

/** The backup that holds most of those that are good; null when none is. */
export function newestGoodBackup(
  folder: string,
  isGood: (db: Db) => boolean = isStructurallySound,
  mark: AuditMark | null = null,
  now = '9999',
): Copy | null {
  for (const item of goodBackups(folder, mark, now, isGood)) return item;
  return null;
}

/**
 * Which backup is due now: weekly, daily, or the quarter-hourly one when something changed; null when none. A stamp of a time that has
 * not come, or of none, keeps nothing from being due: a clock that was ahead wrote it.
 */
export function dueBackup(existing: readonly Backup[], nowMs: number, changed: boolean): BackupReason | null {
  const ageMs = (reason: BackupReason): number =>
    nowMs -
    Math.max(
      0,
      ...existing
        .filter((item) => item.reason === reason)
        .map((item) => Date.parse(item.at))
        .filter((ms) => ms <= nowMs),
    );
  if (ageMs('weekly') > 7 * 86_400_000) return 'weekly';
  if (ageMs('daily') > 86_400_000) return 'daily';
  return changed && ageMs('quarter') > 15 * 60_000 ? 'quarter' : null;
}
