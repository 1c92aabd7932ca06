import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { outboxItemIdSchema } from '../../shared/domain/ids.ts';
import {
  type Answering,
  holdTime,
  later,
  lost,
  never,
  pass,
  queueStand,
  type QueueStand,
  refusedForGood,
  thrown,
  well,
} from './queue-stand.ts';

beforeEach(() => holdTime());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const hour = 60 * minute;

const ticketsTaken = (stand: QueueStand): string[] => stand.taken.filter(({ kind }) => kind === 'ticket').map(({ reference }) => reference);

test.each<[string, Answering]>([
  ['a 503', later('portal.serverFault')],
  ['a 429', later('portal.rateLimited', 5_000)],
  ['a line that is down', later('portal.unreachable')],
  ['an answer that was lost, and nothing taken', lost(false)],
  ['an answer that was lost, and the request taken', lost(true)],
  ['no answer at all', never(false)],
])('one fault of the portal or the line lets no later request overtake: %s for the first one (R-TICKET-2)', async (_what, fault) => {
  const stand = await queueStand();
  const ids = [await stand.newTicket(), await stand.newTicket(), await stand.newTicket()];
  let faults = 0;
  stand.answerWith((act, reference) => {
    if (act !== 'create' || reference !== ids[0] || faults > 0) return well;
    faults += 1;
    return fault;
  });
  stand.sender.start();
  await pass(10 * minute);
  expect(faults).toBe(1);
  expect(ticketsTaken(stand)).toEqual(ids);
  expect(ids.map((id) => stand.numbered(id))).toEqual([true, true, true]);
});

test.each<[string, number, Answering]>([
  ['a refusal of its own', minute, later('portal.conflict')],
  ['a refusal for good', minute, refusedForGood],
  ['a fault nobody expected', minute, thrown(false, new TypeError('x'))],
  ['a second 503 in a row', minute, later('portal.serverFault')],
  ['a 503 that names an hour', 3 * minute, later('portal.serverFault', hour)],
  ['a second lost answer in a row', 3 * minute, lost(false)],
  ['a second time without an answer', 12 * minute, never(false)],
])('a request with a reason of its own lets the later ones go: %s (R-TICKET-2)', async (_what, soonMs, answer) => {
  const stand = await queueStand();
  const first = await stand.newTicket();
  const others = [await stand.newTicket(), await stand.newTicket()];
  stand.answerWith((act, reference) => (act === 'create' && reference === first ? answer : well));
  stand.sender.start();
  await pass(soonMs);
  expect(ticketsTaken(stand)).toEqual(others);
  expect(stand.numbered(first)).toBe(false);
});

test('what is set aside, taken back or waits for new terms keeps no place, though a fault of the portal met it before', async () => {
  let forTerms: string | null = null;
  const stand = await queueStand({ waitsForTerms: (_item, ticket) => ticket.id === forTerms });
  const [aside, takenBack, unaccepted, good] = [
    await stand.newTicket(),
    await stand.newTicket(),
    await stand.newTicket(),
    await stand.newTicket(),
  ];
  stand.answerWith((act) => (act === 'create' ? lost(false) : well));
  stand.sender.start();
  for (const [id, leave] of [
    [aside, (item: string) => stand.sender.setAside(outboxItemIdSchema.parse(item))],
    [takenBack, (item: string) => stand.tickets.removeWork(outboxItemIdSchema.parse(item))],
    [unaccepted, () => (forTerms = unaccepted)],
  ] as const) {
    stand.sender.wake();
    await pass(500);
    const item = stand.itemsOf(id)[0];
    expect(item?.state).toBe('unknown');
    expect(item?.attempts).toBe(1);
    if (id === unaccepted) stand.answerWith(() => well);
    leave(item?.id ?? '');
  }
  stand.sender.wake();
  await pass(500);
  expect(ticketsTaken(stand)).toEqual([good]);
});

test('after a crash in the middle of the first request the second one still waits for it', async () => {
  const stand = await queueStand();
  const [firstId, secondId] = [await stand.newTicket(), await stand.newTicket()];
  // As the store stands when the power goes while the first one is on its way.
  const first = stand.itemsOf(firstId)[0];
  if (first === undefined) throw new Error('no item');
  stand.rooms.outbox.update({ ...first, state: 'sending', attempts: 1 });
  stand.sender.start();
  await pass(10 * minute);
  expect(ticketsTaken(stand)).toEqual([firstId, secondId]);
});

test('replies to other requests and their files wait for no creation', async () => {
  const stand = await queueStand();
  const known = await stand.newTicket();
  stand.sender.start();
  await pass(1_000);
  stand.answerWith((act) => (act === 'create' ? lost(false) : well));
  await stand.newTicket();
  await pass(200);
  const words = stand.reply(known, 'Misuro 13,4 V', 1);
  await pass(200);
  expect(stand.taken.map(({ reference }) => reference)).toContain(words);
  expect(stand.taken.filter(({ kind }) => kind === 'file')).toHaveLength(1);
});
