import { z } from 'zod';
import { type EvidenceId, evidenceIdSchema, type TicketId } from '../../shared/domain/ids.ts';
import { readableText } from '../../shared/domain/readable-text.ts';
import type { Db } from './open-store.ts';
import { storedJson } from './stored-row.ts';

/** A reply being written: on disk from its first letter, like a draft. */
export type StoredReply = { readonly text: string; readonly evidenceIds: readonly EvidenceId[] };

export type ReplyRepository = {
  /** Its words as they stand: taken for empty, they would be written over. A name of a file that is none is left out. */
  readonly find: (ticketId: TicketId) => StoredReply;
  readonly save: (ticketId: TicketId, reply: StoredReply) => void;
  readonly clear: (ticketId: TicketId) => void;
};

const namesSchema = storedJson(z.array(z.unknown())).catch([]);
const rowSchema = z.object({
  text: z.string().transform(readableText),
  evidenceIds: namesSchema.transform((names) =>
    names.flatMap((name) => evidenceIdSchema.safeParse(name).data ?? []),
  ),
});

export function replyRepository(db: Db): ReplyRepository {
  const one = db.prepare('select text, evidence_ids as evidenceIds from reply_drafts where ticket_id = ?');
  const write = db.prepare(
    'insert or replace into reply_drafts (ticket_id, text, evidence_ids) values (?, ?, ?)',
  );
  const clear = db.prepare('delete from reply_drafts where ticket_id = ?');
  return {
    find: (ticketId) => {
      const row = one.get(ticketId);
      return row === undefined ? { text: '', evidenceIds: [] } : rowSchema.parse(row);
    },
    save: (ticketId, reply) => {
      write.run(ticketId, reply.text, JSON.stringify(reply.evidenceIds));
    },
    clear: (ticketId) => {
      clear.run(ticketId);
    },
  };
}
