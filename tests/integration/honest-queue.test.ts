import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Clock } from '../../electron/platform/clock.ts';
import { instantOfWall } from '../../shared/calendar/wall-time.ts';
import { type Fault, noFault, problemAnswer } from '../portal/fault.ts';
import { type FaultyPortal, startFaultyPortal } from '../portal/faulty-portal.ts';
import { queueLooked } from './queue-looks.ts';
import { freshFolder, type OpenedServices, openTestWorkshop, readyDraft, until } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const rome = (day: string, time: string): number =>
  instantOfWall('Europe/Rome', day, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));

/** A clock that runs at its ordinary pace from another moment; waiting stays monotonic. */
function clockFrom(startMs: number): Clock {
  const from = performance.now();
  return {
    instant: () => new Date(startMs + performance.now() - from).toISOString(),
    monotonicMs: () => performance.now(),
  };
}

/** As `clockFrom`, and time can be let pass at once: what has to be done before a moment takes as long as it takes. */
function clockLetPass(startMs: number): { readonly clock: Clock; readonly passTo: (ms: number) => void } {
  const pace = clockFrom(startMs);
  let passedMs = 0;
  const instantMs = (): number => Date.parse(pace.instant()) + passedMs;
  return {
    clock: {
      instant: () => new Date(instantMs()).toISOString(),
      monotonicMs: () => pace.monotonicMs() + passedMs,
    },
    passTo: (ms) => {
      passedMs += ms - instantMs();
    },
  };
}

/** How often chance was drawn: each look of the schedule draws it once, at its end. */
let drawn = 0;
const chance = (): number => {
  drawn += 1;
  return 0.01;
};
/** The schedule has come round so many times more, whatever it may have asked. */
async function scheduleLooked(times = 3): Promise<void> {
  const before = drawn;
  await until(() => drawn >= before + times);
}

type Shop = {
  readonly opened: OpenedServices;
  readonly server: FaultyPortal;
  readonly sends: number[];
  readonly looks: number[];
  readonly clock: Clock;
};

/** A workshop on a real (contract) portal whose `Date` header follows `portalTime`, with every request noted by the shop's clock. */
async function shopAt(
  pcFromMs: number,
  portalFromMs = pcFromMs,
  clock: Clock = clockFrom(pcFromMs),
  syncMs = 50,
  portalTime: Clock = clockFrom(portalFromMs),
): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'officina-portal-'));
  const server = await startFaultyPortal({
    dataFolder: join(folder, 'portal'),
    journalFile: join(folder, 'journal.jsonl'),
    nowMs: () => Date.parse(portalTime.instant()),
  });
  stops.push(() => server.stop());
  const [sends, looks]: [number[], number[]] = [[], []];
  server.setFault(({ method, path }) => {
    (method === 'POST' && !path.endsWith('/session') ? sends : looks).push(Date.parse(clock.instant()));
    return noFault;
  });
  const opened = await openTestWorkshop(freshFolder(), {
    clock,
    timing: { gapMs: 30, syncMs, timeKeptMs: 500 },
    random: chance,
    keychain: {
      read: async () => ({ kind: 'present', secret: server.token }),
      save: async () => undefined,
      remove: async () => true,
    },
  });
  stops.push(() => opened.services.stop());
  await opened.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  await opened.call('choosePortal', { kind: 'contract', url: server.url });
  return { opened, server, sends, looks, clock };
}

const numbered = (
  { opened }: Shop,
  id: Parameters<OpenedServices['services']['context']['tickets']['find']>[0],
): Promise<unknown> => until(() => opened.services.context.tickets.find(id)?.number);

