import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  messageIdSchema,
  type TicketId,
  ticketIdSchema,
  ticketNumberSchema,
} from '../../shared/domain/ids.ts';
import type { Message, TicketState } from '../../shared/domain/ticket.ts';
import { type OpenedServices, openTestWorkshop } from './workshop-fixture.ts';

const at = '2026-11-24T09:00:00.000Z';

function ticket(
  { services: { context } }: OpenedServices,
  number: string,
  state: TicketState,
  updatedAt = at,
): TicketId {
  const id = ticketIdSchema.parse(randomUUID());
  context.tickets.insertForeign({
    id,
    realm: 'practice',
    number: ticketNumberSchema.parse(number),
    state,
    text: { language: 'it', subject: number, body: '' },
    operator: null,
    updatedAt,
    productId: '',
    serial: '',
    receivedAt: at,
  });
  return id;
}

function say({ services: { context } }: OpenedServices, ticketId: TicketId, author: Message['author']): void {
  context.messages.add(
    {
      id: messageIdSchema.parse(randomUUID()),
      ticketId,
      author,
      text: '"session-requested"',
      attachments: [],
      at,
      delivery: 'delivered',
      read: true,
    },
    null,
  );
}
const event = (name: 'session-requested' | 'session-ended' | 'assigned'): Message['author'] => ({
  kind: 'system',
  event: name,
  detail: '',
});

test('R-REMOTE-1: sessions asked for are those of open tickets whose last word is that one is asked, newest first', async () => {
  const opened = await openTestWorkshop();
  const asked = ticket(opened, 'T-1', 'open');
  say(opened, asked, event('session-requested'));
  say(opened, asked, event('assigned'));
  say(opened, asked, { kind: 'operator', name: 'Anna' });
  const again = ticket(opened, 'T-2', 'open', '2026-11-24T10:00:00.000Z');
  for (const name of ['session-requested', 'session-ended', 'session-requested'] as const)
    say(opened, again, event(name));
  const ended = ticket(opened, 'T-3', 'open');
  for (const name of ['session-requested', 'session-ended'] as const) say(opened, ended, event(name));
  say(opened, ticket(opened, 'T-4', 'closed'), event('session-requested'));
  say(opened, ticket(opened, 'T-5', 'open'), { kind: 'customer' });
  expect(opened.services.context.requests.askedSessions('practice')).toEqual(['T-2', 'T-1']);
  expect(opened.services.context.requests.askedSessions('contract')).toEqual([]);
  await opened.services.stop();
});

test('language and workshop are told at once to what speaks outside the window when they are saved, and another setting is not', async () => {
  const opened = await openTestWorkshop();
  const told = (): number => opened.events.filter(({ kind }) => kind === 'settingsSaved').length;
  await opened.call('saveSettings', { theme: 'dark' });
  expect(told()).toBe(0);
  await opened.call('saveSettings', { language: 'en' });
  expect(told()).toBe(1);
  await opened.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  expect(told()).toBe(2);
  await opened.services.stop();
});
