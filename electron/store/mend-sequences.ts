import type { Db } from './open-store.ts';

const tables = ['messages', 'outbox', 'remote_sessions', 'signed_records'] as const;
/** The greatest number that is read without loss; new rows are numbered on from the greatest there is. */
const most = Number.MAX_SAFE_INTEGER;

/**
 * Gives rows whose place a hand or a disk put beyond every number the places after the others, in their order, so that what is written
 * from now on gets one that can be read (DAMAGE-3). Costs one look at the end of each table where nothing is wrong.
 */
export function mendSequences(db: Db): void {
  const there = db.prepare("select count(*) from sqlite_schema where type = 'table' and name = ?").pluck();
  for (const table of tables.filter((name) => there.get(name) === 1)) {
    const far = db.prepare(`select id from ${table} where sequence > ${most} order by sequence`).pluck();
    const counted = db.prepare('select seq from sqlite_sequence where name = ?').pluck();
    const isFar = far.get() !== undefined || Number(counted.get(table) ?? 0) > most;
    if (!isFar) continue;
    const last = db
      .prepare(`select coalesce(max(sequence), 0) from ${table} where sequence between 0 and ${most}`)
      .pluck();
    const place = db.prepare(`update ${table} set sequence = ? where id = ?`);
    db.transaction(() => {
      for (const id of far.all()) place.run(Number(last.get()) + 1, id);
      db.prepare('update sqlite_sequence set seq = ? where name = ?').run(Number(last.get()), table);
    }).immediate();
  }
}
