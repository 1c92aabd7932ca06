import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import type { Portal } from '../../electron/portal/port.ts';
import type { PortalLink } from '../../electron/portal/portal-link.ts';
import { conversationSync } from '../../electron/requests/conversation-sync.ts';
import { appError } from '../../shared/domain/app-error.ts';
import { instantSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { changesPageSchema, type HeardChanges, heardChanges } from '../../shared/portal/heard-changes.ts';
import { inTurns } from '../../electron/platform/in-turns.ts';
import { freshFolder, type OpenedServices, openTestWorkshop } from './workshop-fixture.ts';

const at = '2026-11-24T18:00:00.000Z';
const message = (changes: object): object => ({
  id: 'm',
  number: 'H-1',
  clientReference: null,
  author: { kind: 'operator', name: 'Laura' },
  text: 'Parole',
  attachments: [],
  at,
  ...changes,
});

const heard = (page: object): Promise<HeardChanges> =>
  inTurns(
    heardChanges(
      changesPageSchema.parse({ tickets: [], messages: [], cursor: 'n1', hasMore: false, ...page }),
    ),
  );

/** A workshop's own sync over one page of a portal that keeps to no limit. */
async function pulled(opened: OpenedServices, page: object): Promise<boolean> {
  const { context, link: real } = opened.services;
  const value = await heard(page);
  const portal = {
    capabilities: { sync: true },
    changesSince: async () => ({ kind: 'done', value, serverDate: null }),
  } as unknown as Portal;
  const link: PortalLink = {
    ...real,
    portal: () => portal,
    recipient: () => 'practice',
    realm: () => 'practice',
    observe: (_act, outcome) => outcome,
  };
  return conversationSync({ ...context, link, onPacks: () => undefined, onAnswered: () => undefined }).pull();
}

const farTimes = ['9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00+23:59'];
test.each(
  farTimes,
)('time %s, whose offset leads out of the years of four digits, leaves a request that can be read', async (time) => {
  const opened = await openTestWorkshop(freshFolder());
  const ticket = {
    number: 'H-1',
    clientReference: null,
    state: 'open',
    language: 'it',
    subject: 'Oggetto',
    body: '',
    receivedAt: time,
  };
  expect(await pulled(opened, { tickets: [ticket], messages: [message({ at: time })] })).toBe(true);
  const found = opened.services.context.tickets.findByNumber('practice', ticketNumberSchema.parse('H-1'));
  expect(instantSchema.safeParse(found?.receivedAt).success).toBe(true);
  if (found === null) throw new Error('no ticket');
  expect(opened.services.context.messages.ofTicket(found.id)).toHaveLength(1);
  await opened.services.stop();
});

test('whatever stands in one field of an entry, what is taken of it can be read again', async () => {
  const odd: readonly unknown[] = [
    ...[
      undefined,
      null,
      '',
      'x',
      0,
      -1,
      1.5,
      1e308,
      true,
      [],
      {},
      ['a'],
      '\ud800',
      'a\u0000b',
      'x'.repeat(70_000),
      '😀'.repeat(100),
      ' H-1 ',
    ],
    ...[
      { kind: 'operator' },
      { kind: '__proto__' },
      { kind: 'system', event: 'constructor', detail: 5 },
      { kind: '' },
      ...farTimes,
    ],
    ...[
      JSON.parse('{"__proto__":{"number":"H-1"}}'),
      '9007199254740993',
      2 ** 53,
      '2026-02-31T10:00:00Z',
      'H-１',
      '275760-09-13T00:00:00Z',
    ],
  ];
  const ticketFields = [
    'number',
    'clientReference',
    'state',
    'language',
    'subject',
    'body',
    'productId',
    'serial',
    'operator',
    'receivedAt',
  ];
  const tickets = ticketFields.flatMap((field, row) =>
    odd.map((value, index) => ({
      number: `T-${row}-${index}`,
      state: 'open',
      language: 'it',
      subject: 's',
      body: 'b',
      [field]: value,
    })),
  );
  const messages = ['id', 'number', 'clientReference', 'author', 'text', 'attachments', 'at'].flatMap(
    (field, row) =>
      odd.map((value, index) => message({ id: `m-${row}-${index}`, number: 'H-1', [field]: value })),
  );
  const files = ['name', 'sizeBytes', 'sha256', 'clientReference'].flatMap((field, row) =>
    odd.map((value, index) =>
      message({
        id: `f-${row}-${index}`,
        number: 'H-2',
        attachments: [{ name: 'n', sizeBytes: 1, sha256: null, [field]: value }],
      }),
    ),
  );
  const opened = await openTestWorkshop(freshFolder());
  expect(await pulled(opened, { tickets, messages: [...messages, ...files] })).toBe(true);
  const { context } = opened.services;
  let read = 0;
  for (const [row] of ticketFields.entries())
    for (const [index] of odd.entries()) {
      const number = ticketNumberSchema.parse(`T-${row}-${index}`);
      if (row === 0) continue;
      expect(context.tickets.findByNumber('practice', number)?.number, number).toBe(number);
      read += 1;
    }
  expect(read).toBe((ticketFields.length - 1) * odd.length);
  const conversation = context.tickets.findByNumber('practice', ticketNumberSchema.parse('H-2'));
  if (conversation === null) throw new Error('no conversation');
  expect(context.messages.ofTicket(conversation.id)).toHaveLength(files.length);
  await opened.services.stop();
});

test('a page of thousands of entries is taken in parts between which others have their turn', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const count = 3_000;
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  const pulling = pulled(opened, {
    messages: Array.from({ length: count }, (_, index) => message({ id: `m${index}` })),
  });
  setImmediate(turn);
  expect(await pulling).toBe(true);
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(10);
  const ticket = opened.services.context.tickets.findByNumber('practice', ticketNumberSchema.parse('H-1'));
  if (ticket === null) throw new Error('no ticket');
  expect(opened.services.context.messages.ofTicket(ticket.id)).toHaveLength(count);
  await opened.services.stop();
});

