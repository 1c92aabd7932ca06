import type { TicketId } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';

/** As many as a person may want back; the oldest is forgotten first. */
const keptMost = 20;

type Row = Readonly<Record<string, unknown>>;
/** Every table with rows of a draft's own, the one they all name first. */
const tables = [
  { name: 'tickets', key: 'id' },
  { name: 'draft_versions', key: 'ticket_id' },
  { name: 'reply_drafts', key: 'ticket_id' },
  { name: 'waivers', key: 'ticket_id' },
  { name: 'own_words', key: 'ticket_id' },
  { name: 'messages', key: 'ticket_id' },
] as const;

export type RemovedDrafts = {
  /** Notes everything of a draft that is about to be removed, until the program ends. */
  readonly note: (id: TicketId) => void;
  /** Puts it back as it was; false when nothing was noted or it is there. */
  readonly bringBack: (id: TicketId) => boolean;
};

/** What was removed a moment ago, row by row as it stood: a draft that comes back is the same with its history, reasons and words. */
export function removedDrafts(db: Db): RemovedDrafts {
  const noted = new Map<TicketId, readonly (readonly Row[])[]>();
  const selects = tables.map(({ name, key }) =>
    db.prepare<unknown[], Row>(`select * from ${name} where ${key} = ?`),
  );
  return {
    note: (id) => {
      noted.delete(id);
      noted.set(
        id,
        selects.map((select) => select.all(id)),
      );
      const [oldest] = noted.keys();
      if (noted.size > keptMost && oldest !== undefined) noted.delete(oldest);
    },
    bringBack: (id) => {
      const rows = noted.get(id);
      if (rows === undefined || selects[0]?.get(id) !== undefined) return false;
      for (const [index, { name }] of tables.entries())
        for (const row of rows[index] ?? []) {
          const columns = Object.keys(row);
          db.prepare(
            `insert into ${name} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
          ).run(...Object.values(row));
        }
      return true;
    },
  };
}
