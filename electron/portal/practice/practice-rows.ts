import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonOf } from '../../../shared/domain/json-of.ts';
import {
  type WireAttachmentReceipt,
  type WireAuthor,
  type WireMessage,
  type WireMessageReceipt,
  type WireTicket,
  type WireTicketReceipt,
  attachmentReceiptSchema,
  messageReceiptSchema,
  ticketReceiptSchema,
  wireMessageSchema,
  wireTicketSchema,
} from '../../../shared/portal/wire.ts';
import { nextCount, type PracticeDb } from './practice-database.ts';
import { Problem } from './problem.ts';

const ticketColumns = `number, client_reference AS clientReference, state, language, subject, body, product_id AS productId, serial, operator, received_at AS receivedAt, updated_at AS updatedAt`;
const attachmentColumns =
  'number, client_reference AS clientReference, name, size_bytes AS sizeBytes, sha256, received_at AS receivedAt';
const messageColumns = 'id, number, client_reference AS clientReference, author, text, at';
const messageRow = z.object({
  id: z.string(),
  number: z.string(),
  clientReference: z.string().nullable(),
  author: z.string(),
  text: z.string(),
  at: z.string(),
});

/** The rows that are ones; what somebody edited by hand is left out. */
export function readable<T>(schema: z.ZodType<T>, rows: readonly unknown[]): T[] {
  return rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The practice portal's rows: what is asked of them, and the two ways in which an entry is written. */
export function practiceRows(db: PracticeDb, now: () => string) {
  const attachmentsOf = (messageId: string): WireAttachmentReceipt[] =>
    readable(
      attachmentReceiptSchema,
      db
        .prepare(`SELECT ${attachmentColumns} FROM attachment WHERE message_id = ? ORDER BY rowid`)
        .all(messageId),
    );
  /** Null for a row that somebody edited by hand: it concerns itself alone. */
  const readMessage = (row: unknown): WireMessage | null => {
    const plain = messageRow.safeParse(row);
    if (!plain.success) return null;
    const whole = {
      ...plain.data,
      author: jsonOf(plain.data.author),
      attachments: attachmentsOf(plain.data.id),
    };
    return wireMessageSchema.safeParse(whole).data ?? null;
  };
  const ticket = (number: string): WireTicket | null =>
    wireTicketSchema.safeParse(db.prepare(`SELECT ${ticketColumns} FROM ticket WHERE number = ?`).get(number))
      .data ?? null;
  const openTicket = (number: string): WireTicket => {
    const found = ticket(number);
    if (found === null) throw new Problem(404, 'not-found');
    if (found.state === 'closed') throw new Problem(409, 'ticket-closed');
    return found;
  };
  const touch = (
    number: string,
    change: { readonly state?: WireTicket['state']; readonly operator?: string },
  ): void => {
    db.prepare(
      'UPDATE ticket SET state = coalesce(?, state), operator = coalesce(?, operator), updated_at = ?, change = ? WHERE number = ?',
    ).run(change.state ?? null, change.operator ?? null, now(), nextCount(db, 'change'), number);
  };
  const write = (
    number: string,
    author: WireAuthor,
    text: string,
    clientReference: string | null,
  ): { readonly id: string; readonly at: string } => {
    const entry = { id: randomUUID(), at: now() };
    db.prepare(
      'INSERT INTO message(id, number, client_reference, author, text, at, change) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(entry.id, number, clientReference, JSON.stringify(author), text, entry.at, nextCount(db, 'change'));
    return entry;
  };
  return {
    inTransaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    ticket,
    openTicket,
    touch,
    write,
    message: (id: string): WireMessage | null =>
      readMessage(db.prepare(`SELECT ${messageColumns} FROM message WHERE id = ?`).get(id)),
    tickets: (): WireTicket[] =>
      readable(
        wireTicketSchema,
        db.prepare(`SELECT ${ticketColumns} FROM ticket ORDER BY rowid DESC LIMIT 200`).all(),
      ),
    messagesOf: (number: string): WireMessage[] =>
      db
        .prepare(`SELECT ${messageColumns} FROM message WHERE number = ? ORDER BY rowid`)
        .all(number)
        .flatMap((row) => readMessage(row) ?? []),
    findTicket: (reference: string): WireTicketReceipt | null => {
      const row = db
        .prepare(
          'SELECT number, client_reference AS clientReference, received_at AS receivedAt FROM ticket WHERE client_reference = ?',
        )
        .get(reference);
      return ticketReceiptSchema.safeParse(row).data ?? null;
    },
    findMessage: (reference: string): WireMessageReceipt | null => {
      const row = db
        .prepare(
          'SELECT id, number, client_reference AS clientReference, at AS receivedAt FROM message WHERE client_reference = ?',
        )
        .get(reference);
      return messageReceiptSchema.safeParse(row).data ?? null;
    },
    findAttachment: (reference: string): WireAttachmentReceipt | null => {
      const row = db
        .prepare(`SELECT ${attachmentColumns} FROM attachment WHERE client_reference = ?`)
        .get(reference);
      return attachmentReceiptSchema.safeParse(row).data ?? null;
    },
    customerMessages: (number: string): number =>
      Number(
        db
          .prepare(
            "SELECT count(*) FROM message WHERE number = ? AND json_extract(author, '$.kind') = 'customer'",
          )
          .pluck()
          .get(number),
      ),
  };
}

export type PracticeRows = ReturnType<typeof practiceRows>;
