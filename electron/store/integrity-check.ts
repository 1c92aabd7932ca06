import type { Db } from './open-store.ts';

/** Structure check of the whole file; a damaged page answers point queries without complaint (FINDING-4). */
export function isStructurallySound(db: Db): boolean {
  const rows = db.pragma('quick_check(1)') as { quick_check: string }[];
  return rows.length === 1 && rows[0]?.quick_check === 'ok';
}

/** As `isStructurallySound`, and every index holds what its table holds. */
export function isWhole(db: Db): boolean {
  const rows = db.pragma('integrity_check(1)') as { integrity_check: string }[];
  return rows.length === 1 && rows[0]?.integrity_check === 'ok';
}

/** Whether rows name others that are not there: no damage of the file, but of what a program or a hand wrote into it. */
export function hasOrphans(db: Db): boolean {
  return (db.pragma('foreign_key_check') as unknown[]).length > 0;
}
