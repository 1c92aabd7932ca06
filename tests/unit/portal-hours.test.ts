import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../shared/domain/notice.ts';
import { openingCalendarSchema } from '../../shared/domain/opening-calendar.ts';
import { announced, isPossible, noticesToShow, nothingAnnounced } from '../../shared/rules/announcements.ts';
import { nationalHolidays } from '../../shared/calendar/national-holidays.ts';
import {
  acceptsFromMs,
  closuresAhead,
  dayLine,
  type PortalCalendar,
  portalState,
  stateAt,
} from '../../shared/rules/portal-hours.ts';
import { instantOfWall, wallDay } from '../../shared/calendar/wall-time.ts';
import { oracle } from './portal-oracle.ts';

const hours = openingCalendarSchema.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/calendar.json'), 'utf8')),
);
const italy: PortalCalendar = { hours, holidayOn: nationalHolidays(hours) };
const zone = 'Europe/Rome';
const rome = (day: string, time: string, ms = 0): string =>
  new Date(
    instantOfWall(zone, day, Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) + ms,
  ).toISOString();
const notice = (id: string, kind: Notice['kind'], startsAt: string, endsAt: string | null): Notice => ({
  id,
  kind,
  title: { it: id, en: id },
  startsAt,
  endsAt,
  origin: 'portal',
});
const at = (instant: string, notices: readonly Notice[] = []): string =>
  portalState(instant, italy, notices).state;

test.each([
  ['2026-11-24', '08:30', 'unstaffed', 'staffed'],
  ['2026-11-24', '12:30', 'staffed', 'unstaffed'],
  ['2026-11-24', '14:00', 'unstaffed', 'staffed'],
  ['2026-11-24', '18:00', 'staffed', 'unstaffed'],
  ['2026-03-30', '08:30', 'unstaffed', 'staffed'],
  ['2026-10-26', '08:30', 'unstaffed', 'staffed'],
  ['2026-12-08', '00:00', 'unstaffed', 'read-only'],
  ['2026-12-09', '00:00', 'read-only', 'unstaffed'],
  ['2027-01-01', '00:00', 'unstaffed', 'read-only'],
])('R-HOURS-1: boundary of %s %s in Italy is exact to the millisecond', (day, time, before, from) => {
  expect([at(rome(day, time, -1)), at(rome(day, time)), at(rome(day, time, 1))]).toEqual([
    before,
    from,
    from,
  ]);
});

test.each([
  ['2026-04-06', 'Easter Monday'],
  ['2027-03-29', 'Easter Monday'],
  ['2026-10-04', 'Saint Francis, from 2026 on'],
  ['2027-10-04', 'Saint Francis'],
  ['2026-06-02', 'Republic Day'],
  ['2026-12-26', 'Santo Stefano'],
])('R-HOURS-2: %s is read-only the whole day (%s)', (day) => {
  expect(portalState(rome(day, '00:00'), italy, [])).toMatchObject({
    state: 'read-only',
    why: { kind: 'holiday', day },
  });
  expect(at(rome(day, '23:59', 59_999))).toBe('read-only');
});

test('R-HOURS-2: 4 October is an ordinary day before 2026', () => {
  expect(at(rome('2024-10-04', '10:00'))).toBe('staffed');
});

test('R-HOURS-2: calendar pack adds a holiday and takes one back without a new program', () => {
  const changed = {
    ...hours,
    addedHolidays: [{ day: '2026-11-25', name: { it: 'Festa', en: 'Feast' } }],
    droppedHolidays: ['2026-12-08'],
  };
  const calendar: PortalCalendar = { hours: changed, holidayOn: nationalHolidays(changed) };
  expect(portalState(rome('2026-11-25', '10:00'), calendar, [])).toMatchObject({
    state: 'read-only',
    why: { name: { it: 'Festa', en: 'Feast' } },
  });
  expect(portalState(rome('2026-12-08', '10:00'), calendar, []).state).toBe('staffed');
});

