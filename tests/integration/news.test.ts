import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type TicketId, ticketNumberSchema } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { type Fault, type FaultPlan, jsonAnswer, noFault, problemAnswer } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { temporaryFolder } from '../portal/portal-fixtures.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const isChanges = (path: string): boolean => path.startsWith('/api/v1/changes');

async function portal(): Promise<FaultyPortal> {
  const folder = temporaryFolder();
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
  });
  stops.push(() => server.stop());
  return server;
}

async function shop(server: FaultyPortal, dataFolder = freshFolder(), syncMs = 50): Promise<OpenedServices> {
  const opened = await openTestWorkshop(dataFolder, {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    timing: { gapMs: 30, syncMs },
    random: () => 0.01,
  });
  stops.push(() => opened.services.stop());
  return opened;
}

const numberOf = ({ services }: OpenedServices, id: TicketId): string | null =>
  services.context.tickets.find(id)?.number ?? null;

async function sent(
  opened: OpenedServices,
  problem: string,
): Promise<{ readonly id: TicketId; readonly number: string }> {
  const draft = await readyDraft(opened, problem);
  await opened.call('sendDraft', draft);
  return { id: draft.id, number: await until(() => numberOf(opened, draft.id), 20_000) };
}

const at = '2026-11-24T18:00:00.000Z';
const wireTicket = (number: string, changes: object = {}): object => ({
  number,
  clientReference: null,
  state: 'assigned',
  language: 'it',
  subject: `Oggetto ${number}`,
  body: 'Testo',
  productId: 'ktag-master',
  serial: 'KT1',
  operator: 'Laura',
  receivedAt: at,
  updatedAt: at,
  ...changes,
});
const wireMessage = (number: string, id: string, changes: object = {}): object => ({
  id,
  number,
  clientReference: null,
  author: { kind: 'operator', name: 'Laura' },
  text: `Parole ${id}`,
  attachments: [],
  at,
  ...changes,
});

/** News of ours instead of the portal's own, the same at each question: what comes after the last page is nothing new. */
function telling(pages: readonly object[]): FaultPlan {
  return ({ path }) => {
    if (!isChanges(path)) return noFault;
    const cursor = Number(/cursor=n(\d+)/u.exec(path)?.[1] ?? 0);
    const page = pages[cursor] ?? {};
    const next = Math.min(cursor + 1, pages.length);
    return jsonAnswer(
      JSON.stringify({
        tickets: [],
        messages: [],
        cursor: `n${next}`,
        hasMore: next < pages.length,
        ...page,
      }),
    );
  };
}

const known = ({ services }: OpenedServices, number: string) =>
  services.context.tickets.findByNumber('practice', ticketNumberSchema.parse(number));
const conversation = (opened: OpenedServices, number: string) => {
  const ticket = known(opened, number);
  if (ticket === null) throw new Error(`no ticket ${number}`);
  return { ticket, messages: opened.services.context.messages.ofTicket(ticket.id) };
};