test('R-HOURS-3, P9: queue held over a national holiday sends nothing, says why and when, and goes in order at its end', async () => {
  const opensMs = rome('2026-12-09', '00:00');
  const shop = await shopAt(opensMs - 5_000);
  const { opened, server, sends, looks } = shop;
  await opened.services.start();
  const first = await readyDraft(opened, 'La lettura non parte');
  expect(await opened.call('review', { id: first.id })).toMatchObject({
    delivery: 'queue',
    goesAt: new Date(opensMs).toISOString(),
  });
  const second = await readyDraft(opened, 'La scrittura non parte');
  await opened.call('sendDraft', first);
  await opened.call('sendDraft', second);
  expect(
    (await opened.call('outbox', {})).map(({ waitReason, goesAt, before }) => ({
      waitReason,
      goesAt,
      before,
    })),
  ).toEqual(
    [0, 1].map((before) => ({
      waitReason: {
        kind: 'closed',
        state: 'read-only',
        why: {
          kind: 'holiday',
          day: '2026-12-08',
          name: { it: 'Immacolata Concezione', en: 'Immaculate Conception' },
        },
      },
      goesAt: new Date(opensMs).toISOString(),
      before,
    })),
  );
  await opened.call('syncNow', {});
  await numbered(shop, second.id);
  expect(sends.filter((ms) => ms < opensMs)).toEqual([]);
  expect(looks.some((ms) => ms < opensMs)).toBe(true);
  expect(
    server.journal().flatMap((entry) => (entry.kind === 'ticket' ? [entry.clientReference] : [])),
  ).toEqual([first.id, second.id]);
  expect(await opened.call('portalStatus', {})).toMatchObject({
    state: 'unstaffed',
    until: new Date(rome('2026-12-09', '08:30')).toISOString(),
  });
  expect(opened.faults).toEqual([]);
});

test('R-HOURS-4: nothing at all is tried before announced maintenance ends, and the queue goes then', async () => {
  const startMs = rome('2026-11-24', '10:00');
  const { clock, passTo } = clockLetPass(startMs);
  const shop = await shopAt(startMs, startMs, clock, 50, clock);
  const { opened, sends, looks } = shop;
  await opened.services.start();
  const draft = await readyDraft(opened);
  const endMs = startMs + 3_600_000;
  const status = await opened.call('addNotice', {
    kind: 'maintenance',
    title: 'Aggiornamento dei server',
    startsAt: new Date(startMs).toISOString(),
    endsAt: new Date(endMs).toISOString(),
  });
  expect(status).toMatchObject({
    state: 'unreachable',
    until: new Date(endMs).toISOString(),
    why: { kind: 'maintenance' },
  });
  expect(status.dayLine.map((span) => span.state)).toContain('unreachable');
  // Whatever was asked just before it was announced has its answer by then.
  await opened.call('syncNow', {});
  const looksBefore = looks.length;
  await opened.call('sendDraft', draft);
  await scheduleLooked();
  expect((await queueLooked(opened)).filter((found) => found !== null)).toEqual([]);
  expect([sends.length, looks.length - looksBefore]).toEqual([0, 0]);
  passTo(endMs + 1_500);
  opened.services.sender.wake();
  await numbered(shop, draft.id);
  expect(Math.min(...sends)).toBeGreaterThanOrEqual(endMs);
  expect(opened.faults).toEqual([]);
});

/** The program is ended and started again over the same folder while `notice` stands; everything noted of the first run is forgotten. */
async function startedDuring(
  shop: Shop,
  hours: readonly [fromMs: number, toMs: number],
): Promise<OpenedServices> {
  const { opened, clock, server, sends, looks } = shop;
  await opened.call('addNotice', {
    kind: 'maintenance',
    title: 'Aggiornamento dei server',
    startsAt: new Date(hours[0]).toISOString(),
    endsAt: new Date(hours[1]).toISOString(),
  });
  await opened.services.stop();
  sends.length = 0;
  looks.length = 0;
  const again = await openTestWorkshop(opened.dataFolder, {
    clock,
    timing: { gapMs: 30, syncMs: 50, timeKeptMs: 500 },
    random: chance,
    keychain: {
      read: async () => ({ kind: 'present', secret: server.token }),
      save: async () => undefined,
      remove: async () => true,
    },
  });
  stops.push(() => again.services.stop());
  return again;
}

const ten = rome('2026-11-24', '10:00');
const maintenance = [ten - 3_600_000, ten + 3_600_000] as const;