test.each([
  ['2026-03-27', '2026-03-30', 61.5, 'summer time begins in between'],
  ['2026-10-23', '2026-10-26', 63.5, 'summer time ends in between'],
  ['2027-10-29', '2027-11-02', 63.5 + 24, 'summer time ends and Monday is All Saints'],
  ['2026-11-20', '2026-11-23', 62.5, 'no change in between'],
])('R-HOURS-1, CLOCK-2: %s 18:00 to the next opening on %s is %f h when %s', (friday, monday, hoursApart) => {
  const closes = rome(friday, '18:00');
  let span = stateAt(Date.parse(closes), italy, nothingAnnounced);
  while (span.state !== 'staffed') span = stateAt(span.toMs, italy, nothingAnnounced);
  const opens = rome(monday, '08:30');
  if (monday !== '2027-11-02')
    expect(portalState(closes, italy, [])).toEqual({
      state: 'unstaffed',
      until: opens,
      why: { kind: 'night' },
    });
  expect((Date.parse(opens) - Date.parse(closes)) / 3_600_000).toBe(hoursApart);
});

test('R-HOURS-1, CLOCK-2: Friday 18:00 to Monday 08:30 of the wall clock is 61.5 h over the change of March 2027', () => {
  expect(
    (Date.parse(rome('2027-03-29', '08:30')) - Date.parse(rome('2027-03-26', '18:00'))) / 3_600_000,
  ).toBe(61.5);
});

test('R-HOURS-1: every minute of 20 years has the state an independent oracle gives it, in stretches without gap or overlap', () => {
  const endMs = Date.UTC(2040, 0, 1);
  let atMs = Date.UTC(2020, 0, 1);
  let wrong = 0;
  while (atMs < endMs) {
    const span = stateAt(atMs, italy, nothingAnnounced);
    // Monotone: each stretch ends later than it was asked for, on a whole minute, and the last millisecond still belongs to it.
    if (
      !(span.toMs > atMs) ||
      span.toMs % 60_000 !== 0 ||
      stateAt(span.toMs - 1, italy, nothingAnnounced).state !== span.state
    )
      wrong += 1;
    for (let minuteMs = atMs; minuteMs < span.toMs; minuteMs += 60_000)
      if (oracle(minuteMs) !== span.state) wrong += 1;
    if (stateAt(span.toMs, italy, nothingAnnounced).state === span.state) wrong += 1;
    atMs = span.toMs;
  }
  expect(wrong).toBe(0);
});

test('R-HOURS-1: state is the same whatever zone the instant was written in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2039, 11, 31) }),
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
      (ms, shiftMinutes) => {
        const sign = shiftMinutes < 0 ? '-' : '+';
        const [hour, minute] = [Math.floor(Math.abs(shiftMinutes) / 60), Math.abs(shiftMinutes) % 60].map(
          (part) => String(part).padStart(2, '0'),
        );
        const elsewhere = `${new Date(ms + shiftMinutes * 60_000).toISOString().slice(0, -1)}${sign}${hour}:${minute}`;
        expect(portalState(elsewhere, italy, [])).toEqual(portalState(new Date(ms).toISOString(), italy, []));
        expect(portalState(new Date(ms).toISOString(), italy, []).state).toBe(
          oracle(Math.floor(ms / 60_000) * 60_000),
        );
      },
    ),
    { numRuns: 400 },
  );
});

