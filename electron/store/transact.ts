import { type AuditRepository, publishHead } from './audit-repository.ts';
import type { Db } from './open-store.ts';

export type Transact = <T>(work: () => T) => T;

/** Runs work in one immediate transaction; when it returned, it is on the disk. The mark outside the file follows each commit (F3). */
export function transactor(db: Db, audit: AuditRepository, headFile: string): Transact {
  let published = audit.head().sequence;
  return (work) => {
    if (db.inTransaction) return work();
    const value = db.transaction(work).immediate();
    const head = audit.head();
    if (head.sequence !== published) {
      publishHead(headFile, head);
      published = head.sequence;
    }
    return value;
  };
}
