import { z } from 'zod';
import { type Instant, instantSchema, type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import { idsIn } from './ids-in-text.ts';
import type { Db } from './open-store.ts';
import { readable, readRow, storedJson } from './stored-row.ts';

/** Every table with rows of a draft's own, the one they all name first. */
const tables = [
  { name: 'tickets', key: 'id' },
  { name: 'draft_versions', key: 'ticket_id' },
  { name: 'reply_drafts', key: 'ticket_id' },
  { name: 'waivers', key: 'ticket_id' },
  { name: 'messages', key: 'ticket_id' },
  // What may have reached the portal is looked for there before it is sent once more (K3).
  { name: 'outbox', key: 'ticket_id' },
  { name: 'own_words', key: 'ticket_id' },
] as const;
/** Kept apart from the others, for it leaves this PC only where it is asked for. */
const ownTable = 'own_words';

/** A draft that was removed and can be restored; `title` may be empty. */
export type RemovedDraft = {
  readonly id: TicketId;
  readonly title: string;
  readonly productId: string;
  readonly removedAt: Instant;
};

export type RemovedDrafts = {
  /** Keeps everything of a draft that is about to be removed. Call inside the transaction that removes it. */
  readonly keep: (removed: RemovedDraft) => void;
  /** Puts it back as it was; false when there is none, or a request of its id. @throws AppFault store.unreadable */
  readonly bringBack: (id: TicketId) => boolean;
  /** Those that can be restored, the newest first. */
  readonly all: () => readonly RemovedDraft[];
  readonly count: () => number;
  /**
   * Forgets what was written in it; false when there is none. Of its files the names stay beside the day of the removal, so that they go
   * as those of a request closed that day.
   */
  readonly forget: (id: TicketId) => boolean;
};

const rowSchema = z.record(z.string(), z.unknown());
const rowsSchema = storedJson(z.record(z.string(), z.array(rowSchema)));
const keptSchema = z.object({ rows: rowsSchema, own: storedJson(z.array(rowSchema)) });
const listedSchema = z.object({
  id: ticketIdSchema,
  title: z.string(),
  productId: z.string(),
  removedAt: instantSchema,
});

/** Of a draft that was forgotten a row with the names of its files stays under this name. What is asked stands before the long columns. */
export const forgottenSql = "id glob 'gone *'";
const restorable = `not ${forgottenSql} and id not in (select id from tickets)`;

/** What was removed, row by row as it stood: a draft that comes back is the same with its history, reasons and words. */
export function removedDrafts(db: Db): RemovedDrafts {
  const selects = tables.map(({ name, key }) => ({
    name,
    rows: db.prepare<unknown[], z.infer<typeof rowSchema>>(`select * from ${name} where ${key} = ?`),
  }));
  const isThere = db.prepare('select 1 from tickets where id = ?');
  const columnsOf = db.prepare('select name from pragma_table_info(?)').pluck();
  const write = db.prepare(
    'insert or replace into removed_drafts (id, removed_at, title, product_id, rows, own) values (?, ?, ?, ?, ?, ?)',
  );
  const one = db.prepare(`select rows, own from removed_drafts where id = ? and ${restorable}`);
  const words = db.prepare(`select rows from removed_drafts where id = ? and ${restorable}`).pluck();
  const all = db.prepare(
    `select id, title, product_id as productId, removed_at as removedAt from removed_drafts where ${restorable} order by removed_at desc, id`,
  );
  const count = db.prepare(`select count(*) from removed_drafts where ${restorable}`).pluck();
  const drop = db.prepare('delete from removed_drafts where id = ?');
  const strip = db.prepare(
    "update removed_drafts set id = 'gone ' || id, title = '', product_id = '', rows = ?, own = '[]' where id = ?",
  );
  const isEvidence = db.prepare('select 1 from evidence where id = ?');
  const putBack = (table: string, row: z.infer<typeof rowSchema>): void => {
    const known = new Set(columnsOf.all(table).map(String));
    const values = Object.entries(row).filter(([column]) => known.has(column));
    db.prepare(
      `insert into ${table} (${values.map(([column]) => column).join(', ')}) values (${values.map(() => '?').join(', ')})`,
    ).run(...values.map(([, value]) => value));
  };
  return {
    keep: ({ id, title, productId, removedAt }) => {
      const found = selects.map(({ name, rows }) => [name, rows.all(id)] as const);
      const others = found.filter(([name]) => name !== ownTable);
      const own = found.find(([name]) => name === ownTable)?.[1] ?? [];
      write.run(
        id,
        removedAt,
        title,
        productId,
        JSON.stringify(Object.fromEntries(others)),
        JSON.stringify(own),
      );
    },
    bringBack: (id) => {
      const kept = one.get(id);
      if (kept === undefined || isThere.get(id) !== undefined) return false;
      const { rows, own } = readRow(() => keptSchema.parse(kept));
      for (const { name } of tables)
        for (const row of name === ownTable ? own : (rows[name] ?? [])) putBack(name, row);
      drop.run(id);
      return true;
    },
    all: () => readable(all.all(), (row) => readRow(() => listedSchema.parse(row))),
    count: () => Number(count.get()),
    forget: (id) => {
      const text = words.get(id);
      if (typeof text !== 'string') return false;
      const files = idsIn(text).filter((id) => isEvidence.get(id) !== undefined);
      if (files.length === 0) drop.run(id);
      else strip.run(JSON.stringify(files), id);
      return true;
    },
  };
}