describe('announcements', () => {
  const monday = '2026-12-14';
  test('R-HOURS-3: closure makes the portal read-only from its first millisecond to the last before its end', () => {
    const closure = notice('c', 'closure', rome(monday, '10:00'), rome(monday, '11:00'));
    expect(
      [
        rome(monday, '10:00', -1),
        rome(monday, '10:00'),
        rome(monday, '11:00', -1),
        rome(monday, '11:00'),
      ].map((instant) => at(instant, [closure])),
    ).toEqual(['staffed', 'read-only', 'read-only', 'staffed']);
    expect(portalState(rome(monday, '10:30'), italy, [closure])).toEqual({
      state: 'read-only',
      until: rome(monday, '11:00'),
      why: { kind: 'closure', noticeId: 'c' },
    });
  });
  test('R-HOURS-4: maintenance is above a closure, and the closure goes on after it', () => {
    const both = [
      notice('c', 'closure', rome(monday, '09:00'), rome(monday, '17:00')),
      notice('m', 'maintenance', rome(monday, '10:00'), rome(monday, '11:00')),
    ];
    expect(portalState(rome(monday, '09:30'), italy, both)).toMatchObject({
      state: 'read-only',
      until: rome(monday, '10:00'),
    });
    expect(portalState(rome(monday, '10:30'), italy, both)).toMatchObject({
      state: 'unreachable',
      until: rome(monday, '11:00'),
      why: { kind: 'maintenance', noticeId: 'm' },
    });
    expect(portalState(rome(monday, '11:00'), italy, both)).toMatchObject({
      state: 'read-only',
      until: rome(monday, '17:00'),
    });
  });
  test('R-HOURS-2: overlapping and touching closures are one, and name the notice that ends last', () => {
    const three = [
      notice('b', 'closure', rome(monday, '10:00'), rome(monday, '12:00')),
      notice('a', 'closure', rome(monday, '09:00'), rome(monday, '10:30')),
      notice('c', 'closure', rome(monday, '12:00'), rome(monday, '15:00')),
    ];
    expect(portalState(rome(monday, '09:00'), italy, three)).toEqual({
      state: 'read-only',
      until: rome(monday, '15:00'),
      why: { kind: 'closure', noticeId: 'c' },
    });
  });
  test('R-HOURS-2: notice that ends before it starts changes nothing and is told apart', () => {
    const backwards = notice('x', 'closure', rome(monday, '11:00'), rome(monday, '10:00'));
    expect(isPossible(backwards)).toBe(false);
    expect(portalState(rome(monday, '10:30'), italy, [backwards])).toEqual(
      portalState(rome(monday, '10:30'), italy, []),
    );
  });
  test('R-HOURS-2: closure without an end has no until, and a maintenance inside it does', () => {
    const open = [notice('c', 'closure', rome(monday, '09:00'), null)];
    expect(portalState(rome(monday, '10:00'), italy, open)).toMatchObject({
      state: 'read-only',
      until: null,
    });
    expect(
      portalState(rome(monday, '10:00'), italy, [
        ...open,
        notice('m', 'maintenance', rome(monday, '12:00'), null),
      ]),
    ).toMatchObject({
      until: rome(monday, '12:00'),
    });
    expect(acceptsFromMs(Date.parse(rome(monday, '10:00')), italy, announced(open), true)).toBeNull();
  });
  test('R-TICKET-2: queue goes at night on an ordinary day, and waits for staff only when the portal is known to refuse at night', () => {
    const night = Date.parse(rome('2026-12-11', '22:00'));
    expect(acceptsFromMs(night, italy, nothingAnnounced, true)).toBe(night);
    expect(acceptsFromMs(night, italy, nothingAnnounced, false)).toBe(
      Date.parse(rome('2026-12-14', '08:30')),
    );
    const holiday = Date.parse(rome('2026-12-07', '23:59', 59_999));
    expect(acceptsFromMs(holiday + 1, italy, nothingAnnounced, true)).toBe(
      Date.parse(rome('2026-12-09', '00:00')),
    );
  });
});

test.each([
  ['2026-11-24', 24],
  ['2026-03-29', 23],
  ['2026-10-25', 25],
  ['2026-12-31', 24],
])('R-HOURS-1: day line of %s covers its %i hours without gap or overlap', (day, hoursLong) => {
  const closure = [
    notice('c', 'closure', rome(day, '09:00'), rome(day, '10:00')),
    notice('m', 'maintenance', rome(day, '16:00'), null),
  ];
  const line = dayLine(Date.parse(rome(day, '15:00')), italy, announced(closure));
  expect((Number(line.at(-1)?.toMs) - Number(line[0]?.fromMs)) / 3_600_000).toBe(hoursLong);
  expect(line.length).toBeGreaterThan(2);
  for (const [index, span] of line.entries()) if (index > 0) expect(span.fromMs).toBe(line[index - 1]?.toMs);
  expect(wallDay(zone, Number(line[0]?.fromMs))).toBe(day);
});

