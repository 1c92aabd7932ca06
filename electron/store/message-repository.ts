import { z } from 'zod';
import { type MessageId, messageIdSchema, type TicketId } from '../../shared/domain/ids.ts';
import { type Message, messageSchema } from '../../shared/domain/ticket.ts';
import type { Db } from './open-store.ts';
import { readable, readRow, readRowOrNull, storedJson } from './stored-row.ts';

export type MessageRepository = {
  /** Order of arrival on this PC, never of any clock (CLOCK-1). One that cannot be read is left out, for the conversation around it can. */
  readonly ofTicket: (ticketId: TicketId) => readonly Message[];
  /** The last one that was taken back in doubt with these very words. */
  readonly withdrawnWith: (ticketId: TicketId, text: string) => Message | null;
  /** @throws AppFault store.unreadable */
  readonly find: (id: MessageId) => Message | null;
  /** Last message of each ticket that a person wrote, for the list. */
  readonly lastText: (ticketId: TicketId) => string;
  /** Adds a message; `portalReference` is the portal's own id, null while only this PC knows it. */
  readonly add: (message: Message, portalReference: string | null) => void;
  readonly findByPortalReference: (ticketId: TicketId, portalReference: string) => Message | null;
  /** Replaces what may change: delivery, attachments, and the portal's id once known; one that another message of the ticket has is not taken. */
  readonly update: (
    message: Pick<Message, 'id' | 'delivery' | 'attachments'>,
    portalReference: string | null,
  ) => void;
  /** The whole of words that were heard in part before. */
  readonly reword: (id: MessageId, text: string) => void;
  /** Those that came with the portal's news, and were not written here. */
  readonly heardOf: (ticketId: TicketId) => readonly MessageId[];
  /** To another ticket, in the order in which they came. */
  readonly move: (ids: readonly MessageId[], into: TicketId) => void;
  readonly markRead: (ticketId: TicketId) => boolean;
  readonly remove: (id: MessageId) => void;
};

const columns = 'id, ticket_id as ticketId, author, text, attachments, at, delivery, read from messages';
const rowSchema = messageSchema.extend({
  author: storedJson(messageSchema.shape.author),
  attachments: storedJson(messageSchema.shape.attachments),
  read: z.number().transform((read) => read === 1),
});

function parse(row: unknown): Message {
  return readRow(() => rowSchema.parse(row));
}

export function messageRepository(db: Db): MessageRepository {
  const all = db.prepare(
    `select ${columns} where ticket_id = ? and delivery <> 'withdrawn' order by sequence`,
  );
  const withdrawn = db.prepare(
    `select ${columns} where ticket_id = ? and delivery = 'withdrawn' and text = ? order by sequence desc limit 1`,
  );
  const one = db.prepare(`select ${columns} where id = ?`);
  const referred = db.prepare(`select ${columns} where ticket_id = ? and portal_reference = ?`);
  const last = db
    .prepare(
      "select text from messages where ticket_id = ? and text <> '' and delivery <> 'withdrawn' order by sequence desc limit 1",
    )
    .pluck();
  const insert = db.prepare(
    'insert into messages (id, ticket_id, author, text, attachments, at, delivery, read, portal_reference) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare(
    `update messages set delivery = :delivery, attachments = :attachments, portal_reference = coalesce(
      case when not exists (select 1 from messages o where o.ticket_id = messages.ticket_id and o.portal_reference = :reference and o.id <> :id) then :reference end,
      portal_reference) where id = :id`,
  );
  const heard = db
    .prepare(
      `select id from messages m where ticket_id = ? and portal_reference is not null and not exists (select 1 from outbox o
      where o.ticket_id = m.ticket_id and o.kind = 'send-message' and json_valid(o.work) and json_extract(o.work, '$.messageId') = m.id) order by sequence`,
    )
    .pluck();
  const reword = db.prepare('update messages set text = ? where id = ?');
  const move = db.prepare('update messages set ticket_id = ? where id = ?');
  const markRead = db.prepare('update messages set read = 1 where ticket_id = ? and read = 0');
  const remove = db.prepare('delete from messages where id = ?');
  const parsed = (row: unknown): Message | null => (row === undefined ? null : parse(row));
  return {
    ofTicket: (ticketId) => readable(all.all(ticketId), parse),
    withdrawnWith: (ticketId, text) => readRowOrNull(() => parsed(withdrawn.get(ticketId, text))),
    find: (id) => parsed(one.get(id)),
    lastText: (ticketId) => z.string().catch('').parse(last.get(ticketId)),
    add: (message, portalReference) => {
      insert.run(
        message.id,
        message.ticketId,
        JSON.stringify(message.author),
        message.text,
        JSON.stringify(message.attachments),
        message.at,
        message.delivery,
        message.read ? 1 : 0,
        portalReference,
      );
    },
    findByPortalReference: (ticketId, portalReference) => parsed(referred.get(ticketId, portalReference)),
    update: (message, portalReference) => {
      update.run({
        delivery: message.delivery,
        attachments: JSON.stringify(message.attachments),
        reference: portalReference,
        id: message.id,
      });
    },
    reword: (id, text) => {
      reword.run(text, id);
    },
    heardOf: (ticketId) => heard.all(ticketId).flatMap((id) => messageIdSchema.safeParse(id).data ?? []),
    move: (ids, into) => {
      for (const id of ids) move.run(into, id);
    },
    markRead: (ticketId) => markRead.run(ticketId).changes > 0,
    remove: (id) => {
      remove.run(id);
    },
  };
}
