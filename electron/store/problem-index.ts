import { z } from 'zod';
import { draftContentSchema } from '../../shared/domain/draft.ts';
import { type TicketId, ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { ticketStateSchema, ticketTextSchema } from '../../shared/domain/ticket.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import { plainWords } from '../../shared/text/problem-words.ts';
import type { Db } from './open-store.ts';
import { storedJson } from './stored-row.ts';

const candidateSchema = z.object({
  id: ticketIdSchema,
  stage: z.enum(['draft', 'frozen']),
  number: ticketNumberSchema.nullable(),
  state: ticketStateSchema,
  productId: z.string(),
  serial: z.string(),
  updatedAt: z.string(),
  content: storedJson(draftContentSchema).nullable(),
  text: storedJson(ticketTextSchema).nullable(),
});
/** A request that may be about the same problem, as it is stored. */
export type StoredProblem = z.infer<typeof candidateSchema>;

export type ProblemIndex = {
  /** Requests of one tool that share the most telling words, at most `limit`, and beside them its newest, at most half as many; never `except` itself. */
  readonly likely: (
    tool: {
      readonly productId: string;
      readonly serial: string;
      readonly realm: Realm;
      readonly except: TicketId;
    },
    words: readonly string[],
    limit: number,
  ) => readonly StoredProblem[];
};

const columns =
  't.id, t.stage, t.number, t.state, t.product_id as productId, t.serial, t.updated_at as updatedAt, t.content, t.text';
const sameTool =
  "t.product_id = ? and lower(t.serial) = lower(?) and (t.stage = 'draft' or t.realm = ?) and t.id <> ?";

/** Words as a full-text query: quoted, so that nothing a person writes is read as an operator. */
export function fullTextQuery(scope: string, words: readonly string[]): string | null {
  const scopeWords = plainWords(scope);
  const quoted = [...new Set(words.flatMap(plainWords))].map((word) => `"${word}"`);
  return scopeWords.length === 0 || quoted.length === 0
    ? null
    : `scope : "${scopeWords.join(' ')}" AND words : (${quoted.join(' OR ')})`;
}

/** Where likely doubles are looked for; rows that no longer parse are passed over, for a hand-edited one must hide no other. */
export function problemIndex(db: Db): ProblemIndex {
  // CROSS JOIN fixes the order: left to itself, SQLite walks every request of the tool and asks the index about each.
  const byWords =
    db.prepare(`select ${columns} from (select rowid, rank from request_words where request_words match ? order by rank limit ?) w
    cross join request_rows r on r.row = w.rowid cross join tickets t on t.id = r.ticket_id where ${sameTool} order by w.rank`);
  const newest = db.prepare(
    `select ${columns} from tickets t where ${sameTool.replace('lower(t.serial) = lower(?)', 't.serial = ?')} order by t.updated_at desc limit ?`,
  );
  return {
    likely: ({ productId, serial, realm, except }, words, limit) => {
      const query = fullTextQuery(`${productId} ${serial}`, words);
      const rows = [
        // One more than wanted: the draft that asks stands in the index too.
        ...(query === null ? [] : byWords.all(query, limit + 1, productId, serial, realm, except)),
        ...newest.all(productId, serial, realm, except, Math.ceil(limit / 2)),
      ];
      const known = new Map<string, unknown>();
      for (const row of rows) known.set((row as { readonly id: string }).id, row);
      return [...known.values()].flatMap((row) => candidateSchema.safeParse(row).data ?? []);
    },
  };
}