test('entries that are not to the letter harm only themselves: the others are shown, these are told once, sending goes on', async () => {
  const server = await portal();
  const opened = await shop(server);
  const long = 'a'.repeat(60_001);
  server.setFault(
    telling([
      {
        tickets: [
          wireTicket('N-1', { state: 'escalated', operator: undefined }),
          wireTicket('N-2', {
            subject: 's'.repeat(161),
            body: long,
            language: 'de',
            receivedAt: '2026-11-24T19:00:00+01:00',
          }),
          { number: 7 },
          'no entry at all',
        ],
        messages: [
          wireMessage('N-1', 'm-1', { author: { kind: 'system', event: 'escalated', detail: 'Paolo' } }),
          wireMessage('N-1', 'm-2', { text: long }),
          wireMessage('N-1', 'm-3', {
            attachments: [{ name: 'foto.jpg', sizeBytes: 12, sha256: null }],
            at: '2026-11-24T19:00:00+01:00',
          }),
          wireMessage('N-1', 'm-4', { author: { kind: 'robot' } }),
          wireMessage('N-1', 'm-5', { extra: { deep: [1] }, at: 'yesterday', attachments: undefined }),
          { ...wireMessage('N-1', 'm-6'), id: undefined },
          wireMessage('N-2', 'm-7'),
        ],
      },
    ]),
  );
  await opened.services.start();
  await sent(opened, 'La lettura si ferma');
  await until(() => known(opened, 'N-2') !== null);
  const first = conversation(opened, 'N-1');
  expect([first.ticket.state, first.ticket.operator]).toEqual(['open', null]);
  expect(
    first.messages.map(({ author, text, at: time }) => [
      author.kind === 'system' ? author : author.kind,
      text.length,
      time.slice(0, 13),
    ]),
  ).toEqual([
    [{ kind: 'system', event: 'other', detail: 'escalated · Paolo' }, 'Parole m-1'.length, '2026-11-24T18'],
    ['operator', 60_000, '2026-11-24T18'],
    ['operator', 'Parole m-3'.length, '2026-11-24T18'],
    [{ kind: 'system', event: 'other', detail: 'robot' }, 'Parole m-4'.length, '2026-11-24T18'],
    ['operator', 'Parole m-5'.length, new Date().toISOString().slice(0, 13)],
  ]);
  expect(first.messages[1]?.text.endsWith('[…]')).toBe(true);
  expect(first.messages[2]?.attachments).toEqual([
    { evidenceId: null, name: 'foto.jpg', sizeBytes: 12, sha256: null },
  ]);
  const second = conversation(opened, 'N-2');
  expect([
    second.ticket.text.language,
    second.ticket.text.subject.length,
    second.ticket.text.body.length,
    second.ticket.receivedAt,
  ]).toEqual(['en', 160, 60_000, at]);
  expect(second.messages).toHaveLength(1);
  // Two texts and a subject were cut, a state and a time are none, three entries are none.
  const status = await opened.call('portalStatus', {});
  expect(status.news).toEqual({ aside: 7, isStuck: false });
  await opened.call('dismissNewsNotice', {});
  await opened.call('syncNow', {});
  expect((await opened.call('portalStatus', {})).news.aside).toBe(0);
  expect(
    opened.services.store.db
      .prepare('select why, count(*) from set_aside group by why order by why')
      .raw()
      .all(),
  ).toEqual([
    ['clipped', 4],
    ['unreadable', 3],
  ]);
  expect(opened.faults).toEqual([]);
});