test('R-REMOTE-1: practice operator is there at every hour of every day, and a closure of the practice portal holds', () => {
  const always: PortalCalendar = { alwaysIn: zone };
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2001-01-01'), max: new Date('2150-01-01'), noInvalidDate: true }),
      (date) => {
        expect(portalState(date.toISOString(), always, [])).toEqual({
          state: 'staffed',
          until: null,
          why: { kind: 'always' },
        });
      },
    ),
    { numRuns: 300 },
  );
  const sunday = '2026-12-06';
  const closure = notice('c', 'closure', rome(sunday, '03:00'), rome(sunday, '05:00'));
  expect(portalState(rome(sunday, '02:00'), always, [closure])).toEqual({
    state: 'staffed',
    until: rome(sunday, '03:00'),
    why: { kind: 'always' },
  });
  expect(portalState(rome(sunday, '04:00'), always, [closure])).toEqual({
    state: 'read-only',
    until: rome(sunday, '05:00'),
    why: { kind: 'closure', noticeId: 'c' },
  });
  expect(
    dayLine(Date.parse(rome(sunday, '04:00')), always, announced([closure])).map(({ state }) => state),
  ).toEqual(['staffed', 'read-only', 'staffed']);
});

test('R-HOURS-1, CLOCK-1: nothing is concluded from a broken clock or without a calendar', () => {
  expect(portalState('1970-01-01T00:00:00.000Z', italy, [])).toEqual({
    state: 'unknown',
    until: null,
    why: { kind: 'clock' },
  });
  expect(portalState('not a time', italy, []).state).toBe('unknown');
  expect(portalState(rome('2026-11-24', '10:00'), null, [])).toEqual({
    state: 'unknown',
    until: null,
    why: { kind: 'no-calendar' },
  });
  expect(dayLine(Number.NaN, italy, nothingAnnounced)).toEqual([]);
});

const ownMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
const spread = (count: number, fromMs: number, everyMs: number, lastsMs: number): readonly Notice[] =>
  Array.from({ length: count }, (_, index) =>
    notice(
      `n${index}`,
      index % 2 === 0 ? 'closure' : 'maintenance',
      new Date(fromMs + index * everyMs).toISOString(),
      new Date(fromMs + index * everyMs + lastsMs).toISOString(),
    ),
  );
const morningMs = Date.parse(rome('2026-12-07', '09:00'));

test.each([
  ['one day', spread(10_000, morningMs - 8 * 3_600_000, 8_000, 4_000)],
  ['a year', spread(10_000, morningMs, 3_000_000, 1_500_000)],
  ['one instant', spread(10_000, morningMs, 0, 60_000)],
  ['without a gap', spread(10_000, morningMs, 60_000, 60_000)],
])('R-HOURS-2: ten thousand announcements over %s cost everything that is asked of them a fraction of a second', (_how, notices) => {
  expect(notices).toHaveLength(10_000);
  let best = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < 4 && best > 300; nth += 1) {
    const startedMs = ownMs();
    const told = announced(notices);
    stateAt(morningMs, italy, told);
    acceptsFromMs(morningMs, italy, told, false);
    dayLine(morningMs, italy, told);
    noticesToShow(notices, morningMs);
    best = Math.min(best, ownMs() - startedMs);
  }
  expect(best).toBeLessThan(300);
});

test('a day of ten thousand announcements is drawn in stretches that touch, cover it, and are no more than a window shows', () => {
  const line = dayLine(morningMs, italy, announced(spread(10_000, morningMs - 8 * 3_600_000, 8_000, 4_000)));
  expect(line.length).toBeGreaterThan(100);
  expect(line.length).toBeLessThanOrEqual(401);
  expect(line[0]?.fromMs).toBe(Date.parse(rome('2026-12-07', '00:00')));
  expect(line.at(-1)?.toMs).toBe(Date.parse(rome('2026-12-08', '00:00')));
  for (const [index, span] of line.entries())
    expect(span.toMs).toBe(line[index + 1]?.fromMs ?? Date.parse(rome('2026-12-08', '00:00')));
  expect(line.filter(({ fromMs }) => fromMs < morningMs).length).toBeGreaterThan(50);
});

