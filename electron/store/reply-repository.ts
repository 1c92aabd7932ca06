import { z } from 'zod';
import { type EvidenceId, evidenceIdSchema, type TicketId } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';
import { readRow, storedJson } from './stored-row.ts';

/** A reply being written: on disk from its first letter, like a draft. */
export type StoredReply = { readonly text: string; readonly evidenceIds: readonly EvidenceId[] };

export type ReplyRepository = {
  /** @throws AppFault store.unreadable: taken for empty, its words would be written over */
  readonly find: (ticketId: TicketId) => StoredReply;
  readonly save: (ticketId: TicketId, reply: StoredReply) => void;
  readonly clear: (ticketId: TicketId) => void;
};

const rowSchema = z.object({
  text: z.string(),
  evidenceIds: storedJson(z.array(evidenceIdSchema)),
});

export function replyRepository(db: Db): ReplyRepository {
  const one = db.prepare('select text, evidence_ids as evidenceIds from reply_drafts where ticket_id = ?');
  const write = db.prepare('insert or replace into reply_drafts (ticket_id, text, evidence_ids) values (?, ?, ?)');
  const clear = db.prepare('delete from reply_drafts where ticket_id = ?');
  return {
    find: (ticketId) => {
      const row = one.get(ticketId);
      return row === undefined ? { text: '', evidenceIds: [] } : readRow(() => rowSchema.parse(row));
    },
    save: (ticketId, reply) => {
      write.run(ticketId, reply.text, JSON.stringify(reply.evidenceIds));
    },
    clear: (ticketId) => {
      clear.run(ticketId);
    },
  };
}
