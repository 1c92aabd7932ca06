import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { outboxItemIdSchema } from '../../shared/domain/ids.ts';
import { seededRandom } from '../portal/fault.ts';
import {
  type Act,
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
const half = 30 * minute;

const ticketsTaken = (stand: QueueStand): string[] =>
  stand.taken.filter(({ kind }) => kind === 'ticket').map(({ reference }) => reference);

test.each<[string, Answering]>([
  ['a 503', later('portal.serverFault')],
  ['a 429', later('portal.rateLimited', 5_000)],
  ['a line that is down', later('portal.unreachable')],
  ['an answer that was lost, and nothing taken', lost(false)],
  ['an answer that was lost, and the request taken', lost(true)],
  ['no answer at all', never(false)],
])('R-TICKET-2: one fault of the portal or the line lets no later request overtake: %s for the first one', async (_what, fault) => {
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
])('R-TICKET-2: a request with a reason of its own lets the later ones go: %s', async (_what, soonMs, answer) => {
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

/** What a portal that is away answers, whatever it is asked; `look-ups` that go well tell a portal of which only the writing fails. */
const outages: readonly (readonly [string, (act: Act) => Answering])[] = [
  ['cannot be reached', () => later('portal.unreachable')],
  ['answers 503', () => later('portal.serverFault')],
  ['answers 429 and names a minute', () => later('portal.rateLimited', minute)],
  ['is closed', () => later('portal.maintenance')],
  ['answers 500 to everything', (act) => (act === 'create' ? lost(false) : later('portal.serverFault'))],
  [
    'answers 500 to what is new, and has nothing at each look-up',
    (act) => (act === 'create' ? lost(false) : well),
  ],
];
const lengths = [90_000, 7 * minute, 37 * minute + 11_000, 61 * minute, 3 * hour + 7 * minute];

test.each(
  outages,
)('R-TICKET-2: after an outage of any length requests leave in the order in which they were frozen: a portal that %s', async (_what, away) => {
  for (const [index, lengthMs] of lengths.entries()) {
    const stand = await queueStand({ random: seededRandom(index + 1) });
    const ids = [
      await stand.newTicket(),
      await stand.newTicket(),
      await stand.newTicket(),
      await stand.newTicket(),
      await stand.newTicket(),
    ];
    stand.answerWith(away);
    stand.sender.start();
    await pass(lengthMs / 2);
    ids.push(await stand.newTicket());
    if (index % 2 === 1) await stand.restart();
    await pass(lengthMs / 2);
    expect(ticketsTaken(stand)).toEqual([]);
    stand.answerWith(() => well);
    await pass(2 * hour);
    expect(ticketsTaken(stand), `${lengthMs} ms`).toEqual(ids);
    await stand.sender.stop();
  }
});

/** What one request alone may meet, and for how long it may keep the others: a closed portal or a busy one is seldom so for one alone. */
const badOnes: readonly (readonly [string, (act: Act) => Answering, number])[] = [
  ...outages.map(([what, bad]) => [what, bad, /429|closed/u.test(what) ? 3 * hour : half] as const),
  ['answers 503 and names ten minutes', () => later('portal.serverFault', 10 * minute), half],
  ['never answers', () => never(false), half],
];
test.each(
  badOnes,
)('a first request for which a portal alone %s for ever keeps the others for a bounded time, and they leave in their order', async (_what, bad, limitMs) => {
  const stand = await queueStand();
  const [first, ...others] = [
    await stand.newTicket(),
    await stand.newTicket(),
    await stand.newTicket(),
    await stand.newTicket(),
  ];
  stand.answerWith((act, reference) => (reference === first ? bad(act) : well));
  stand.sender.start();
  await pass(limitMs);
  expect(ticketsTaken(stand)).toEqual(others);
  // Nor does it keep what is written later.
  others.push(await stand.newTicket());
  await pass(half);
  expect(ticketsTaken(stand)).toEqual(others);
  await stand.restart();
  others.push(await stand.newTicket());
  await pass(limitMs);
  expect(ticketsTaken(stand)).toEqual(others);
  stand.answerWith(() => well);
  await pass(2 * hour);
  expect(ticketsTaken(stand)).toEqual([...others, first]);
});

test.each(
  badOnes.filter(([, , limitMs]) => limitMs === half),
)('neither do three of them in a row for longer than two hours: a portal that %s', async (_what, bad) => {
  const stand = await queueStand();
  const ids: string[] = [];
  for (let count = 0; count < 6; count += 1) ids.push(await stand.newTicket());
  stand.answerWith((act, reference) => (ids.indexOf(reference) < 3 ? bad(act) : well));
  stand.sender.start();
  await pass(2 * hour);
  expect(ticketsTaken(stand)).toEqual(ids.slice(3));
  stand.answerWith(() => well);
  await pass(2 * hour);
  expect(stand.taken).toHaveLength(6);
});

test('after an outage a first request that is refused by itself lets the others go in their order', async () => {
  const stand = await queueStand();
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) ids.push(await stand.newTicket());
  stand.answerWith((act) => (act === 'create' ? lost(false) : well));
  stand.sender.start();
  await pass(3 * hour);
  stand.answerWith((act, reference) => (act === 'create' && reference === ids[0] ? lost(false) : well));
  await pass(hour);
  expect(ticketsTaken(stand)).toEqual(ids.slice(1));
});

test.each<[string, (stand: QueueStand, id: string, setTerms: (id: string) => void) => void, Answering]>([
  ['is made for another recipient', (stand, id) => stand.moveElsewhere(id), later('portal.unreachable')],
  ['met a failed look-up', () => undefined, later('portal.unreachable')],
  ['is left to the person', (stand, id) => stand.setState(id, 'to-verify'), later('portal.unreachable')],
  [
    'waits for terms to be accepted anew',
    (_stand, id, setTerms) => setTerms(id),
    later('portal.unreachable'),
  ],
  [
    'is set aside',
    (stand, id) => void stand.sender.setAside(outboxItemIdSchema.parse(stand.itemsOf(id)[0]?.id)),
    later('portal.unreachable'),
  ],
])('R-TICKET-2: a request that %s after a lost answer blocks none of those behind it', async (_what, leave, lookUp) => {
  let forTerms: string | null = null;
  const stand = await queueStand({ waitsForTerms: (_item, ticket) => ticket.id === forTerms });
  const [first, ...others] = [await stand.newTicket(), await stand.newTicket(), await stand.newTicket()];
  stand.answerWith((act, reference) => {
    if (reference !== first) return well;
    return act === 'create' ? lost(false) : lookUp;
  });
  stand.sender.start();
  await pass(10);
  expect(stand.itemsOf(first)[0]).toMatchObject({ state: 'unknown', attempts: 1 });
  leave(stand, first, (id) => {
    forTerms = id;
  });
  stand.sender.wake();
  await pass(2_000);
  expect(ticketsTaken(stand)).toEqual(others);
  expect(stand.numbered(first)).toBe(false);
});

test('after a crash in the middle of the first request the second one still waits for it', async () => {
  const stand = await queueStand();
  const [firstId, secondId] = [await stand.newTicket(), await stand.newTicket()];
  // As the store stands when the power goes while the first one is on its way.
  const first = stand.itemsOf(firstId)[0];
  if (first === undefined) throw new Error('no item');
  stand.context.outbox.update({ ...first, state: 'sending', attempts: 1 });
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
