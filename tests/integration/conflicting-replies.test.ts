import { openPracticeDatabase } from '../../electron/portal/practice/practice-database.ts';
import { practiceDesk } from '../../electron/portal/practice/practice-desk.ts';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TicketId } from '../../shared/domain/ids.ts';
import { noFault, problemAnswer } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { queueLooked } from './queue-looks.ts';
import { shop } from './restored-stand.ts';
import { freshFolder, type OpenedServices, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

type Stand = {
  readonly server: FaultyPortal;
  readonly one: OpenedServices;
  readonly id: TicketId;
  readonly number: string;
  readonly place: string;
  readonly desk: ReturnType<typeof practiceDesk>;
};

/** A ticket with a number, and a portal that takes no reply until it is let. */
async function stand(): Promise<Stand> {
  const folder = freshFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  const place = freshFolder();
  const one = await shop(server, place);
  await one.services.start();
  const draft = await readyDraft(one, 'La lettura si ferma');
  await one.call('sendDraft', draft);
  const number = await until(() => one.services.context.tickets.find(draft.id)?.number);
  server.setFault(({ method, path }) =>
    method === 'POST' && path.endsWith('/messages') ? problemAnswer(503, 'fault') : noFault,
  );
  const db = openPracticeDatabase(join(folder, 'portal'));
  stops.push(async () => void db.close());
  return { server, one, id: draft.id, number, place, desk: practiceDesk(db, () => new Date().toISOString()) };
}

async function reply({ one, id }: Stand, text: string) {
  await one.call('saveReply', { ticketId: id, text, evidenceIds: [] });
  return one.call('sendReply', { ticketId: id });
}
const rowOf = async (one: OpenedServices) =>
  (await one.call('outbox', {})).find(({ work }) => work.kind === 'send-message');
const isHeld = (one: OpenedServices) => (): boolean =>
  one.services.context.holds.ofQueued().some(({ kind }) => kind === 'conflict');
const arrived = ({ server }: Stand): number =>
  server.journal().filter(({ kind }) => kind === 'message').length;

test.each([
  'closed',
  'answered elsewhere',
])('ticket that is %s keeps a waiting reply until a person decides, over a restart, and it goes once when let go', async (how) => {
  const it = await stand();
  const { server, one, number, place, desk } = it;
  await reply(it, 'Misuro 13,4 V a riposo');
  if (how === 'closed') desk.close(number, 'operator');
  else
    desk.reply(number, {
      clientReference: '11111111-2222-4333-8444-555555555555',
      text: 'Già risolto dal telefono',
    });
  await until(isHeld(one));
  expect(await rowOf(one)).toMatchObject({
    waitReason: { kind: 'held', hold: { kind: 'conflict' } },
    goesAt: null,
  });
  server.setFault(() => noFault);
  await one.services.stop();
  const next = await shop(server, place);
  await next.services.start();
  expect((await queueLooked(next)).filter((found) => found !== null)).toEqual([]);
  const row = await rowOf(next);
  expect([row?.hold, arrived(it)]).toEqual([{ kind: 'conflict' }, 0]);
  expect((await next.call('ticket', { id: it.id })).messages.map(({ text }) => text)).toContain(
    'Misuro 13,4 V a riposo',
  );
  // Only a portal's news bring such a hold, and only a person ends it.
  await expect(
    next.call('holdOutboxItem', { id: row?.id ?? ('' as never), hold: { kind: 'conflict' } }),
  ).rejects.toThrow('E_INPUT');
  await next.call('holdOutboxItem', { id: row?.id ?? ('' as never), hold: null });
  await until(() => next.services.context.outbox.open().length === 0);
  expect(
    next.services.context.outbox.ofTicket(it.id).find(({ work }) => work.kind === 'send-message')?.state,
  ).toBe(how === 'closed' ? 'rejected' : 'accepted');
  expect(arrived(it)).toBe(how === 'closed' ? 0 : 1);
});

test('reply into which nothing came goes without a decision', async () => {
  const it = await stand();
  const { server, one, id } = it;
  await reply(it, 'Misuro 13,4 V a riposo');
  server.setFault(() => noFault);
  one.services.sender.tryNow(null);
  await until(() => arrived(it) === 1);
  await until(() => one.services.context.outbox.open().length === 0);
  expect(one.services.context.holds.ofQueued()).toEqual([]);
  expect((await one.call('ticket', { id })).messages.some(({ delivery }) => delivery === 'delivered')).toBe(
    true,
  );
});

test('conflicting reply that is taken back stands in the reply box again, and set aside it comes back held', async () => {
  const it = await stand();
  const { one, id, number, desk } = it;
  await reply(it, 'Misuro 13,4 V a riposo');
  desk.reply(number, { clientReference: '11111111-2222-4333-8444-555555555555', text: 'Già risolto' });
  await until(isHeld(one));
  const row = await rowOf(one);
  await one.call('setOutboxItemAside', { id: row?.id ?? ('' as never) });
  await one.call('retryOutboxItem', { id: row?.id ?? ('' as never) });
  // It was tried before: the portal is asked whether it is there, and then it is held again and not sent.
  await expect.poll(async () => (await rowOf(one))?.hold, { timeout: 20_000 }).toEqual({ kind: 'conflict' });
  expect(arrived(it)).toBe(0);
  await one.call('removeOutboxItem', { id: row?.id ?? ('' as never) });
  expect((await one.call('ticket', { id })).reply.text).toBe('Misuro 13,4 V a riposo');
  expect(await rowOf(one)).toBeUndefined();
});
