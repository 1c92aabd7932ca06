import { z } from 'zod';
import type { TicketId } from '../../shared/domain/ids.ts';
import { ownWordsMost } from '../../shared/domain/own-words-limits.ts';
import type { Db } from './open-store.ts';

export type AbsorbTicket = {
  /** True when the portal named a reference for this ticket that was not made here. */
  readonly isAnothers: (id: TicketId) => boolean;
  /** Keeps that the portal named such a reference; changes nothing of a request that was written here. */
  readonly markAnothers: (id: TicketId) => void;
  /**
   * Makes two rows of one request one: everything that hangs on `from`, and what the portal said of it, goes to `into`, and `from` is
   * gone. Call inside a transaction, before `into` gets the number.
   */
  readonly absorb: (from: TicketId, into: TicketId) => void;
};

/** `heard_of` of a ticket with another's reference. 1 stands in older stores for one only a message told of, which says no more than 0. */
const anothers = 2;

const moves: readonly string[] = [
  // A message both have is one message.
  `delete from messages where ticket_id = :from and portal_reference in (select portal_reference from messages where ticket_id = :into and portal_reference is not null)`,
  'update messages set ticket_id = :into where ticket_id = :from',
  'update or ignore outbox set ticket_id = :into where ticket_id = :from',
  'update remote_sessions set ticket_id = :into where ticket_id = :from',
  'update consent_records set ticket_id = :into where ticket_id = :from',
  // Words that were being written on both stand below each other.
  `update reply_drafts set text = trim(text || char(10) || (select text from reply_drafts where ticket_id = :from), char(10))
   where ticket_id = :into and exists (select 1 from reply_drafts where ticket_id = :from)`,
  'update or ignore reply_drafts set ticket_id = :into where ticket_id = :from',
  // What both say of the car stands once, and both notes below each other.
  `update own_words set plate = coalesce(nullif(own_words.plate, ''), f.plate), customer = coalesce(nullif(own_words.customer, ''), f.customer),
     note = substr(trim(own_words.note || char(10) || f.note, char(10)), 1, ${ownWordsMost.note}), search = own_words.search || ' ' || f.search
   from (select * from own_words where ticket_id = :from) f where own_words.ticket_id = :into`,
  'update or ignore own_words set ticket_id = :into where ticket_id = :from',
  `update tickets set state = f.state, operator = f.operator, closed_at = f.closed_at from (select state, operator, closed_at from tickets where id = :from) f
   where tickets.id = :into`,
  'delete from tickets where id = :from',
];

export function absorbTicket(db: Db): AbsorbTicket {
  const heardOf = db.prepare('select heard_of from tickets where id = ?').pluck();
  const mark = db.prepare('update tickets set heard_of = ? where id = ? and content is null');
  const steps = moves.map((sql) => db.prepare(sql));
  return {
    isAnothers: (id) => z.number().nullish().parse(heardOf.get(id)) === anothers,
    markAnothers: (id) => {
      mark.run(anothers, id);
    },
    absorb: (from, into) => {
      for (const step of steps) step.run({ from, into });
    },
  };
}
