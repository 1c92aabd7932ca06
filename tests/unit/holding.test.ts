import { expect, test } from 'vitest';
import { nationalHolidays } from '../../shared/calendar/national-holidays.ts';
import { instantOfWall } from '../../shared/calendar/wall-time.ts';
import {
  holdEndsMs,
  isHeldNow,
  isHoldPossible,
  longestHoldMs,
  mayBeHeld,
} from '../../shared/flows/holding.ts';
import { openGate, queueGate } from '../../shared/flows/queue-gate.ts';
import { nothingAnnounced } from '../../shared/rules/announcements.ts';
import { staffedFromMs } from '../../shared/rules/portal-hours.ts';
import calendar from '../../resources/calendar.json' with { type: 'json' };
import { openingCalendarSchema } from '../../shared/domain/opening-calendar.ts';

const hours = openingCalendarSchema.parse(calendar);
const vendor = { hours, holidayOn: nationalHolidays(hours) };
const rome = (day: string, hour: number, minute = 0): number =>
  instantOfWall('Europe/Rome', day, hour * 60 + minute);
const until = (ms: number) => ({ kind: 'until', at: new Date(ms).toISOString() }) as const;

test('R-TICKET-2: held work goes at its instant, neither before nor after, and as long as nobody can tell it stays', () => {
  const at = rome('2026-12-07', 8, 30);
  expect([at - 1, at, at + 1].map((now) => isHeldNow(until(at), now, null))).toEqual([true, false, false]);
  expect(isHeldNow({ kind: 'staffed' }, at, null)).toBe(true);
  expect([at - 1, at].map((now) => isHeldNow({ kind: 'staffed' }, now, at))).toEqual([true, false]);
  expect(holdEndsMs({ kind: 'staffed' }, at)).toBe(at);
});

test('an instant that is over, or more than a year off, holds nothing back', () => {
  const now = rome('2026-12-07', 8);
  expect(
    [now, now + 1, now + longestHoldMs, now + longestHoldMs + 1].map((at) => isHoldPossible(until(at), now)),
  ).toEqual([false, true, true, false]);
  expect(isHoldPossible({ kind: 'staffed' }, now)).toBe(true);
});

test('only a request or a reply that has not left may be held back', () => {
  const states = [
    'queued',
    'sending',
    'unknown',
    'accepted',
    'rejected',
    'to-verify',
    'by-hand',
    'set-aside',
  ] as const;
  expect(states.filter((state) => mayBeHeld({ state, work: { kind: 'create-ticket' } }))).toEqual(['queued']);
  expect(mayBeHeld({ state: 'queued', work: { kind: 'close-ticket' } })).toBe(false);
});

test.each([
  ['R-HOURS-1: in the break of a day', rome('2026-11-24', 13), rome('2026-11-24', 14)],
  ['R-HOURS-1: within the hours', rome('2026-11-24', 9), rome('2026-11-24', 9)],
  ['R-HOURS-1: on a Saturday', rome('2026-11-28', 9), rome('2026-11-30', 8, 30)],
  ['R-HOURS-2: on a national holiday', rome('2026-12-08', 9), rome('2026-12-09', 8, 30)],
  ['over the change to summer time', rome('2026-03-28', 9), rome('2026-03-30', 8, 30)],
  ['over the change back to standard time', rome('2026-10-24', 9), rome('2026-10-26', 8, 30)],
])('next staffed hours are found %s', (_when, now, expected) => {
  expect(staffedFromMs(now, vendor, nothingAnnounced)).toBe(expected);
});

test('next staffed hours are nobody’s to tell without a calendar, and after a closure without an end', () => {
  const now = rome('2026-11-28', 9);
  expect(staffedFromMs(now, null, nothingAnnounced)).toBeNull();
  const closures = [{ fromMs: rome('2026-11-27', 0), toMs: Number.POSITIVE_INFINITY, noticeId: 'n' }];
  expect(staffedFromMs(now, vendor, { closures, maintenance: [] })).toBeNull();
});

test('R-HOURS-3: held work says until when, or until the portal opens where that is later; doubt is looked up all the same', () => {
  const held = { hold: { kind: 'staffed' }, endsAt: '2026-12-09T07:30:00.000Z' } as const;
  const queued = { state: 'queued', lastError: null } as const;
  expect(queueGate(queued, { ...openGate, held })).toEqual({
    mayGo: false,
    why: { kind: 'held', hold: held.hold },
    goesAt: held.endsAt,
  });
  const closing = {
    state: 'read-only',
    why: { kind: 'portal-says' },
    opensAt: '2026-12-10T00:00:00.000Z',
  } as const;
  expect(queueGate(queued, { ...openGate, held, closing }).goesAt).toBe(closing.opensAt);
  expect(queueGate(queued, { ...openGate, held, closing: { ...closing, opensAt: null } }).goesAt).toBeNull();
  expect(queueGate(queued, { ...openGate, held: { ...held, endsAt: null }, closing }).goesAt).toBeNull();
  expect(queueGate({ state: 'unknown', lastError: null }, { ...openGate, held }).mayGo).toBe(true);
});
