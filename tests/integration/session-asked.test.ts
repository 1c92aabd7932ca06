import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { Bucket } from '../../electron/store/request-repository.ts';
import { queueWork } from '../../electron/requests/queue-work.ts';
import { ticketFacts } from '../../electron/remote/ticket-facts.ts';
import {
  evidenceIdSchema,
  messageIdSchema,
  type TicketId,
  ticketIdSchema,
  ticketNumberSchema,
} from '../../shared/domain/ids.ts';
import type { OutboxWork } from '../../shared/domain/outbox-item.ts';
import type { Message, TicketState } from '../../shared/domain/ticket.ts';
import { type OpenedServices, openTestWorkshop } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function opened(): Promise<OpenedServices> {
  const shop = await openTestWorkshop();
  stops.push(() => shop.services.stop());
  return shop;
}

/** A ticket in charge of an operator, last moved at this minute, with these entries in its conversation. */
function ticket(
  { services }: OpenedServices,
  minute: number,
  state: TicketState,
  events: readonly ('session-requested' | 'session-ended' | 'assigned')[],
): TicketId {
  const at = `2026-11-24T09:${String(minute).padStart(2, '0')}:00.000Z`;
  const id = ticketIdSchema.parse(randomUUID());
  services.context.tickets.insertForeign({
    id,
    realm: 'practice',
    number: ticketNumberSchema.parse(`P-${minute}`),
    state,
    text: { language: 'it', subject: `Richiesta ${minute}`, body: '' },
    operator: 'Marco B.',
    productId: 'ktag-master',
    serial: '',
    receivedAt: at,
    updatedAt: at,
  });
  for (const event of events)
    services.context.messages.add(
      {
        id: messageIdSchema.parse(randomUUID()),
        ticketId: id,
        author: { kind: 'system', event, detail: 'Marco B.' },
        text: '',
        attachments: [],
        at,
        delivery: 'delivered',
        read: true,
      } satisfies Message,
      null,
    );
  return id;
}

test("R-REMOTE-1: request is the person's turn, by its operator's name, from the wish for a session to its end", async () => {
  const shop = await opened();
  const asked = ticket(shop, 1, 'assigned', ['assigned', 'session-requested']);
  const answered = ticket(shop, 2, 'waiting-customer', []);
  const over = ticket(shop, 3, 'assigned', ['session-requested', 'session-ended']);
  const again = ticket(shop, 4, 'waiting-customer', [
    'session-requested',
    'session-ended',
    'session-requested',
  ]);
  const closed = ticket(shop, 5, 'closed', ['session-requested']);
  const yours = await shop.call('requests', { filter: 'you', text: '', offset: 0 });
  expect(yours.rows.map((row) => [row.id, row.sessionAskedBy])).toEqual([
    [again, 'Marco B.'],
    [asked, 'Marco B.'],
    [answered, null],
  ]);
  const others = [
    ...(await shop.call('requests', { filter: 'vendor', text: '', offset: 0 })).rows,
    ...(await shop.call('requests', { filter: 'closed', text: '', offset: 0 })).rows,
  ];
  expect(others.map((row) => [row.id, row.turn, row.sessionAskedBy])).toEqual([
    [over, 'vendor', null],
    [closed, 'nobody', null],
  ]);
});

test('R-REMOTE-1: wish told by one portal asks for nothing while another is in use', async () => {
  const shop = await opened();
  const id = ticket(shop, 1, 'assigned', ['session-requested']);
  const { context } = shop.services;
  expect(ticketFacts(context, id, 'staffed', 'practice').asked).toBe(true);
  expect(ticketFacts(context, id, 'staffed', 'contract').asked).toBe(false);
});

test("R-REMOTE-1: wish for a session stays the person's turn while a reply of theirs waits in the queue", async () => {
  const shop = await opened();
  const id = ticket(shop, 1, 'waiting-customer', ['session-requested']);
  await shop.call('saveReply', { ticketId: id, text: 'Arrivo tra cinque minuti', evidenceIds: [] });
  await shop.call('sendReply', { ticketId: id });
  const { counts, rows } = await shop.call('requests', { filter: 'you', text: '', offset: 0 });
  expect([counts.you, counts.waiting, rows[0]?.sessionAskedBy]).toEqual([1, 0, 'Marco B.']);
});

test('DAMAGE-3: list is read and the request is taken for not asking when an entry of its conversation was edited by hand', async () => {
  const shop = await opened();
  const id = ticket(shop, 1, 'assigned', ['session-requested']);
  shop.services.store.db.prepare("update messages set author = '{' where ticket_id = ?").run(id);
  const { rows } = await shop.call('requests', { filter: 'vendor', text: '', offset: 0 });
  expect(rows.map((row) => [row.id, row.sessionAskedBy])).toEqual([[id, null]]);
});

test("question of the vendor is the person's turn while a file of the request waits, and no longer once the answer waits", async () => {
  const shop = await opened();
  const asked = ticket(shop, 1, 'waiting-customer', []);
  const file: OutboxWork = {
    kind: 'upload-attachment',
    evidenceId: evidenceIdSchema.parse(randomUUID()),
    messageId: null,
  };
  const at = '2026-11-24T09:02:00.000Z';
  queueWork(shop.services.context.outbox, 'practice', asked, file, at);
  const turn = (): Bucket | null => shop.services.context.requests.bucketOf(asked);
  expect(turn()).toBe('you');
  queueWork(
    shop.services.context.outbox,
    'practice',
    asked,
    { kind: 'send-message', messageId: messageIdSchema.parse(randomUUID()) },
    at,
  );
  expect(turn()).toBe('waiting');
});

test('file of an answer that waits is part of the answer', async () => {
  const shop = await opened();
  const asked = ticket(shop, 1, 'waiting-customer', []);
  const file = {
    kind: 'upload-attachment',
    evidenceId: evidenceIdSchema.parse(randomUUID()),
    messageId: messageIdSchema.parse(randomUUID()),
  } as const;
  queueWork(shop.services.context.outbox, 'practice', asked, file, '2026-11-24T09:02:00.000Z');
  expect(shop.services.context.requests.bucketOf(asked)).toBe('waiting');
});