test('what a message costs to take does not grow with the conversation it belongs to', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const { db } = opened.services.store;
  const listed = { state: 'open', language: 'it', subject: 'Oggetto', body: '' };
  await pulled(opened, { tickets: ['H-1', 'H-2'].map((number) => ({ ...listed, number })) });
  const long = opened.services.context.tickets.findByNumber('practice', ticketNumberSchema.parse('H-2'))?.id;
  db.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
     insert into messages (id, ticket_id, author, text, attachments, at, delivery, read)
     select printf('00000000-0000-4000-8000-%012d', i), ?, '{"kind":"operator","name":"Laura"}', 'Parole', '[]', ?, 'delivered', 0 from n`,
  ).run(long, at);
  const took = async (number: string, round: number): Promise<number> => {
    const messages = Array.from({ length: 150 }, (_, index) =>
      message({ id: `${round}-${index}`, number, text: 'Quale versione?' }),
    );
    const beganMs = performance.now();
    await pulled(opened, { messages });
    return performance.now() - beganMs;
  };
  const rounds: (readonly [number, number])[] = [];
  for (let round = 0; round < 3; round += 1)
    rounds.push([await took('H-1', round), await took('H-2', round)]);
  const [short, longest] = [Math.min(...rounds.map(([ms]) => ms)), Math.min(...rounds.map(([, ms]) => ms))];
  expect(longest / short).toBeLessThan(4);
  expect(db.prepare('select count(*) from messages').pluck().get()).toBe(60_000 + 900);
  await opened.services.stop();
});

test('hearing a page of a hundred thousand entries gives way to others all along', () => {
  const junk = Array.from(
    { length: 100_000 },
    (_, index) => [{ number: 'H-1' }, {}, { number: 'H-1', id: 'm', author: { kind: 'x' } }][index % 3],
  );
  const hearing = heardChanges(changesPageSchema.parse({ tickets: junk, messages: junk, cursor: 'n1' }));
  let turns = 0;
  for (let step = hearing.next(); step.done !== true; step = hearing.next()) turns += 1;
  expect(turns).toBeGreaterThanOrEqual(1_000 - 2);
});

test('ten thousand entries that cannot be read cost a moment, and as many are kept as ever', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const beganMs = performance.now();
  expect(
    await pulled(opened, { tickets: Array.from({ length: 10_000 }, (_, index) => ({ number: '', index })) }),
  ).toBe(true);
  expect(performance.now() - beganMs).toBeLessThan(3_000);
  expect(opened.services.context.setAside.untold()).toBe(500);
  await opened.services.stop();
});

test('a page longer than anybody asked for shows all that is good in it, however much of it is not', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const count = 10_050;
  const long = Array.from({ length: count }, (_, index) => message({ id: `m${index}`, text: `${index}` }));
  const junk = Array.from({ length: 200_000 }, (_, index) => [0, {}, [], null, { number: 7 }][index % 5]);
  expect(await pulled(opened, { tickets: junk, messages: [...junk, ...long] })).toBe(true);
  const ticket = opened.services.context.tickets.findByNumber('practice', ticketNumberSchema.parse('H-1'));
  const shown = ticket === null ? [] : opened.services.context.messages.ofTicket(ticket.id);
  expect([shown.length, shown.at(-1)?.text]).toEqual([count, `${count - 1}`]);
  // The same ones again and again are kept once.
  expect(opened.services.context.setAside.untold()).toBe(5);
  await opened.services.stop();
});

test('an entry nested deeper than the program can write out harms only itself, and is kept as far as it goes', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const depth = 100_000;
  const deep: unknown = JSON.parse(
    `{"number":"H-2","seen":${'[{"in":'.repeat(depth)}1${'}]'.repeat(depth)}}`,
  );
  expect(
    await pulled(opened, {
      tickets: [deep],
      messages: [deep, message({}), message({ id: 'd', attachments: [deep] })],
    }),
  ).toBe(true);
  const ticket = opened.services.context.tickets.findByNumber('practice', ticketNumberSchema.parse('H-1'));
  expect(ticket === null ? [] : opened.services.context.messages.ofTicket(ticket.id)).toHaveLength(2);
  const kept = opened.services.store.db.prepare('select entry from set_aside').pluck().all().map(String);
  expect(kept).toHaveLength(2);
  for (const entry of kept) expect(entry).toMatch(/"number":"H-2"|"id":"d"/u);
  await opened.services.stop();
});

/** One workshop's sync over a portal whose answers to each cursor are given; what it was asked, in order. */
function asking(opened: OpenedServices, answer: (cursor: string | null, limit?: number) => unknown) {
  const asked: (string | null)[] = [];
  let nowMs = 0;
  const { context, link: real } = opened.services;
  const portal = {
    capabilities: { sync: true },
    changesSince: async (cursor: string | null, limit?: number) => {
      asked.push(cursor);
      return answer(cursor, limit);
    },
  } as unknown as Portal;
  const link: PortalLink = {
    ...real,
    portal: () => portal,
    recipient: () => 'practice',
    realm: () => 'practice',
    observe: (_act, outcome) => outcome,
  };
  const clock = { ...context.clock, monotonicMs: () => nowMs };
  const sync = conversationSync({
    ...context,
    clock,
    link,
    onPacks: () => undefined,
    onAnswered: () => undefined,
  });
  return { asked, sync, pass: (ms: number) => (nowMs += ms) };
}
const page = async (changes: object): Promise<unknown> => ({
  kind: 'done',
  value: await heard({ messages: [message({})], ...changes }),
  serverDate: null,
});
const refusal = (status: number): unknown => ({
  kind: 'refused',
  error: appError(status === 404 ? 'portal.notFound' : 'portal.rejected', { status, reason: 'invalid' }),
  retry: 'never',
  retryAfterMs: null,
});

test.each([
  400, 404, 410, 422,
])('cursor refused with %s is left: news are read from the beginning once, nothing twice', async (status) => {
  const opened = await openTestWorkshop(freshFolder());
  let refused = '';
  const { asked, sync } = asking(opened, (cursor) =>
    cursor === refused ? refusal(status) : page({ cursor: refused === '' ? 'n1' : 'n2' }),
  );
  expect(await sync.pull()).toBe(true);
  refused = 'n1';
  expect(await sync.pull()).toBe(true);
  expect(await sync.pull()).toBe(true);
  expect(asked).toEqual([null, 'n1', null, 'n2']);
  expect(sync.isStuck()).toBe(false);
  const found = opened.services.context.tickets.findByNumber('practice', ticketNumberSchema.parse('H-1'));
  expect(found === null ? [] : opened.services.context.messages.ofTicket(found.id)).toHaveLength(1);
  await opened.services.stop();
});

test('cursors refused again and again are left once an hour, and it is told that news cannot be had', async () => {
  const opened = await openTestWorkshop(freshFolder());
  opened.services.context.portals.keepCursor('practice', 'n0');
  const { asked, sync, pass } = asking(opened, (cursor) =>
    cursor === null ? page({ hasMore: true }) : refusal(400),
  );
  await sync.pull();
  // Perhaps it was the size: the refused one is tried in smaller steps, down to one entry.
  expect([asked.splice(0), sync.isStuck()]).toEqual([
    ['n0', null, ...Array.from({ length: 8 }, () => 'n1')],
    true,
  ]);
  pass(59 * 60_000);
  await sync.pull();
  expect([asked.splice(0), sync.isStuck()]).toEqual([['n1'], true]);
  pass(60_000);
  await sync.pull();
  expect([asked.splice(0), sync.isStuck()]).toEqual([['n1', null], true]);
  await opened.services.stop();
});

test('page behind which a server fault stands, and that asks for rests, is asked for in smaller steps after each', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const limits: (number | undefined)[] = [];
  const fault = (status: number): unknown => ({
    kind: 'refused',
    error: appError('portal.serverFault', { status }),
    retry: 'later',
    retryAfterMs: 60_000,
  });
  const { sync, pass } = asking(opened, (_cursor, limit) => {
    limits.push(limit);
    return limit === undefined || limit > 25 ? fault(500) : page({});
  });
  for (let look = 1; look <= 3; look += 1) {
    expect([await sync.pull(), limits.length]).toEqual([false, look]);
    // Not asked for again within the rest.
    expect([await sync.pull(), limits.length]).toEqual([false, look]);
    pass(60_001);
  }
  expect(await sync.pull()).toBe(true);
  expect(limits).toEqual([undefined, 100, 50, 25]);
  await opened.services.stop();
});

test.each([
  ['portal.timeout', 'later'],
  ['portal.unreachable', 'later'],
  ['portal.notTheApi', 'later'],
  ['portal.tooLarge', 'never'],
  ['portal.rejected', 'never'],
] as const)('page answered by %s is asked for in smaller steps; the offline PC asks again for the same', async (code, retry) => {
  const opened = await openTestWorkshop(freshFolder());
  const limits: (number | undefined)[] = [];
  let isOffline = true;
  const { sync } = asking(opened, (_cursor, limit) => {
    limits.push(limit);
    const failed = { kind: 'refused', error: appError(code, { status: 400 }), retry, retryAfterMs: null };
    if (isOffline) return { ...failed, isUnsent: true };
    return limit === undefined || limit > 25 ? failed : page({});
  });
  expect([await sync.pull(), await sync.pull(), limits.splice(0)]).toEqual([
    false,
    false,
    [undefined, undefined],
  ]);
  isOffline = false;
  expect([await sync.pull(), limits, sync.isStuck()]).toEqual([true, [undefined, 100, 50, 25], false]);
  await opened.services.stop();
});

test.each([
  'notices',
  'terms',
  'products',
  'requirements',
  'packs',
] as const)('%s are left alone as long as the portal asks, an hour at most', async (asked) => {
  const opened = await openTestWorkshop(freshFolder());
  let nowMs = 0;
  let questions = 0;
  const { context, link: real } = opened.services;
  const silent = async (): Promise<unknown> => ({
    kind: 'refused',
    error: appError('portal.notTheApi'),
    retry: 'later',
    retryAfterMs: null,
  });
  const all = { notices: silent, terms: silent, products: silent, requirements: silent, packs: silent };
  const busy = async (): Promise<unknown> => {
    questions += 1;
    return {
      kind: 'refused',
      error: appError('portal.serverFault', { status: 500 }),
      retry: 'later',
      retryAfterMs: 600_000,
    };
  };
  const portal = {
    capabilities: { sync: true, notices: true, terms: true, products: true, requirements: true, packs: true },
    ...all,
    [asked]: busy,
  } as unknown as Portal;
  const link: PortalLink = { ...real, portal: () => portal, observe: (_act, outcome) => outcome };
  const clock = { ...context.clock, monotonicMs: () => nowMs };
  const sync = conversationSync({
    ...context,
    clock,
    link,
    onPacks: () => undefined,
    onAnswered: () => undefined,
  });
  for (let look = 0; look < 5; look += 1) {
    await sync.pullAnnouncements();
    nowMs += 100_000;
  }
  expect(questions).toBe(1);
  nowMs = 600_001;
  await sync.pullAnnouncements();
  expect(questions).toBe(2);
  await opened.services.stop();
});

test('rest the portal asked for outlives a start, the terms apart, which tell its time', async () => {
  const opened = await openTestWorkshop(freshFolder());
  const { context, link: real } = opened.services;
  const asked: string[] = [];
  const busy = (what: string) => async (): Promise<unknown> => {
    asked.push(what);
    return {
      kind: 'refused',
      error: appError('portal.rateLimited'),
      retry: 'later',
      retryAfterMs: 3_600_000,
    };
  };
  const portal = {
    capabilities: { sync: true, notices: true, terms: true, products: true, requirements: true, packs: true },
    changesSince: busy('changes'),
    ...Object.fromEntries(
      ['notices', 'terms', 'products', 'requirements', 'packs'].map((what) => [what, busy(what)]),
    ),
  } as unknown as Portal;
  const link: PortalLink = { ...real, portal: () => portal, observe: (_act, outcome) => outcome };
  let wallMs = Date.parse(at);
  const look = async (): Promise<string[]> => {
    // Each start counts anew, and only the PC's clock goes on.
    const clock = { instant: () => new Date(wallMs).toISOString(), monotonicMs: () => 0 };
    const sync = conversationSync({
      ...context,
      clock,
      link,
      onPacks: () => undefined,
      onAnswered: () => undefined,
    });
    await sync.pullAnnouncements();
    await sync.pull();
    expect(sync.restMs()).toBeGreaterThan(0);
    return asked.splice(0).toSorted();
  };
  const all = ['changes', 'notices', 'packs', 'products', 'requirements', 'terms'];
  expect(await look()).toEqual(all);
  wallMs += 59 * 60_000;
  expect(await look()).toEqual(['terms']);
  wallMs += 2 * 60_000;
  expect(await look()).toEqual(all);
  // Set back by days: an hour from now at most, however often the program starts.
  wallMs -= 72 * 3_600_000;
  expect(await look()).toEqual(['terms']);
  wallMs += 61 * 60_000;
  expect(await look()).toEqual(all);
  await opened.services.stop();
});

test('beginning that no answer came to is tried at the next look', async () => {
  const opened = await openTestWorkshop(freshFolder());
  opened.services.context.portals.keepCursor('practice', 'n0');
  const lost = { kind: 'unknown', error: appError('portal.timeout') };
  const { asked, sync } = asking(opened, (cursor) => (cursor === null ? lost : refusal(400)));
  for (let look = 0; look < 2; look += 1) await sync.pull();
  expect(asked).toEqual(['n0', null, 'n0', null]);
  await opened.services.stop();
});
