import { z } from 'zod';
import type { WireMessage, WireTicket } from '../../../shared/portal/wire.ts';
import { countOnFrom, lastCount, mostCount, type PracticeDb } from './practice-database.ts';
import type { PracticeRows } from './practice-rows.ts';

const numberedRow = z.object({ kind: z.enum(['ticket', 'message']), id: z.string(), change: z.number() });
/** Characters of a page, about: clients take no more than 5 MB. */
const mostPageChars = 1_000_000;

export type PracticeChanges = {
  readonly tickets: WireTicket[];
  readonly messages: WireMessage[];
  readonly upTo: number;
  readonly hasMore: boolean;
};

/**
 * Entries changed after `since`, oldest change first, one page of at most `limit` and of few bytes. A cursor this portal never gave was
 * given by a store that is gone: numbers go on behind it, so that none is given twice, and everything is told from the start.
 */
export function practiceChanges(
  db: PracticeDb,
  rows: PracticeRows,
  after: number,
  limit: number,
): PracticeChanges {
  return rows.inTransaction(() => {
    const since = after > lastCount(db, 'change') ? 0 : after;
    if (since !== after) for (const name of ['ticket', 'change'] as const) countOnFrom(db, name, after);
    const changed = z.array(numberedRow).parse(
      db
        .prepare(
          `SELECT 'ticket' AS kind, number AS id, change FROM ticket WHERE change > :since AND change <= :most
             UNION ALL SELECT 'message', id, change FROM message WHERE change > :since AND change <= :most ORDER BY change LIMIT :limit`,
        )
        .all({ since, most: mostCount, limit: limit + 1 }),
    );
    const tickets: WireTicket[] = [];
    const messages: WireMessage[] = [];
    let [taken, chars, upTo] = [0, 0, since];
    for (const { kind, id, change } of changed.slice(0, limit)) {
      const entry = kind === 'ticket' ? rows.ticket(id) : rows.message(id);
      chars += JSON.stringify(entry).length;
      if (taken > 0 && chars > mostPageChars) break;
      if (entry !== null && 'subject' in entry) tickets.push(entry);
      else if (entry !== null) messages.push(entry);
      [taken, upTo] = [taken + 1, change];
    }
    return { tickets, messages, upTo, hasMore: changed.length > taken };
  });
}
