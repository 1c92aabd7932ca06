import { performance } from 'node:perf_hooks';
import { type AuditRepository, publishHead, readMark } from './audit-repository.ts';
import type { Db } from './open-store.ts';

export type Transact = <T>(work: () => T) => T;

export type Transactions = {
  /**
   * Runs work in one immediate transaction; when it returned, it is on the disk, and so is the mark outside the file (FINDING-3). Inside
   * another transaction it is a part of that one, undone alone when the work throws.
   */
  readonly transact: Transact;
  /**
   * As `transact`, for steps that follow one another quickly, like a queue that drains: the store is on the disk each time, the
   * mark follows at most `markLagMs` later. Call `publishMark` when the row has ended. A kill in between leaves a mark that is
   * behind the store, which only means that a loss within that moment would not be noticed; it is never ahead, so it never tells
   * of a loss that was none.
   */
  readonly transactInRow: Transact;
  readonly publishMark: () => void;
};

/** Writing the mark costs more than the commit it speaks of: a file, a flush and a rename. */
const markLagMs = 100;

/** @param onMarkLate told when the mark could not be written: the work is on the disk all the same, and the next one brings the mark after it */
export function transactions(
  db: Db,
  audit: AuditRepository,
  headFile: string,
  onMarkLate: (error: unknown) => void,
): Transactions {
  let published = audit.head().sequence;
  const fork = readMark(headFile)?.fork;
  let publishedAtMs = Number.NEGATIVE_INFINITY;
  const publishMark = (): void => {
    const head = audit.head();
    if (head.sequence === published) return;
    try {
      publishHead(headFile, { ...head, fork });
    } catch (error) {
      onMarkLate(error);
      return;
    }
    published = head.sequence;
    publishedAtMs = performance.now();
  };
  const commit = <T>(work: () => T): T => db.transaction(work).immediate();
  const within = <T>(work: () => T): T => db.transaction(work)();
  return {
    publishMark,
    transact: (work) => {
      if (db.inTransaction) return within(work);
      const value = commit(work);
      publishMark();
      return value;
    },
    transactInRow: (work) => {
      if (db.inTransaction) return within(work);
      const value = commit(work);
      if (performance.now() - publishedAtMs >= markLagMs) publishMark();
      return value;
    },
  };
}
