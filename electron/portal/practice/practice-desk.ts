import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type SignedPack, signedPackSchema } from '../../../shared/domain/data-pack.ts';
import { jsonOf } from '../../../shared/domain/json-of.ts';
import { type Notice, noticeSchema } from '../../../shared/domain/notice.ts';
import {
  type WireAttachmentReceipt,
  type WireAuthor,
  type WireMessage,
  type WireMessageReceipt,
  type WireMessageRequest,
  type WireTicket,
  type WireTicketReceipt,
  type WireTicketRequest,
  type WireUploadMetadata,
  attachmentReceiptSchema,
  messageReceiptSchema,
  ticketReceiptSchema,
  wireMessageSchema,
  wireTicketSchema,
} from '../../../shared/portal/wire.ts';
import { countOnFrom, lastCount, nextCount, type PracticeDb } from './practice-database.ts';
import { Problem } from './problem.ts';

/** What the portal lets through: everything, reading only (R-HOURS-3), or nothing (R-HOURS-4). */
export const practiceModes = ['normal', 'read-only', 'maintenance'] as const;
export type PracticeMode = (typeof practiceModes)[number];

const ticketColumns = `number, client_reference AS clientReference, state, language, subject, body, product_id AS productId, serial, operator, received_at AS receivedAt, updated_at AS updatedAt`;
const attachmentColumns = 'number, client_reference AS clientReference, name, size_bytes AS sizeBytes, sha256, received_at AS receivedAt';
const messageColumns = 'id, number, client_reference AS clientReference, author, text, at';
const messageRow = z.object({
  id: z.string(),
  number: z.string(),
  clientReference: z.string().nullable(),
  author: z.string(),
  text: z.string(),
  at: z.string(),
});
const numberedRow = z.object({ kind: z.enum(['ticket', 'message']), id: z.string(), change: z.number() });
/** Characters of a page, about: clients take no more than 5 MB. */
const mostPageChars = 1_000_000;

