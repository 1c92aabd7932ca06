import { expect, test } from 'vitest';
import { serverInstant } from '../../electron/portal/contract/retry-after.ts';
import { utcTimes } from '../../shared/portal/utc-times.ts';
import {
  agreesWith,
  borneOutMs,
  heardTime,
  jumpedPortalMs,
  nothingHeard,
} from '../../shared/calendar/clock-offset.ts';

test.each([
  ['Tue, 24 Nov 2026 18:00:00 GMT', '2026-11-24T18:00:00.000Z'],
  ['Tuesday, 24-Nov-26 18:00:00 GMT', '2026-11-24T18:00:00.000Z'],
  ['Tue Nov 24 18:00:00 2026', '2026-11-24T18:00:00.000Z'],
  ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
  ['2026', null],
  ['', null],
  ['2026-11-24T18:00:00Z', null],
  ['Tue, 24 Nov 2026 18:00:00', null],
  ['Tue, 24 Nov 2026 18:00:00 +0100', null],
  ['Tue, 31 Feb 2026 18:00:00 GMT', null],
  ['Tue, 24 Nov 2026 24:00:00 GMT', null],
  ['tomorrow', null],
])('Date header %j is the instant %j in whatever zone the PC stands', (header, instant) => {
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Rome';
  expect(serverInstant(header)).toBe(instant);
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

test('times with an offset are the same instants in UTC, and nothing else is changed', () => {
  expect(
    utcTimes({
      receivedAt: '2026-11-24T19:00:00+01:00',
      number: '2026-11-24T19:00:00+01:00',
      notices: [{ endsAt: null, startsAt: 'soon' }],
    }),
  ).toEqual({
    receivedAt: '2026-11-24T18:00:00.000Z',
    number: '2026-11-24T19:00:00+01:00',
    notices: [{ endsAt: null, startsAt: 'soon' }],
  });
});

const now = Date.UTC(2026, 10, 24, 18);
const hour = 3_600_000;

test('one wrong Date shifts no clock; the next that agrees with the PC is believed, and those that keep to it for long', () => {
  const wrong = heardTime(nothingHeard, now + 400 * 24 * hour, now, 0);
  expect([wrong.offsetMs, wrong.isInDoubt]).toEqual([null, true]);
  expect(heardTime(wrong, now, now, 1_000)).toMatchObject({ offsetMs: 0, isInDoubt: false, suspects: 0 });
  let told = wrong;
  for (const runningMs of [100, 1_000, borneOutMs - 1]) {
    told = heardTime(told, now + 400 * 24 * hour + runningMs, now + runningMs, runningMs);
    expect(told).toMatchObject({ offsetMs: null, isInDoubt: true, suspects: 1 });
  }
  const later = borneOutMs;
  const again = heardTime(told, now + 400 * 24 * hour + later, now + later, later);
  expect(again).toMatchObject({ offsetMs: 400 * 24 * hour, isInDoubt: false });
  // From then on it needs no second one.
  expect(agreesWith(again, now + 400 * 24 * hour + 45_000, now + 45_000, 45_000)).toBe(true);
});

test.each([
  null,
  Date.UTC(1999, 0, 1),
  Date.UTC(2101, 0, 1),
])('a time of %j is none, and puts nothing in doubt', (portalMs) => {
  expect(heardTime(nothingHeard, portalMs, now, 0)).toMatchObject({ offsetMs: null, isInDoubt: false });
});

test('a portal that names another time with each answer is left to its own, and the PC counts', () => {
  let told = nothingHeard;
  const doubts = [1, 2, 3, 4].map((days) => {
    told = heardTime(told, now + days * 24 * hour, now, 0);
    return [told.offsetMs, told.isInDoubt];
  });
  expect(doubts).toEqual([
    [null, true],
    [null, true],
    [null, false],
    [null, false],
  ]);
});

test.each([
  1_000, 5_000, 9_000, 40_000,
])('an old answer that is given again every %i ms shifts no clock: its time stands', (everyMs) => {
  let told = nothingHeard;
  let asked = 0;
  for (let runningMs = 0; runningMs <= 5 * 60_000; runningMs += everyMs) {
    told = heardTime(told, now - 3 * hour, now + runningMs, runningMs);
    expect(told.offsetMs).toBeNull();
    asked += 1;
  }
  expect([asked > 7, told.isInDoubt]).toEqual([true, false]);
});

test('answer without a time to change is given back as it is, and no part of it is made anew', () => {
  const answer = {
    tickets: [{}, { number: 'H-1', at: '2026-11-24T19:00:00+01:00' }],
    updatedAt: '2026-11-24T18:00:00.000Z',
  };
  expect(utcTimes(answer)).toBe(answer);
  const changed = { ...answer, notices: [{ startsAt: '2026-11-24T19:00:00+01:00' }] };
  expect(utcTimes(changed)).toEqual({ ...answer, notices: [{ startsAt: '2026-11-24T18:00:00.000Z' }] });
  expect((utcTimes(changed) as typeof answer).tickets).toBe(answer.tickets);
});

test('a clock that was agreed on is shifted by no two wrong Dates in a row, and put in no doubt by them', () => {
  let told = heardTime(nothingHeard, now, now, 0);
  for (const runningMs of [1_000, 2_000, 30_000, jumpedPortalMs]) {
    told = heardTime(told, now + 9 * hour + runningMs, now + runningMs, runningMs);
    expect(told).toMatchObject({ offsetMs: null, isInDoubt: false });
    expect(told.suspects).toBeGreaterThan(0);
  }
  expect(heardTime(told, now + 40_000, now + 40_000, 40_000)).toMatchObject({ offsetMs: 0, suspects: 0 });
  // Kept to for long enough, it is the portal's time.
  const later = jumpedPortalMs + 2_000;
  expect(heardTime(told, now + 9 * hour + later, now + later, later)).toMatchObject({
    offsetMs: 9 * hour,
    suspects: 0,
  });
});

test("a PC whose own clock was set meanwhile is told the portal's time as at first", () => {
  const agreed = heardTime(nothingHeard, now, now, 0);
  // Asleep for an hour, which running time does not count, and the PC's clock set back by a day.
  const first = heardTime(agreed, now + hour, now - 23 * hour, 1_000);
  expect(first).toMatchObject({ offsetMs: null, isInDoubt: true });
  const later = borneOutMs;
  expect(heardTime(first, now + hour + later, now - 23 * hour + later, 1_000 + later)).toMatchObject({
    offsetMs: 24 * hour,
    isInDoubt: false,
  });
});