test('R-HOURS-4: a PC whose clock stands wrong inside the announced maintenance learns the time, and the queue goes', async () => {
  const shop = await shopAt(ten, ten + 5 * 3_600_000);
  const again = await startedDuring(shop, maintenance);
  expect(await again.call('portalStatus', {})).toMatchObject({ state: 'unreachable' });
  await again.services.start();
  const draft = await readyDraft(again);
  await again.call('sendDraft', draft);
  await until(() => again.services.context.tickets.find(draft.id)?.number);
  expect(await again.call('portalStatus', {})).toMatchObject({ state: 'staffed', reach: 'reached' });
});

test('R-HOURS-4: a PC whose clock is right asks the time once at a start during maintenance, and nothing more before its end', async () => {
  const shop = await shopAt(ten);
  const draft = await readyDraft(shop.opened);
  const again = await startedDuring(shop, maintenance);
  await again.services.start();
  await again.call('sendDraft', draft);
  await until(() => again.services.link.reach().lastContactAt);
  await scheduleLooked();
  await queueLooked(again);
  // The sign-in and the one read.
  expect([shop.sends.length, shop.looks.length]).toEqual([0, 2]);
  expect((await again.call('portalStatus', {})).state).toBe('unreachable');
});

test('R-HOURS-4: a portal that does not answer that one question during its maintenance is no error', async () => {
  const shop = await shopAt(ten);
  const again = await startedDuring(shop, maintenance);
  shop.server.setFault(() => {
    shop.looks.push(0);
    return { kind: 'reset', commits: false };
  });
  await again.services.start();
  await until(() => shop.looks.length > 0);
  await scheduleLooked();
  expect(await again.call('portalStatus', {})).toMatchObject({
    state: 'unreachable',
    reach: 'never',
    lastError: null,
  });
  expect([shop.looks.length, again.faults]).toEqual([1, []]);
});

test("R-HOURS-2: notice typed by hand can be removed, the portal's own cannot, and one that ends before it starts is refused", async () => {
  const { opened } = await shopAt(rome('2026-11-24', '10:00'));
  const input = {
    kind: 'closure',
    title: 'Ferie',
    startsAt: '2026-08-10T00:00:00.000Z',
    endsAt: '2026-12-24T00:00:00.000Z',
  } as const;
  const { notices, state } = await opened.call('addNotice', input);
  expect([state, notices.length]).toEqual(['read-only', 1]);
  await expect(opened.call('addNotice', { ...input, endsAt: input.startsAt })).rejects.toThrow('E_INPUT');
  opened.services.context.portals.keepPortalNotices([
    {
      id: 'p-1',
      kind: 'closure',
      title: { it: 'x', en: 'x' },
      startsAt: input.startsAt,
      endsAt: null,
      origin: 'portal',
    },
  ]);
  await expect(opened.call('removeNotice', { id: 'p-1' })).rejects.toThrow('notFound');
  opened.services.context.portals.keepPortalNotices([]);
  expect(await opened.call('removeNotice', { id: notices[0]?.id ?? '' })).toMatchObject({
    state: 'staffed',
    notices: [],
  });
});

test('R-HOURS-2: notices edited by hand in the database are passed over, and nothing else is lost', async () => {
  const { opened } = await shopAt(rome('2026-11-24', '10:00'));
  opened.services.store.db.exec(
    "insert into notices (id, notice) values ('bad', 'not json'), ('odd', '{\"kind\":\"closure\"}')",
  );
  await opened.call('addNotice', {
    kind: 'info',
    title: 'Nuovo listino',
    startsAt: '2026-11-24T00:00:00.000Z',
    endsAt: null,
  });
  expect(await opened.call('portalStatus', {})).toMatchObject({
    state: 'staffed',
    notices: [{ kind: 'info' }],
  });
  opened.services.context.portals.keepPortalNotices([]);
  expect((await opened.call('portalStatus', {})).notices).toHaveLength(1);
});

test("R-HOURS-1, COMPLAINT-13: queue follows the portal's clock when the PC's is days off", async () => {
  // The PC believes it is the holiday; in Italy it is an ordinary morning.
  const shop = await shopAt(rome('2026-12-08', '12:00'), rome('2026-11-24', '10:00'));
  await shop.opened.services.start();
  const draft = await readyDraft(shop.opened);
  await shop.opened.call('sendDraft', draft);
  await numbered(shop, draft.id);
  const status = await shop.opened.call('portalStatus', {});
  expect(status.state).toBe('staffed');
  expect(Math.round((status.clockOffsetMs ?? 0) / 3_600_000)).toBe(-14 * 24 - 2);
});