describe('what is known of the days to come', () => {
  const ahead = (instant: string, notices: readonly Notice[] = [], calendar: PortalCalendar = italy) => {
    const { shown, further } = closuresAhead(Date.parse(instant), calendar, announced(notices));
    return [...shown.map(({ why }) => (why.kind === 'holiday' ? why.day : why.noticeId)), further];
  };
  const day = (from: string, to: string, id = 'n'): Notice =>
    notice(id, 'closure', rome(from, '00:00'), rome(to, '00:00'));

  test('R-HOURS-2: a holiday is told from fourteen days before it until its own day begins', () => {
    expect(ahead(rome('2026-11-23', '23:59'))).toEqual([0]);
    expect(ahead(rome('2026-11-24', '00:00'))).toEqual(['2026-12-08', 0]);
    expect(ahead(rome('2026-12-07', '23:59'))).toEqual(['2026-12-08', 0]);
    expect(ahead(rome('2026-12-08', '00:00'))).toEqual([0]);
    expect(ahead(rome('2026-12-20', '12:00'))).toEqual(['2026-12-25', '2026-12-26', '2027-01-01', 0]);
  });

  test('R-HOURS-2: closures and maintenance stand beside the holidays in them, by their start, for any calendar', () => {
    const notices = [
      day('2026-12-24', '2027-01-07', 'winter'),
      notice('night', 'maintenance', rome('2026-12-22', '22:00'), null),
      notice('hint', 'info', rome('2026-12-22', '22:00'), null),
      day('2026-12-20', '2026-12-21', 'over by midnight'),
      day('2026-12-19', '2026-12-22', 'under way'),
      day('2027-01-04', '2027-01-05', 'too far'),
      notice('tonight', 'closure', rome('2026-12-20', '20:00'), rome('2026-12-20', '21:00')),
    ].filter(({ id }) => id !== 'over by midnight' && id !== 'too far');
    expect(ahead(rome('2026-12-20', '12:00'), notices)).toEqual([
      'under way',
      'night',
      'winter',
      '2026-12-25',
      '2026-12-26',
      '2027-01-01',
      0,
    ]);
    expect(
      ahead(rome('2026-12-20', '12:00'), [day('2026-12-20', '2026-12-21'), day('2027-01-04', '2027-01-05')]),
    ).toEqual(['2026-12-25', '2026-12-26', '2027-01-01', 0]);
    expect(
      ahead(rome('2026-12-20', '12:00'), [day('2026-12-24', '2027-01-07', 'winter')], { alwaysIn: zone }),
    ).toEqual(['winter', 0]);
    expect(ahead(rome('2026-12-20', '12:00'), notices, null)).toEqual([0]);
    expect(ahead('1999-01-01T00:00:00Z', notices)).toEqual([0]);
  });

  test('R-HOURS-2: of thousands of closures twenty are told and the others counted', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => {
      const fromMs = Date.parse(rome('2026-11-25', '00:00')) + at * 600_000;
      return notice(
        `n${at}`,
        'closure',
        new Date(fromMs).toISOString(),
        new Date(fromMs + 60_000).toISOString(),
      );
    });
    const found = ahead(rome('2026-11-24', '12:00'), many);
    expect([found.length, found[0], found[19], found.at(-1)]).toEqual([21, 'n0', 'n19', 981]);
  });

  test('R-HOURS-1: the days to come are as long as they are where the clocks change', () => {
    const { shown } = closuresAhead(
      Date.parse(rome('2026-10-20', '12:00')),
      italy,
      announced([day('2026-10-25', '2026-10-26')]),
    );
    expect(shown.map(({ fromMs, toMs }) => (toMs - fromMs) / 3_600_000)).toEqual([25, 24]);
  });
});