/** The rows that are ones; what somebody edited by hand is left out. */
function good<T>(schema: z.ZodType<T>, rows: readonly unknown[]): T[] {
  return rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

const modeSchema = z.enum(practiceModes).catch('normal');

/** Keeps the practice portal's tickets. Every command is one transaction; refusals are thrown as `Problem`. */
export function practiceDesk(db: PracticeDb, now: () => string) {
  const attachmentsOf = (messageId: string): WireAttachmentReceipt[] =>
    good(
      attachmentReceiptSchema,
      db.prepare(`SELECT ${attachmentColumns} FROM attachment WHERE message_id = ? ORDER BY rowid`).all(messageId),
    );
  /** Null for a row that somebody edited by hand: it concerns itself alone. */
  const readMessage = (row: unknown): WireMessage | null => {
    const plain = messageRow.safeParse(row);
    if (!plain.success) return null;
    const whole = { ...plain.data, author: jsonOf(plain.data.author), attachments: attachmentsOf(plain.data.id) };
    return wireMessageSchema.safeParse(whole).data ?? null;
  };
  const ticket = (number: string): WireTicket | null =>
    wireTicketSchema.safeParse(db.prepare(`SELECT ${ticketColumns} FROM ticket WHERE number = ?`).get(number)).data ?? null;
  const openTicket = (number: string): WireTicket => {
    const found = ticket(number);
    if (found === null) throw new Problem(404, 'not-found');
    if (found.state === 'closed') throw new Problem(409, 'ticket-closed');
    return found;
  };
  const touch = (number: string, change: { readonly state?: WireTicket['state']; readonly operator?: string }): void => {
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
    db.prepare('INSERT INTO message(id, number, client_reference, author, text, at, change) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      entry.id,
      number,
      clientReference,
      JSON.stringify(author),
      text,
      entry.at,
      nextCount(db, 'change'),
    );
    return entry;
  };
  const inTransaction = <T>(work: () => T): T => db.transaction(work).immediate();

  return {
    inTransaction,
    ticket,
    openTicket,
    tickets: (): WireTicket[] =>
      good(wireTicketSchema, db.prepare(`SELECT ${ticketColumns} FROM ticket ORDER BY rowid DESC LIMIT 200`).all()),
    messagesOf: (number: string): WireMessage[] =>
      db
        .prepare(`SELECT ${messageColumns} FROM message WHERE number = ? ORDER BY rowid`)
        .all(number)
        .flatMap((row) => readMessage(row) ?? []),

    /** R-TICKET-1: the number is progressive and given here only. */
    receive(request: WireTicketRequest): WireTicketReceipt {
      return inTransaction(() => {
        if (this.findTicket(request.clientReference) !== null) throw new Problem(422, 'key-reused', 'clientReference');
        const receipt = {
          number: `P-${String(nextCount(db, 'ticket')).padStart(6, '0')}`,
          clientReference: request.clientReference,
          receivedAt: now(),
        };
        db.prepare(
          "INSERT INTO ticket(number, client_reference, state, language, subject, body, product_id, serial, received_at, updated_at, change) VALUES (?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?)",
        ).run(
          receipt.number,
          request.clientReference,
          request.language,
          request.subject,
          request.body,
          request.productId,
          request.serial,
          receipt.receivedAt,
          receipt.receivedAt,
          nextCount(db, 'change'),
        );
        write(receipt.number, { kind: 'system', event: 'received', detail: '' }, '', null);
        return ticketReceiptSchema.parse(receipt);
      });
    },
    findTicket(reference: string): WireTicketReceipt | null {
      const row = db
        .prepare('SELECT number, client_reference AS clientReference, received_at AS receivedAt FROM ticket WHERE client_reference = ?')
        .get(reference);
      return ticketReceiptSchema.safeParse(row).data ?? null;
    },
    reply(number: string, request: WireMessageRequest): WireMessageReceipt {
      return inTransaction(() => {
        openTicket(number);
        if (this.findMessage(request.clientReference) !== null) throw new Problem(422, 'key-reused', 'clientReference');
        const entry = write(number, { kind: 'customer' }, request.text, request.clientReference);
        touch(number, { state: ticket(number)?.operator === null ? 'open' : 'assigned' });
        return messageReceiptSchema.parse({ id: entry.id, number, clientReference: request.clientReference, receivedAt: entry.at });
      });
    },
    customerMessages: (number: string): number =>
      Number(
        db.prepare("SELECT count(*) FROM message WHERE number = ? AND json_extract(author, '$.kind') = 'customer'").pluck().get(number),
      ),
    findMessage(reference: string): WireMessageReceipt | null {
      const row = db
        .prepare('SELECT id, number, client_reference AS clientReference, at AS receivedAt FROM message WHERE client_reference = ?')
        .get(reference);
      return messageReceiptSchema.safeParse(row).data ?? null;
    },
    close(number: string, by: string): { readonly number: string; readonly closedAt: string } {
      return inTransaction(() => {
        if (ticket(number) === null) throw new Problem(404, 'not-found');
        const closedAt = z.string().nullable().parse(db.prepare('SELECT closed_at FROM ticket WHERE number = ?').pluck().get(number));
        if (closedAt !== null) return { number, closedAt };
        const at = write(number, { kind: 'system', event: 'closed', detail: by }, '', null).at;
        db.prepare('UPDATE ticket SET closed_at = ? WHERE number = ?').run(at, number);
        touch(number, { state: 'closed' });
        return { number, closedAt: at };
      });
    },
    assign(number: string, operator: string): void {
      inTransaction(() => {
        openTicket(number);
        write(number, { kind: 'system', event: 'assigned', detail: operator }, '', null);
        touch(number, { state: 'assigned', operator });
      });
    },
    answer(number: string, operator: string, text: string): void {
      inTransaction(() => {
        openTicket(number);
        write(number, { kind: 'operator', name: operator }, text, null);
        touch(number, { state: 'waiting-customer', operator });
      });
    },
    askForSession(number: string, operator: string): void {
      inTransaction(() => {
        openTicket(number);
        write(number, { kind: 'system', event: 'session-requested', detail: operator }, '', null);
        touch(number, { state: 'waiting-customer', operator });
      });
    },
    endSession(number: string, operator: string): void {
      inTransaction(() => {
        openTicket(number);
        write(number, { kind: 'system', event: 'session-ended', detail: operator }, '', null);
        touch(number, { state: 'assigned', operator });
      });
    },
    /** Whether this operator may be told something in private: only the one in charge of an open ticket. */
    admitPrivate(number: string, operator: string): void {
      if (openTicket(number).operator !== operator) throw new Problem(422, 'invalid', 'operator');
    },
    /** Checks before a byte is sent that the file would be taken. */
    admitUpload(
      metadata: WireUploadMetadata,
      sizeBytes: number,
      limits: { readonly ticketBytes: number; readonly attachmentsPerTicket: number },
    ): void {
      openTicket(metadata.ticket);
      const held = z
        .object({ files: z.number(), bytes: z.number() })
        .parse(
          db
            .prepare('SELECT count(*) AS files, coalesce(sum(size_bytes), 0) AS bytes FROM attachment WHERE number = ?')
            .get(metadata.ticket),
        );
      if (held.files >= limits.attachmentsPerTicket || held.bytes + sizeBytes > limits.ticketBytes) throw new Problem(413, 'too-large');
      if (this.findAttachment(metadata.reference) !== null) throw new Problem(409, 'key-reused', 'reference');
      if (metadata.messageReference !== null && this.findMessage(metadata.messageReference)?.number !== metadata.ticket)
        throw new Problem(422, 'invalid', 'messageReference');
    },
    attach(metadata: WireUploadMetadata, sizeBytes: number, uploadId: string): void {
      inTransaction(() => {
        if (this.findAttachment(metadata.reference) !== null) return;
        const messageId =
          metadata.messageReference === null
            ? db.prepare('SELECT id FROM message WHERE number = ? ORDER BY rowid LIMIT 1').pluck().get(metadata.ticket)
            : this.findMessage(metadata.messageReference)?.id;
        db.prepare(
          'INSERT INTO attachment(client_reference, number, message_id, name, size_bytes, sha256, upload_id, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        ).run(metadata.reference, metadata.ticket, z.string().parse(messageId), metadata.name, sizeBytes, metadata.sha256, uploadId, now());
        db.prepare('UPDATE message SET change = ? WHERE id = ?').run(nextCount(db, 'change'), messageId);
      });
    },
    findAttachment(reference: string): WireAttachmentReceipt | null {
      const row = db.prepare(`SELECT ${attachmentColumns} FROM attachment WHERE client_reference = ?`).get(reference);
      return attachmentReceiptSchema.safeParse(row).data ?? null;
    },
    /**
     * Entries changed after `since`, oldest change first, one page of at most `limit` and of few bytes. A cursor this desk never gave was
     * given by a store that is gone: numbers go on behind it, so that none is given twice, and everything is told from the start.
     */
    changes(
      after: number,
      limit: number,
    ): {
      readonly tickets: WireTicket[];
      readonly messages: WireMessage[];
      readonly upTo: number;
      readonly hasMore: boolean;
    } {
      return inTransaction(() => {
        const since = after > lastCount(db, 'change') ? 0 : after;
        if (since !== after) for (const name of ['ticket', 'change'] as const) countOnFrom(db, name, after);
        const rows = z
          .array(numberedRow)
          .parse(
            db
              .prepare(
                "SELECT 'ticket' AS kind, number AS id, change FROM ticket WHERE change > :since UNION ALL SELECT 'message', id, change FROM message WHERE change > :since ORDER BY change LIMIT :limit",
              )
              .all({ since, limit: limit + 1 }),
          );
        const tickets: WireTicket[] = [];
        const messages: WireMessage[] = [];
        let [taken, chars, upTo] = [0, 0, since];
        for (const { kind, id, change } of rows.slice(0, limit)) {
          const entry =
            kind === 'ticket' ? ticket(id) : readMessage(db.prepare(`SELECT ${messageColumns} FROM message WHERE id = ?`).get(id));
          chars += JSON.stringify(entry).length;
          if (taken > 0 && chars > mostPageChars) break;
          if (entry !== null && 'subject' in entry) tickets.push(entry);
          else if (entry !== null) messages.push(entry);
          [taken, upTo] = [taken + 1, change];
        }
        return { tickets, messages, upTo, hasMore: rows.length > taken };
      });
    },
    publish(notice: Notice): void {
      db.prepare('INSERT OR REPLACE INTO notice(id, content) VALUES (?, ?)').run(notice.id, JSON.stringify(notice));
    },
    notices: (): Notice[] =>
      good(noticeSchema, good(z.string(), db.prepare('SELECT content FROM notice ORDER BY rowid').pluck().all()).map(jsonOf)),
    /** When the mode the portal is in ends, by the latest notice that runs now; null where none says so. */
    modeEndsAt(): string | null {
      const kind = { normal: null, 'read-only': 'closure', maintenance: 'maintenance' }[this.mode()];
      const at = now();
      return (
        this.notices()
          .filter((notice) => notice.kind === kind && notice.startsAt <= at && notice.endsAt !== null && notice.endsAt > at)
          .map((notice) => notice.endsAt)
          .sort()
          .at(-1) ?? null
      );
    },
    /** Signed data the portal hands out; whoever runs it puts it there. */
    packs: (): SignedPack[] =>
      z
        .array(signedPackSchema)
        .catch([])
        .parse(jsonOf(z.string().catch('[]').parse(db.prepare("SELECT value FROM setting WHERE name = 'packs'").pluck().get()))),
    setPacks(packs: readonly SignedPack[]): void {
      db.prepare("INSERT OR REPLACE INTO setting(name, value) VALUES ('packs', ?)").run(JSON.stringify(packs));
    },
    mode: (): PracticeMode => modeSchema.parse(db.prepare("SELECT value FROM setting WHERE name = 'mode'").pluck().get()),
    setMode(mode: PracticeMode): void {
      db.prepare("INSERT OR REPLACE INTO setting(name, value) VALUES ('mode', ?)").run(mode);
    },
    tools: (): { productId: string; serial: string }[] =>
      z
        .array(z.object({ productId: z.string(), serial: z.string() }))
        .parse(db.prepare("SELECT DISTINCT product_id AS productId, serial FROM ticket WHERE serial <> '' LIMIT 500").all()),
  };
}

export type PracticeDesk = ReturnType<typeof practiceDesk>;