test.each([
  ['an hour ahead', 3_600_000],
  ['a day ahead', 86_400_000],
  ['ten years ahead', 10 * 365 * 86_400_000],
  ['back to 1970', -56 * 365 * 86_400_000],
])('R-HOURS-3, CLOCK-1: nothing leaves during a holiday when the PC clock jumps %s, for the portal is asked what time it is', async (_how, jumpMs) => {
  const startMs = rome('2026-12-08', '23:30');
  let jumpedMs = 0;
  const pc = clockFrom(startMs);
  const clock: Clock = {
    instant: () => new Date(Date.parse(pc.instant()) + jumpedMs).toISOString(),
    monotonicMs: pc.monotonicMs,
  };
  // No pull comes by chance while the clock is wrong.
  const shop = await shopAt(startMs, startMs, clock, 600_000);
  await shop.opened.services.start();
  const draft = await readyDraft(shop.opened);
  await until(() => shop.looks.length > 2);
  await shop.opened.call('sendDraft', draft);
  await queueLooked(shop.opened, 1);
  jumpedMs = jumpMs;
  expect((await queueLooked(shop.opened)).filter((found) => found !== null)).toEqual([]);
  expect(shop.sends).toEqual([]);
  expect(await shop.opened.call('portalStatus', {})).toMatchObject({
    state: 'read-only',
    until: new Date(rome('2026-12-09', '00:00')).toISOString(),
  });
});

test('R-HOURS-5: ticket goes at once at night, and waits for staff only when the portal is said to refuse at night', async () => {
  const shop = await shopAt(rome('2026-11-24', '22:00'));
  await shop.opened.services.start();
  const first = await readyDraft(shop.opened);
  await shop.opened.call('sendDraft', first);
  await numbered(shop, first.id);
  expect(await shop.opened.call('saveSettings', { sendOutsideHours: false })).toMatchObject({
    sendOutsideHours: false,
    language: 'it',
  });
  const second = await readyDraft(shop.opened, 'Non parte');
  await shop.opened.call('sendDraft', second);
  expect((await queueLooked(shop.opened)).filter((found) => found !== null)).toEqual([]);
  expect(shop.sends).toHaveLength(1);
  expect((await shop.opened.call('outbox', {}))[0]).toMatchObject({
    waitReason: { kind: 'closed', state: 'unstaffed' },
    goesAt: new Date(rome('2026-11-25', '08:30')).toISOString(),
  });
  await shop.opened.call('saveSettings', { sendOutsideHours: true });
  await numbered(shop, second.id);
});

test('R-HOURS-3: one item is tried during a closure when the person insists, for an announcement can be wrong', async () => {
  const shop = await shopAt(rome('2026-12-08', '12:00'));
  await shop.opened.services.start();
  const draft = await readyDraft(shop.opened);
  await shop.opened.call('sendDraft', draft);
  expect((await queueLooked(shop.opened)).filter((found) => found !== null)).toEqual([]);
  expect(shop.sends).toEqual([]);
  const row = (await shop.opened.call('outbox', {}))[0];
  if (row !== undefined) await shop.opened.call('retryOutboxItem', { id: row.id });
  await numbered(shop, draft.id);
});

