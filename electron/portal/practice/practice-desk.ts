import { z } from 'zod';
import {
  type WireMessageReceipt,
  type WireMessageRequest,
  type WireTicketReceipt,
  type WireTicketRequest,
  messageReceiptSchema,
  ticketReceiptSchema,
} from '../../../shared/portal/wire.ts';
import { practiceBulletin } from './practice-bulletin.ts';
import { type PracticeChanges, practiceChanges } from './practice-changes.ts';
import { nextCount, type PracticeDb, ticketNumberOf } from './practice-database.ts';
import { practiceFiles } from './practice-files.ts';
import { practiceRows } from './practice-rows.ts';
import { Problem } from './problem.ts';

/** Keeps the practice portal's tickets. Every command is one transaction; refusals are thrown as `Problem`. */
export function practiceDesk(db: PracticeDb, now: () => string) {
  const rows = practiceRows(db, now);

  return {
    ...rows,
    ...practiceFiles(db, rows, now),
    ...practiceBulletin(db, now),
    changes: (after: number, limit: number): PracticeChanges => practiceChanges(db, rows, after, limit),

    /** R-TICKET-1: the number is progressive and given here only. */
    receive(request: WireTicketRequest): WireTicketReceipt {
      return rows.inTransaction(() => {
        if (rows.findTicket(request.clientReference) !== null)
          throw new Problem(422, 'key-reused', 'clientReference');
        const receipt = {
          number: ticketNumberOf(nextCount(db, 'ticket')),
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
        rows.write(receipt.number, { kind: 'system', event: 'received', detail: '' }, '', null);
        return ticketReceiptSchema.parse(receipt);
      });
    },
    reply(number: string, request: WireMessageRequest): WireMessageReceipt {
      return rows.inTransaction(() => {
        rows.openTicket(number);
        if (rows.findMessage(request.clientReference) !== null)
          throw new Problem(422, 'key-reused', 'clientReference');
        const entry = rows.write(number, { kind: 'customer' }, request.text, request.clientReference);
        rows.touch(number, { state: rows.ticket(number)?.operator === null ? 'open' : 'assigned' });
        return messageReceiptSchema.parse({
          id: entry.id,
          number,
          clientReference: request.clientReference,
          receivedAt: entry.at,
        });
      });
    },
    close(number: string, by: string): { readonly number: string; readonly closedAt: string } {
      return rows.inTransaction(() => {
        if (rows.ticket(number) === null) throw new Problem(404, 'not-found');
        const closedAt = z
          .string()
          .nullable()
          .parse(db.prepare('SELECT closed_at FROM ticket WHERE number = ?').pluck().get(number));
        if (closedAt !== null) return { number, closedAt };
        const at = rows.write(number, { kind: 'system', event: 'closed', detail: by }, '', null).at;
        db.prepare('UPDATE ticket SET closed_at = ? WHERE number = ?').run(at, number);
        rows.touch(number, { state: 'closed' });
        return { number, closedAt: at };
      });
    },
    assign(number: string, operator: string): void {
      rows.inTransaction(() => {
        rows.openTicket(number);
        rows.write(number, { kind: 'system', event: 'assigned', detail: operator }, '', null);
        rows.touch(number, { state: 'assigned', operator });
      });
    },
    answer(number: string, operator: string, text: string): void {
      rows.inTransaction(() => {
        rows.openTicket(number);
        rows.write(number, { kind: 'operator', name: operator }, text, null);
        rows.touch(number, { state: 'waiting-customer', operator });
      });
    },
    askForSession(number: string, operator: string): void {
      rows.inTransaction(() => {
        rows.openTicket(number);
        rows.write(number, { kind: 'system', event: 'session-requested', detail: operator }, '', null);
        rows.touch(number, { state: 'waiting-customer', operator });
      });
    },
    endSession(number: string, operator: string): void {
      rows.inTransaction(() => {
        rows.openTicket(number);
        rows.write(number, { kind: 'system', event: 'session-ended', detail: operator }, '', null);
        rows.touch(number, { state: 'assigned', operator });
      });
    },
    /** Whether this operator may be told something in private: only the one in charge of an open ticket. */
    admitPrivate(number: string, operator: string): void {
      if (rows.openTicket(number).operator !== operator) throw new Problem(422, 'invalid', 'operator');
    },
    tools: (): { productId: string; serial: string }[] =>
      z
        .array(z.object({ productId: z.string(), serial: z.string() }))
        .parse(
          db
            .prepare(
              "SELECT DISTINCT product_id AS productId, serial FROM ticket WHERE serial <> '' LIMIT 500",
            )
            .all(),
        ),
  };
}

export type PracticeDesk = ReturnType<typeof practiceDesk>;
