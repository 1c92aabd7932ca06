import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removedOrLeft } from '../platform/locked-file-retry.ts';
import { type AuditHead, type AuditMark, hashAt, headOf } from './audit-repository.ts';
import { openDatabase } from './native-binding.ts';
import type { Db } from './open-store.ts';
import { isOurStore } from './store-shape.ts';

/** A copy of the store by its file, its size in bytes and the instant its name speaks of. */
export type Copy = { readonly file: string; readonly at: string; readonly sizeBytes: number };

/** Looks at the copy alone, apart from what another program left beside it: a journal there is for nobody to play back. */
function lookApart<T>(file: string, look: (db: Db) => T): T | null {
  const folder = mkdtempSync(join(tmpdir(), 'officina-copy-'));
  try {
    copyFileSync(file, join(folder, 'copy.db'));
    return lookInto(join(folder, 'copy.db'), look);
  } finally {
    removedOrLeft(() => rmSync(folder, { recursive: true, force: true }));
  }
}

/** Looks into a copy without changing it; null when it cannot be opened or read. */
export function lookInto<T>(file: string, look: (db: Db) => T): T | null {
  try {
    if (existsSync(`${file}-journal`)) return lookApart(file, look);
    const copy = openDatabase(file, { readonly: true });
    try {
      return look(copy);
    } finally {
      copy.close();
      // Looking at a copy of a WAL database leaves two files beside it that nobody needs.
      for (const suffix of ['-wal', '-shm']) removedOrLeft(() => rmSync(file + suffix, { force: true }));
    }
  } catch {
    return null;
  }
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
  const known = copies.flatMap((copy) => {
    if (copy.sizeBytes === 0) return [];
    const found = lookInto(copy.file, (db) => {
      if (!isOurStore(db)) return null;
      const head = headOf(db);
      return { sequence: head.sequence, worth: byWorth.indexOf(standingOf(db, head, mark)) };
    });
    return found === null ? [] : [{ copy, ...found }];
  });
  const later = laterFirst(now);
  return known
    .sort((a, b) => a.worth - b.worth || b.sequence - a.sequence || later(a.copy, b.copy))
    .map(({ copy }) => copy);
}

const heads = new Map<string, AuditHead | null>();
const mostKnown = 500;

/** How far the audit of a copy goes; null when it cannot be read. A file that was looked into is not opened again. */
export function headOfCopy({ file, at, sizeBytes }: Copy): AuditHead | null {
  const key = `${file} ${at} ${sizeBytes}`;
  const known = heads.get(key);
  if (known !== undefined) return known;
  const head = lookInto(file, headOf);
  if (heads.size >= mostKnown) heads.clear();
  heads.set(key, head);
  return head;
}

/** Whether what this copy holds led to the store as it is now. */
export function isOfPast(db: Db, head: AuditHead): boolean {
  return head.sequence === 0 || hashAt(db, head.sequence) === head.hash;
}