test.each([
  ['answered', noFault],
  ['answered by a server fault', problemAnswer(500, 'server-fault')],
  ['told that they are too many', problemAnswer(429, 'rate-limited')],
  ['sent away', problemAnswer(401, 'unauthorized')],
])('R-HOURS-3, P9: end the portal itself names is waited for, and nothing is tried before, while looks are %s', async (_how, whenRead) => {
  const shop = await shopAt(rome('2026-11-24', '10:00'));
  const { opened, server, sends, clock } = shop;
  await opened.services.start();
  const draft = await readyDraft(opened);
  const untilMs = Date.parse(clock.instant()) + 4_000;
  const body = JSON.stringify({
    type: 'about:blank',
    title: 'Locked',
    status: 423,
    code: 'read-only',
    until: new Date(untilMs).toISOString(),
  });
  server.setFault(({ method, path }) => {
    if (method === 'GET' && sends.length > 0 && Date.parse(clock.instant()) < untilMs) return whenRead;
    if (method !== 'POST' || !path.endsWith('/tickets')) return noFault;
    sends.push(Date.parse(clock.instant()));
    return Date.parse(clock.instant()) < untilMs
      ? {
          kind: 'answer',
          commits: false,
          answer: { status: 423, headers: { 'content-type': 'application/problem+json' }, body },
        }
      : noFault;
  });
  await opened.call('sendDraft', draft);
  await until(() => sends.length === 1);
  await expect.poll(async () => (await opened.call('outbox', {}))[0]?.waitReason?.kind).toBe('closed');
  expect(await opened.call('portalStatus', {})).toMatchObject({
    state: 'read-only',
    until: new Date(untilMs).toISOString(),
    why: { kind: 'portal-says' },
  });
  expect((await opened.call('outbox', {}))[0]).toMatchObject({
    waitReason: { kind: 'closed', why: { kind: 'portal-says' } },
    goesAt: new Date(untilMs).toISOString(),
  });
  await numbered(shop, draft.id);
  expect(sends.filter((ms) => ms < untilMs)).toHaveLength(1);
  expect(await opened.call('portalStatus', {})).toMatchObject({ state: 'staffed' });
});

test.each([
  ['a day back', -86_400_000],
  ['a month back', -30 * 86_400_000],
  ['two days ahead', 2 * 86_400_000],
  ['in 1970', Date.UTC(1970, 0, 1, 9) - rome('2026-12-08', '12:00')],
])('R-HOURS-3, CLOCK-1, COMPLAINT-13: nothing leaves during a holiday when the program starts with the PC clock %s', async (_how, offMs) => {
  const holidayMs = rome('2026-12-08', '12:00');
  const shop = await shopAt(holidayMs + offMs, holidayMs);
  const { opened, sends, looks } = shop;
  // What was written yesterday waits for the start; the portal answers late, as it does on a slow line.
  const draft = await readyDraft(opened);
  await opened.call('sendDraft', draft);
  shop.server.setFault(({ method, path }) => {
    (method === 'POST' && !path.endsWith('/session') ? sends : looks).push(0);
    return { kind: 'delay', ms: 150 };
  });
  await opened.services.start();
  await until(() => looks.length > 3);
  expect((await queueLooked(opened)).filter((found) => found !== null)).toEqual([]);
  expect(sends).toEqual([]);
  expect(await opened.call('portalStatus', {})).toMatchObject({
    state: 'read-only',
    until: new Date(rome('2026-12-09', '00:00')).toISOString(),
    why: { kind: 'holiday' },
  });
  expect((await opened.call('outbox', {}))[0]).toMatchObject({
    waitReason: { kind: 'closed', state: 'read-only' },
    attempts: 0,
  });
  expect(opened.faults).toEqual([]);
});

test('R-HOURS-3: nothing is sent before the portal has answered since the start; the queue says why, and goes when it does', async () => {
  const shop = await shopAt(rome('2026-11-24', '10:00'));
  const { opened, server, sends } = shop;
  const draft = await readyDraft(opened);
  await opened.call('sendDraft', draft);
  let isMute = true;
  let refused = 0;
  server.setFault(({ method, path }) => {
    if (method === 'POST' && !path.endsWith('/session')) sends.push(0);
    if (!isMute || method !== 'GET') return noFault;
    refused += 1;
    return { kind: 'reset', commits: false };
  });
  await opened.services.start();
  await until(() => opened.services.sender.queueWait()?.reason.code === 'portal.unreachable');
  expect((await opened.call('outbox', {}))[0]).toMatchObject({
    state: 'queued',
    attempts: 0,
    lastError: { code: 'portal.unreachable' },
  });
  for (let turn = 0; turn < 3; turn += 1) {
    const before = refused;
    opened.services.sender.wake();
    await until(() => refused > before);
  }
  expect(sends).toEqual([]);
  isMute = false;
  await numbered(shop, draft.id);
});

