import { copyFileSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removedOrLeft } from '../platform/locked-file-retry.ts';
import { type AuditHead, type AuditMark, hashAt, headOf } from './audit-repository.ts';
import { openDatabase } from './native-binding.ts';
import type { Db } from './open-store.ts';
import { isOurStore } from './store-shape.ts';

/** A copy of the store by its file, its size in bytes and the instant its name speaks of. */
export type Copy = {
  readonly file: string;
  readonly at: string;
  readonly sizeBytes: number;
  /** Size in bytes of the log of writes beside it that is read and restored with it; 0 where the file alone is the copy. */
  readonly walBytes: number;
  /** Only its last change tells its instant: of two that hold the same, the one whose name tells it comes first. */
  readonly isUnnamed?: true;
};

/** What SQLite would read with a file without being asked. */
const besides = ['-journal', '-wal', '-shm'] as const;

/** Links followed, as SQLite does before it looks for what stands beside a file. */
const sourceOf = (file: string): string => realpathSync(file);

/** Copies the file, and the log of writes beside it where that is part of the copy, to another place. */
export function copyTo(target: string, file: string, withWal: boolean): void {
  const source = sourceOf(file);
  copyFileSync(source, target);
  if (withWal) copyFileSync(`${source}-wal`, `${target}-wal`);
}

function opened<T>(file: string, look: (db: Db) => T): T {
  const db = openDatabase(file, { readonly: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

/** Looks at the copy alone, apart from what stands beside it: nobody plays that back, and nothing of a person's is removed. */
function lookApart<T>(file: string, look: (db: Db) => T, withWal: boolean): T {
  const folder = mkdtempSync(join(tmpdir(), 'officina-copy-'));
  try {
    const copy = join(folder, 'copy.db');
    copyTo(copy, file, withWal);
    return opened(copy, look);
  } finally {
    removedOrLeft(() => rmSync(folder, { recursive: true, force: true }));
  }
}

/**
 * Looks into a copy without changing it or what stands beside it; null when it cannot be opened or read.
 * @param withWal reads the log of writes beside it too; what is judged this way must be restored this way
 */
export function lookInto<T>(file: string, look: (db: Db) => T, withWal = false): T | null {
  try {
    const source = sourceOf(file);
    if (besides.some((suffix) => existsSync(source + suffix))) return lookApart(source, look, withWal);
    try {
      return opened(source, look);
    } finally {
      // Looking at a copy of a WAL database leaves two files beside it that nobody needs; none stood there before.
      for (const suffix of ['-wal', '-shm']) removedOrLeft(() => rmSync(source + suffix, { force: true }));
    }
  } catch {
    return null;
  }
}

/** As `lookInto`, at exactly what would be restored of this copy. */
export function lookAt<T>({ file, walBytes }: Copy, look: (db: Db) => T): T | null {
  return lookInto(file, look, walBytes > 0);
}

/** What one copy can be taken for: the file alone, and with the log of writes beside it where there is one. */
export function readings<T extends Copy>(copy: T): readonly T[] {
  return copy.walBytes === 0 ? [copy] : [{ ...copy, walBytes: 0 }, copy];
}

/**
 * How a copy stands to the mark outside the store: it holds the very entry the mark names; it may lead there; it ends before the store
 * last went back to a copy, so that nobody can tell; or its entries are others, a past the store has left.
 */
type Standing = 'vouched' | 'leading' | 'earlier' | 'left';
const byWorth: readonly Standing[] = ['vouched', 'leading', 'earlier', 'left'];

function standingOf(db: Db, head: AuditHead, mark: AuditMark | null): Standing {
  if (mark === null || mark.sequence === 0) return 'leading';
  if (head.sequence >= mark.sequence) return hashAt(db, mark.sequence) === mark.hash ? 'vouched' : 'left';
  if (mark.fork === undefined) return 'leading';
  if (head.sequence < mark.fork.sequence) return 'earlier';
  return hashAt(db, mark.fork.sequence) === mark.fork.hash ? 'leading' : 'left';
}

/** Stamps are of this PC's clock, which may have been ahead: one that has not come yet says nothing. */
export function laterFirst(now: string): (a: { readonly at: string }, b: { readonly at: string }) => number {
  const order = (at: string): string => (at > now ? '' : at);
  return (a, b) => (order(a.at) < order(b.at) ? 1 : order(a.at) > order(b.at) ? -1 : 0);
}

/**
 * Those copies that are stores of ours with every table, the one that holds most first: by how they stand to the mark, then by how far
 * their audit goes, and by their stamps only where those are equal. Whether their pages are sound is not looked at.
 */
export function byStanding<T extends Copy>(
  copies: readonly T[],
  mark: AuditMark | null,
  now: string,
): readonly T[] {
  const known = copies.flatMap(readings).flatMap((copy) => {
    if (copy.sizeBytes === 0 && copy.walBytes === 0) return [];
    const found = lookAt(copy, (db) => {
      if (!isOurStore(db)) return null;
      const head = headOf(db);
      return { sequence: head.sequence, worth: byWorth.indexOf(standingOf(db, head, mark)) };
    });
    return found === null ? [] : [{ copy, ...found }];
  });
  const later = laterFirst(now);
  return known
    .sort(
      (a, b) =>
        a.worth - b.worth ||
        b.sequence - a.sequence ||
        Number(a.copy.isUnnamed ?? false) - Number(b.copy.isUnnamed ?? false) ||
        later(a.copy, b.copy),
    )
    .map(({ copy }) => copy);
}

const heads = new Map<string, AuditHead | null>();
const mostKnown = 500;

/** How far the audit of a copy goes; null when it cannot be read. A file that was looked into is not opened again. */
export function headOfCopy(copy: Copy): AuditHead | null {
  const key = `${copy.file} ${copy.at} ${copy.sizeBytes} ${copy.walBytes}`;
  const known = heads.get(key);
  if (known !== undefined) return known;
  const head = lookAt(copy, headOf);
  if (heads.size >= mostKnown) heads.clear();
  heads.set(key, head);
  return head;
}

/** Whether what this copy holds led to the store as it is now. */
export function isOfPast(db: Db, head: AuditHead): boolean {
  return head.sequence === 0 || hashAt(db, head.sequence) === head.hash;
}
