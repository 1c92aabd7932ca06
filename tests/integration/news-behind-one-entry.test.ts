import { afterEach, expect, test, vi } from 'vitest';
import { inTurns } from '../../electron/platform/in-turns.ts';
import type { Portal } from '../../electron/portal/port.ts';
import type { PortalLink } from '../../electron/portal/portal-link.ts';
import { conversationSync } from '../../electron/requests/conversation-sync.ts';
import { syncSchedule } from '../../electron/requests/sync-schedule.ts';
import { appError } from '../../shared/domain/app-error.ts';
import { ticketNumberSchema } from '../../shared/domain/ids.ts';
import { changesPageSchema, heardChanges } from '../../shared/portal/heard-changes.ts';
import { freshFolder, openTestWorkshop } from './workshop-fixture.ts';

afterEach(() => vi.useRealTimers());

const hour = 3_600_000;
const entries = 40;
const texts = Array.from({ length: entries }, (_entry, index) => `parola ${index}`);

/** A portal with messages of one request, of which the one at `bad` cannot be had by any page it stands in; null: all can. */
async function portalWithBadEntry(bad: number | null, fault: 'portal.serverFault' | 'portal.badAnswer') {
  const opened = await openTestWorkshop(freshFolder());
  const { context, link: real } = opened.services;
  let badAt = bad;
  let isCursorBad: (cursor: string | null) => boolean = () => false;
  let nowMs = 0;
  const asked: (string | null)[] = [];
  const changesSince = async (cursor: string | null, limit = 200): Promise<unknown> => {
    asked.push(cursor);
    const from = cursor === null ? 0 : Number(cursor.slice(1));
    const to = Math.min(entries, from + limit);
    if ((badAt !== null && badAt >= from && badAt < to) || isCursorBad(cursor))
      return { kind: 'refused', error: appError(fault, { status: 500 }), retry: 'later', retryAfterMs: null };
    const messages = texts.slice(from, to).map((text, index) => ({
      id: `m${from + index}`,
      number: 'H-1',
      clientReference: null,
      author: { kind: 'operator', name: 'Laura' },
      text,
      attachments: [],
      at: '2026-11-24T18:00:00.000Z',
    }));
    const page = changesPageSchema.parse({ tickets: [], messages, cursor: `c${to}`, hasMore: to < entries });
    return { kind: 'done', value: await inTurns(heardChanges(page)), serverDate: null };
  };
  const portal = { capabilities: { sync: true }, changesSince } as unknown as Portal;
  const link: PortalLink = {
    ...real,
    portal: () => portal,
    recipient: () => 'practice',
    realm: () => 'practice',
    observe: (_act, outcome) => outcome,
  };
  const clock = { ...context.clock, monotonicMs: () => nowMs };
  const told: string[] = [];
  const sync = conversationSync({
    ...context,
    clock,
    link,
    onPacks: () => undefined,
    onAnswered: (_t, message) => told.push(message.text),
  });
  return {
    asked,
    sync,
    told,
    heal: () => (badAt = null),
    badCursor: (isBad: typeof isCursorBad) => (isCursorBad = isBad),
    pass: (ms: number) => (nowMs += ms),
    read: (): readonly string[] => {
      const found = context.tickets.findByNumber('practice', ticketNumberSchema.parse('H-1'));
      return found === null ? [] : context.messages.ofTicket(found.id).map(({ text }) => text);
    },
    stop: () => opened.services.stop(),
  };
}

test.each([
  'portal.serverFault',
  'portal.badAnswer',
] as const)('one entry of the news that cannot be had (%s) is told, asked for once a look, and what is behind it comes', async (fault) => {
  const { asked, sync, read, heal, pass, stop, told } = await portalWithBadEntry(17, fault);
  await sync.pull();
  expect([read(), sync.isStuck()]).toEqual([texts.slice(0, 17), true]);
  // Perhaps it is the cursor: it is left once, and read up to that entry again.
  expect(await sync.pull()).toBe(true);
  expect([read(), sync.isStuck(), asked.filter((cursor) => cursor === null).length > 0]).toEqual([
    texts.slice(0, 17),
    true,
    true,
  ]);
  asked.splice(0);
  let looks = 0;
  for (; looks < 100; looks += 1) {
    pass(5 * 60_000);
    expect(await sync.pull()).toBe(false);
  }
  // Eight hours: nothing but that entry, once each time.
  expect([looks, asked.length, new Set(asked)]).toEqual([100, 100, new Set(['c17'])]);
  expect([read(), sync.isStuck()]).toEqual([texts.slice(0, 17), true]);
  heal();
  pass(5 * 60_000);
  expect(await sync.pull()).toBe(true);
  expect([read(), sync.isStuck()]).toEqual([texts, false]);
  expect(told.filter((text) => text === 'parola 0').length).toBeLessThanOrEqual(1);
  await stop();
});

test('news behind a cursor of which nothing can be had are read from the beginning once a day, nothing twice', async () => {
  const { asked, sync, read, badCursor, pass, stop } = await portalWithBadEntry(null, 'portal.serverFault');
  expect(await sync.pull()).toBe(true);
  badCursor((cursor) => cursor === 'c40');
  pass(60_000);
  asked.splice(0);
  await sync.pull();
  expect(asked.filter((cursor) => cursor === null)).toHaveLength(1);
  for (let looks = 0; looks < 47; looks += 1) {
    pass(hour / 2);
    await sync.pull();
  }
  expect(asked.filter((cursor) => cursor === null)).toHaveLength(1);
  pass(hour);
  await sync.pull();
  expect(asked.filter((cursor) => cursor === null)).toHaveLength(2);
  expect(read()).toEqual(texts);
  await stop();
});

test('news that cannot be had are asked for at growing gaps, and keep nothing that is announced from being read', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const looks: number[] = [];
  let announced = 0;
  const schedule = syncSchedule({
    sync: {
      pull: async () => {
        looks.push(Date.now());
        return false;
      },
      pullAnnouncements: async () => {
        announced += 1;
        return true;
      },
      hearTime: async () => undefined,
      askTime: async () => undefined,
      isStuck: () => true,
      restMs: () => 0,
      stop: () => undefined,
    },
    everyMs: () => 60_000,
    onAnswered: () => undefined,
    mayLook: () => true,
    mayLookRarely: () => false,
    monotonicMs: () => Date.now(),
    isTimeUnheard: () => false,
    log: () => undefined,
    random: () => 0.5,
  });
  schedule.start();
  await vi.advanceTimersByTimeAsync(12 * hour);
  const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
  expect(gaps.slice(0, 4)).toEqual([120_000, 240_000, 300_000, 300_000]);
  expect(gaps.length).toBeGreaterThan(130);
  expect(Math.max(...gaps)).toBe(300_000);
  expect(announced).toBeGreaterThanOrEqual(Math.floor(looks.length / 10));
  await schedule.stop();
});