test('R-HOURS-2: window is told at midnight that another day and holiday have begun though nothing is heard', async () => {
  const { opened, clock } = await shopAt(rome('2026-12-25', '23:59') + 54_000, undefined, undefined, 600_000);
  await opened.services.start();
  await until(() => opened.services.link.reach().reach === 'reached');
  expect(await opened.call('portalStatus', {})).toMatchObject({
    state: 'read-only',
    why: { name: { it: 'Natale di Gesù' } },
  });
  let before = opened.events.length;
  await until(() => {
    if (Date.parse(clock.instant()) < rome('2026-12-26', '00:00')) before = opened.events.length;
    return opened.events.slice(before).some((event) => event.kind === 'portalStatusChanged');
  });
  const { why, dayLine } = await opened.call('portalStatus', {});
  expect([why, dayLine[0]?.from]).toMatchObject([
    { name: { it: 'Santo Stefano' } },
    new Date(rome('2026-12-26', '00:00')).toISOString(),
  ]);
});

test('R-TICKET-2: requests that go before one are counted, not their files, and one that waits for a person goes before nobody', async () => {
  const { opened } = await shopAt(rome('2026-12-08', '12:00'));
  await opened.services.start();
  const stuck = await readyDraft(opened, 'Non trovo il driver numero uno quando apro la banca dati');
  const first = await readyDraft(opened, 'Non trovo il driver numero due quando apro la banca dati');
  const second = await readyDraft(opened, 'Non trovo il driver numero tre quando apro la banca dati');
  for (const draft of [stuck, first, second]) await opened.call('sendDraft', draft);
  const { db } = opened.services.store;
  db.prepare("update outbox set state = 'to-verify' where ticket_id = ?").run(stuck.id);
  db.prepare(`insert into outbox (id, ticket_id, kind, work, idempotency_key, state, attempts, absent_lookups, created_at, updated_at)
    select ?, ticket_id, 'close-ticket', ?, ?, 'queued', 0, 0, created_at, updated_at from outbox where ticket_id = ?`).run(
    randomUUID(),
    JSON.stringify({ kind: 'close-ticket' }),
    randomUUID(),
    first.id,
  );
  const rows = await opened.call('outbox', {});
  expect(rows.filter((row) => row.work.kind === 'create-ticket').map((row) => row.before)).toEqual([0, 0, 1]);
});

/** The portal's own terms change: nothing it answers later takes that back. */
const nextTerms: Fault = {
  kind: 'rewrite',
  rewrite: (answer) => ({
    ...answer,
    body: Buffer.from(JSON.stringify({ version: 'it-next', sha256: 'd'.repeat(64), url: null })),
  }),
};

test('R-ACCEPT-1: request that waited while the terms changed stays, says why, and goes with the terms accepted for it', async () => {
  const holidayMs = rome('2026-12-08', '22:00');
  const { clock, passTo } = clockLetPass(holidayMs);
  const shop = await shopAt(holidayMs, holidayMs, clock, 600_000, clock);
  const { opened, sends, server } = shop;
  const { link, context } = opened.services;
  await opened.services.start();
  await until(() => link.reach().reach === 'reached' && context.portals.terms(link.key()) !== null);
  const draft = await readyDraft(opened);
  await opened.call('sendDraft', draft);
  server.setFault(({ method, path }) => {
    if (method === 'POST' && !path.endsWith('/session')) sends.push(Date.parse(clock.instant()));
    return path.endsWith('/terms') ? nextTerms : noFault;
  });
  await expect
    .poll(async () => {
      await opened.call('syncNow', {});
      return context.portals.terms(link.key())?.version;
    })
    .toBe('it-next');
  passTo(rome('2026-12-09', '00:00') + 1_500);
  opened.services.sender.tryNow(null);
  await queueLooked(opened);
  expect(sends).toEqual([]);
  expect((await opened.call('outbox', {}))[0]).toMatchObject({
    state: 'queued',
    attempts: 0,
    waitReason: { kind: 'terms' },
  });
  await opened.call('acceptTerms', { version: 'it-next', sha256: 'd'.repeat(64) });
  await numbered(shop, draft.id);
  expect(context.tickets.find(draft.id)?.terms).toMatchObject({
    version: 'it-next',
    sha256: 'd'.repeat(64),
    customerCode: 'ALI-1',
  });
  expect(opened.faults).toEqual([]);
});