const cannotTell: readonly (readonly [string, Fault])[] = [
  ['a server fault', problemAnswer(500, 'fault')],
  ['a page over 5 MB', { kind: 'huge', commits: false, bytes: 6_000_000, gzip: false }],
  ['no page at all', jsonAnswer('{"tickets":"none"}')],
  ['a reset', { kind: 'reset', commits: false }],
  ['silence', { kind: 'silence', commits: false }],
  ['one byte at a time', { kind: 'drip', commits: false, everyMs: 20 }],
  ['a request to wait', problemAnswer(503, 'fault', { 'retry-after': '3600' })],
];
test.each(
  cannotTell,
)('request is sent at a start though news are answered by %s, and the program can be closed', async (_how, fault) => {
  const server = await portal();
  const opened = await shop(server);
  server.setFault(({ path }) => (isChanges(path) ? fault : noFault));
  await opened.services.start();
  await sent(opened, 'La lettura si ferma');
  const begin = performance.now();
  await opened.services.stop();
  expect(performance.now() - begin).toBeLessThan(5_000);
  // Every exchange with the portal is over, and what its end throws has been heard.
  await until(() => server.underWay() === 0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(opened.faults).toEqual([]);
});

test('request is sent after the PC slept though news are answered by a server fault', async () => {
  const server = await portal();
  let aheadMs = 0;
  const opened = await openTestWorkshop(freshFolder(), {
    startPractice: async () => ({ url: server.url, token: server.token, stop: async () => undefined }),
    clock: {
      instant: () => new Date(Date.now() + aheadMs).toISOString(),
      monotonicMs: () => performance.now(),
    },
    timing: { gapMs: 30, syncMs: 50 },
    random: () => 0.01,
  });
  stops.push(() => opened.services.stop());
  await opened.services.start();
  await sent(opened, 'La lettura si ferma');
  server.setFault(({ path }) => (isChanges(path) ? problemAnswer(500, 'fault') : noFault));
  aheadMs = 10 * 60_000;
  await sent(opened, 'La scrittura si ferma');
  await opened.call('syncNow', {});
  expect((await opened.call('portalStatus', {})).news.isStuck).toBe(true);
});

test('page that is too large is asked for in smaller steps, and all of it is read', async () => {
  const server = await portal();
  const opened = await shop(server);
  await opened.services.start();
  const { id, number } = await sent(opened, 'La lettura si ferma');
  await opened.services.schedule.stop();
  for (let index = 0; index < 30; index += 1) {
    await opened.call('saveReply', { ticketId: id, text: `risposta ${index}`, evidenceIds: [] });
    await opened.call('sendReply', { ticketId: id });
  }
  await until(() => opened.services.context.outbox.open().length === 0);
  const limits: (string | null)[] = [];
  server.setFault(({ path }) => {
    if (!isChanges(path)) return noFault;
    const limit = new URLSearchParams(path.split('?')[1]).get('limit');
    limits.push(limit);
    return limit === null || Number(limit) > 6
      ? { kind: 'huge', commits: false, bytes: 6_000_000, gzip: false }
      : noFault;
  });
  const fresh = await shop(server);
  await fresh.services.start();
  await until(() => known(fresh, number) !== null);
  await until(() => conversation(fresh, number).messages.length === 31, 30_000);
  expect(limits.slice(0, 6)).toEqual([null, '100', '50', '25', '12', '6']);
  expect((await fresh.call('portalStatus', {})).news).toEqual({ aside: 0, isStuck: false });
});

const entries = [wireTicket('N-1')];
const endless: readonly (readonly [string, (count: number) => object])[] = [
  ['the same cursor', () => ({ tickets: entries, messages: [], cursor: 'same', hasMore: true })],
  [
    'cursors in a circle',
    (count) => ({
      tickets: [wireTicket(`N-${count}`)],
      messages: [],
      cursor: `c${count % 3}`,
      hasMore: true,
    }),
  ],
  [
    'ever new cursors without an entry',
    (count) => ({ tickets: [], messages: [], cursor: `n${count}`, hasMore: true }),
  ],
  [
    'ever new cursors with the same entry',
    (count) => ({ tickets: entries, messages: [], cursor: `n${count}`, hasMore: true }),
  ],
];
test.each(
  endless,
)('news without an end, by %s, are left after a bound and told; sending and quitting go on', async (_how, page) => {
  const server = await portal();
  const opened = await shop(server, freshFolder(), 5_000);
  let asked = 0;
  server.setFault(({ path }) => {
    if (!isChanges(path)) return noFault;
    asked += 1;
    return jsonAnswer(JSON.stringify(page(asked)));
  });
  await opened.services.start();
  await opened.call('syncNow', {});
  await sent(opened, 'La lettura si ferma');
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(10);
  expect((await opened.call('portalStatus', {})).news.isStuck).toBe(true);
  const begin = performance.now();
  await opened.services.stop();
  expect(performance.now() - begin).toBeLessThan(5_000);
});

test('news that never end but are new each time stop at the bound of one look', async () => {
  const server = await portal();
  const opened = await shop(server, freshFolder(), 60_000);
  let asked = 0;
  server.setFault(({ path }) => {
    if (!isChanges(path)) return noFault;
    asked += 1;
    return jsonAnswer(
      JSON.stringify({
        tickets: [wireTicket(`N-${asked}`)],
        messages: [],
        cursor: `n${asked}`,
        hasMore: true,
      }),
    );
  });
  await opened.services.start();
  await opened.call('syncNow', {});
  expect(asked).toBe(100);
  await sent(opened, 'La lettura si ferma');
});

test.each([
  [429, '0', 1_000],
  [429, '2', 2_000],
  [429, 'Sun, 06 Nov 1994 08:49:37 GMT', 1_000],
  [500, '2', 2_000],
  [502, '2', 2_000],
  [504, '0', 1_000],
])('news answered by %s are not asked for before Retry-After: %s has passed, nor under a second', async (status, retryAfter, leastMs) => {
  const server = await portal();
  const opened = await shop(server, freshFolder(), 20);
  const times: number[] = [];
  server.setFault(({ path }) => {
    if (!isChanges(path)) return noFault;
    times.push(performance.now());
    return problemAnswer(status, status === 429 ? 'rate-limited' : 'fault', { 'retry-after': retryAfter });
  });
  await opened.services.start();
  const asking = setInterval(() => void opened.call('syncNow', {}), 40);
  await until(() => times.length >= 3);
  clearInterval(asking);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(2);
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(leastMs - 20);
});

test('contradictions are kept and told, the rest of the page goes on, and the queue rests for none of them', async () => {
  const server = await portal();
  const opened = await shop(server);
  await opened.services.start();
  const [first, second] = [
    await sent(opened, 'La lettura si ferma'),
    await sent(opened, 'La scrittura si ferma'),
  ];
  await opened.call('saveReply', { ticketId: first.id, text: 'Una risposta', evidenceIds: [] });
  const reply = await opened.call('sendReply', { ticketId: first.id });
  await until(() => opened.services.context.outbox.open().length === 0);
  await opened.services.schedule.now();
  server.setFault(
    telling([
      {
        tickets: [
          wireTicket('X-9', { clientReference: first.id }),
          wireTicket(first.number, { clientReference: second.id }),
          wireTicket(second.number, { clientReference: randomUUID() }),
          wireTicket('N-1'),
        ],
        messages: [
          wireMessage('N-1', 'm-1', { text: 'Una' }),
          wireMessage('N-1', 'm-1', { text: 'Due' }),
          wireMessage('N-1', 'm-1', { text: 'Una' }),
          wireMessage(first.number, 'm-1', { text: 'Altrove' }),
          wireMessage(second.number, 'm-2', { clientReference: reply.id }),
          wireMessage(first.number, 'm-1', {
            clientReference: reply.id,
            author: { kind: 'customer' },
            text: reply.text,
          }),
          wireMessage('N-1', 'm-9', { text: 'Ultima' }),
        ],
      },
    ]),
  );
  opened.services.store.db.exec('delete from portal_cursors');
  await opened.call('syncNow', {});
  expect(conversation(opened, 'N-1').messages.map(({ text }) => text)).toEqual(['Una', 'Ultima']);
  expect(conversation(opened, first.number).messages.map(({ text }) => text)).toContain('Altrove');
  expect([numberOf(opened, first.id), numberOf(opened, second.id)]).toEqual([first.number, second.number]);
  expect((await opened.call('portalStatus', {})).news.aside).toBe(6);
  server.setFault(noFault);
  await sent(opened, 'Il cavo non viene riconosciuto');
  expect(opened.faults).toEqual([]);
});

test('words heard in part are replaced once the portal tells them whole, and whole ones stay when it tells a part', async () => {
  const server = await portal();
  const opened = await shop(server);
  await opened.services.start();
  const first = await sent(opened, 'La lettura si ferma');
  const words = (...texts: readonly unknown[]) =>
    telling([
      {
        tickets: [],
        messages: texts.map((text, index) => wireMessage(first.number, `m-${index}`, { text })),
      },
    ]);
  const told = async (...texts: readonly unknown[]): Promise<readonly string[]> => {
    server.setFault(words(...texts));
    opened.services.store.db.exec('delete from portal_cursors');
    await opened.call('syncNow', {});
    return conversation(opened, first.number).messages.flatMap(({ text }) => text || []);
  };
  expect(await told(null, { html: '<p>no</p>' }, 'Intera')).toEqual(['[…]', '[…]', 'Intera']);
  const whole = ['Ecco la risposta', 'Anche questa', 'Intera'];
  expect(await told(...whole)).toEqual(whole);
  expect(await told(null, ...whole.slice(1))).toEqual(whole);
  expect(opened.faults).toEqual([]);
});

test('an operator who writes a message anew is heard again, once, and what was heard before stays', async () => {
  const server = await portal();
  const opened = await shop(server);
  await opened.services.start();
  const first = await sent(opened, 'La lettura si ferma');
  const told = async (text: string, changes: object = {}): Promise<readonly string[]> => {
    const rewordedId = `m-1 ${text.length}`;
    const entry = wireMessage(first.number, 'm-1', { text, rewordedId, ...changes });
    server.setFault(telling([{ tickets: [], messages: [entry] }]));
    opened.services.store.db.exec('delete from portal_cursors');
    await opened.call('syncNow', {});
    return conversation(opened, first.number).messages.flatMap(({ text: words }) => words || []);
  };
  expect(await told('Cambi il cavo')).toEqual(['Cambi il cavo']);
  expect(await told('Cambi la scheda')).toEqual(['Cambi il cavo', 'Cambi la scheda']);
  expect(await told('Cambi la scheda')).toEqual(['Cambi il cavo', 'Cambi la scheda']);
  expect(await told('Cambi il cavo')).toEqual(['Cambi il cavo', 'Cambi la scheda']);
  expect((await opened.call('portalStatus', {})).news.aside).toBe(0);
  // Only an operator's: the words of a customer stay what they are.
  expect(await told('Altre parole', { author: { kind: 'customer' } })).toHaveLength(2);
  expect((await opened.call('portalStatus', {})).news.aside).toBe(1);
  expect(opened.faults).toEqual([]);
});

test('words told again with other ends of lines or accents apart are the same words, and no contradiction', async () => {
  const server = await portal();
  const opened = await shop(server);
  await opened.services.start();
  const first = await sent(opened, 'La lettura si ferma');
  await opened.call('saveReply', { ticketId: first.id, text: 'Perché no?\nÈ così.', evidenceIds: [] });
  const reply = await opened.call('sendReply', { ticketId: first.id });
  await until(() => opened.services.context.outbox.open().length === 0);
  await opened.services.schedule.now();
  const again = 'Perché no?\r\nÈ così.'.normalize('NFD');
  const operators = 'Più tardi.\nProvi così.';
  server.setFault(
    telling([
      {
        tickets: [],
        messages: [
          wireMessage(first.number, 'm-1', { text: operators }),
          wireMessage(first.number, 'm-1', { text: `${operators.replace('\n', '\r').normalize('NFD')}\n` }),
          // The customer's own words came in under an id before their reference was known.
          wireMessage(first.number, 'm-2', { author: { kind: 'customer' }, text: again }),
          wireMessage(first.number, 'm-2', {
            author: { kind: 'customer' },
            text: again,
            clientReference: reply.id,
          }),
        ],
      },
    ]),
  );
  opened.services.store.db.exec('delete from portal_cursors');
  await opened.call('syncNow', {});
  expect(conversation(opened, first.number).messages.flatMap(({ text }) => text || [])).toEqual([
    'Perché no?\nÈ così.',
    operators,
  ]);
  expect((await opened.call('portalStatus', {})).news.aside).toBe(0);
  expect(opened.faults).toEqual([]);
});

/** The answer to the first creation is lost, and many changes stand before ours: its own message comes in before its entry. */
async function lostBehindOthers(
  tickets: readonly object[],
): Promise<{ readonly server: FaultyPortal; readonly opened: OpenedServices; readonly id: TicketId }> {
  const server = await portal();
  const opened = await shop(server);
  await opened.services.start();
  await until(() => opened.services.link.reach().reach === 'reached');
  const draft = await readyDraft(opened, 'La lettura si ferma');
  let lost = false;
  server.setFault(({ method, path }) => {
    if (isChanges(path))
      return lost
        ? jsonAnswer(
            JSON.stringify({
              tickets,
              messages: [wireMessage('P-000001', 'm-1', { text: 'Quale utensile?' })],
              cursor: 'c1',
              hasMore: false,
            }),
          )
        : noFault;
    if (path.includes('/references/')) return problemAnswer(503, 'fault');
    if (method !== 'POST' || !path.endsWith('/tickets') || lost) return noFault;
    lost = true;
    return { kind: 'reset', commits: true };
  });
  await opened.call('sendDraft', draft);
  await until(() => known(opened, 'P-000001') !== null);
  expect(numberOf(opened, draft.id)).toBeNull();
  return { server, opened, id: draft.id };
}

const onlyOne = async (opened: OpenedServices, id: TicketId): Promise<void> => {
  await until(() => numberOf(opened, id) === 'P-000001', 30_000);
  await until(() => opened.services.context.outbox.open().length === 0);
  const { rows } = await opened.call('requests', { filter: 'all', text: '', offset: 0 });
  expect(rows.map((row) => [row.id, row.number, row.outboxState])).toEqual([[id, 'P-000001', null]]);
  expect(opened.services.context.messages.ofTicket(id).map(({ text }) => text)).toContain('Quale utensile?');
  expect(opened.faults).toEqual([]);
};

describe.each<readonly [string, readonly object[]]>([
  ['message', []],
  ['entry under another subject and without a reference', [wireTicket('P-000001')]],
  ['entry without a subject or a reference', [wireTicket('P-000001', { subject: undefined })]],
])('ticket whose %s came before its number', (_what, entries) => {
  test('becomes ours when a look-up finds it', async () => {
    const { server, opened, id } = await lostBehindOthers(entries);
    server.setFault(({ path }) => (isChanges(path) ? problemAnswer(500, 'fault') : noFault));
    opened.services.sender.tryNow(null);
    await onlyOne(opened, id);
  });

  test('becomes ours when its own entry comes', async () => {
    const { server, opened, id } = await lostBehindOthers(entries);
    server.setFault(({ path }) => {
      if (path.includes('/references/')) return problemAnswer(503, 'fault');
      if (!isChanges(path)) return noFault;
      return jsonAnswer(
        JSON.stringify({
          tickets: [wireTicket('P-000001', { clientReference: id })],
          messages: [],
          cursor: 'c2',
          hasMore: false,
        }),
      );
    });
    await until(() => numberOf(opened, id) === 'P-000001');
    opened.services.sender.tryNow(null);
    await onlyOne(opened, id);
  });

  test("becomes ours by the person's own word", async () => {
    const { opened, id } = await lostBehindOthers(entries);
    const item = await until(() => opened.services.context.outbox.ofTicket(id)[0]);
    await opened.call('decideOutboxItem', {
      id: item.id,
      decision: { kind: 'arrived', number: ticketNumberSchema.parse('P-000001') },
    });
    await onlyOne(opened, id);
  });
});

test.each([
  'before',
  'after',
])('request set aside %s the news brought its number leaves the queue, and is sent no second time', async (when) => {
  const { server, opened, id } = await lostBehindOthers([]);
  const { context, sender } = opened.services;
  const itemId = (await until(() => context.outbox.ofTicket(id)[0])).id;
  if (when === 'before') await opened.call('setOutboxItemAside', { id: itemId });
  server.setFault(({ path }) => {
    if (path.includes('/references/')) return problemAnswer(503, 'fault');
    if (!isChanges(path)) return noFault;
    const entry = wireTicket('P-000001', { clientReference: id });
    return jsonAnswer(JSON.stringify({ tickets: [entry], messages: [], cursor: 'c2', hasMore: false }));
  });
  await until(() => numberOf(opened, id) === 'P-000001');
  if (when === 'after' && context.outbox.find(itemId)?.state !== 'accepted')
    await opened.call('setOutboxItemAside', { id: itemId });
  await until(() => context.outbox.find(itemId)?.state === 'accepted');
  expect(await opened.call('outbox', {})).toEqual([]);
  expect((await opened.call('portalStatus', {})).waiting).toBe(0);
  expect(sender.resume(itemId)).toBe(false);
  await onlyOne(opened, id);
  expect(server.journal().filter((entry) => entry.kind === 'ticket')).toHaveLength(1);
});

test("number the portal gave to another's reference is not taken for ours by news; a look-up decides", async () => {
  const others = wireTicket('P-000001', { clientReference: randomUUID() });
  const { server, opened, id } = await lostBehindOthers([others, wireTicket('P-000001')]);
  const item = (): OutboxItem | undefined => opened.services.context.outbox.ofTicket(id)[0];
  const entry = wireTicket('P-000001', { clientReference: id });
  server.setFault(({ path }) => {
    if (path.includes('/references/')) return problemAnswer(503, 'fault');
    return isChanges(path)
      ? jsonAnswer(JSON.stringify({ tickets: [entry], messages: [], cursor: 'c9', hasMore: false }))
      : noFault;
  });
  await until(() => opened.services.context.setAside.untold() > 0);
  expect([numberOf(opened, id), item()?.state]).toEqual([null, 'unknown']);
  expect(conversation(opened, 'P-000001').messages).toHaveLength(1);
  server.setFault(({ path }) => (isChanges(path) ? problemAnswer(500, 'fault') : noFault));
  opened.services.sender.tryNow(null);
  await onlyOne(opened, id);
});

test('first look at a conversation of years is one notification, and a few answers later are told one by one', async () => {
  const server = await portal();
  const opened = await shop(server);
  const old = Array.from({ length: 400 }, (_, index) => wireMessage(`N-${index % 7}`, `m-${index}`));
  server.setFault(telling([{ messages: old.slice(0, 200) }, { messages: old.slice(200) }]));
  await opened.services.start();
  await until(() => known(opened, 'N-0') !== null && conversation(opened, 'N-0').messages.length > 57);
  await opened.call('syncNow', {});
  expect(opened.told.answered).toHaveLength(1);
  server.setFault(telling([{}, {}, { messages: [wireMessage('N-1', 'n-1'), wireMessage('N-2', 'n-2')] }]));
  await until(() => opened.told.answered.length === 3);
  const five = ['p-1', 'p-2', 'p-3', 'p-4', 'p-5'].map((id) => wireMessage('N-2', id));
  server.setFault(telling([{}, {}, {}, { messages: five }]));
  await until(() => opened.told.answered.length > 3);
  await opened.call('syncNow', {});
  // Many at once are one again: the last of them speaks for the rest.
  expect(opened.told.answered).toHaveLength(4);
});

test('R-REMOTE-1: operator who asks for a session is told among many answers, once for each request', async () => {
  const server = await portal();
  const opened = await shop(server);
  server.setFault(telling([{ messages: [wireMessage('N-1', 'm-1')] }]));
  await opened.services.start();
  await until(() => opened.told.answered.length === 1);
  const wish = (number: string, id: string): object =>
    wireMessage(number, id, {
      author: { kind: 'system', event: 'session-requested', detail: 'Laura' },
      text: '',
    });
  const answers = ['a-1', 'a-2', 'a-3', 'a-4'].map((id) => wireMessage('N-1', id));
  server.setFault(telling([{}, { messages: [wish('N-1', 'w-1'), wish('N-2', 'w-2'), ...answers] }]));
  await until(() => opened.told.answered.length === 4);
  await opened.call('syncNow', {});
  expect(opened.told.answered.map(({ author }) => author.kind).toSorted()).toEqual([
    'operator',
    'operator',
    'system',
    'system',
  ]);
});

test('R-REMOTE-1: operator who asks for a session is told like an answer, and its end is not', async () => {
  const server = await portal();
  const opened = await shop(server);
  server.setFault(telling([{ messages: [wireMessage('N-1', 'm-1')] }]));
  await opened.services.start();
  await until(() => opened.told.answered.length === 1);
  const event = (id: string, name: string): object =>
    wireMessage('N-1', id, { author: { kind: 'system', event: name, detail: 'Laura' }, text: '' });
  server.setFault(
    telling([{}, { messages: [event('m-2', 'session-requested'), event('m-3', 'session-ended')] }]),
  );
  await until(() => opened.told.answered.length === 2);
  await opened.call('syncNow', {});
  expect(
    opened.told.answered.map(({ author }) => (author.kind === 'system' ? author.event : author.kind)),
  ).toEqual(['operator', 'session-requested']);
});
