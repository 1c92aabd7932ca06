import { expect, test } from 'vitest';
import { announced } from '../../shared/rules/announcements.ts';
import { furthestEndMs, stateBy } from '../../shared/rules/portal-reported-state.ts';
import type { PortalCalendar } from '../../shared/rules/portal-hours.ts';
import { openingCalendarSchema } from '../../shared/domain/opening-calendar.ts';
import bundled from '../../resources/calendar.json' with { type: 'json' };

const calendar: PortalCalendar = { hours: openingCalendarSchema.parse(bundled), holidayOn: () => null };

const now = Date.parse('2026-11-24T10:00:00.000Z');
const inMs = (ms: number): string => new Date(now + ms).toISOString();

test.each([
  ['in an hour', inMs(3_600_000), now + 3_600_000],
  ['as far off as one may lie', inMs(furthestEndMs), now + furthestEndMs],
  ['a millisecond further', inMs(furthestEndMs + 1), Number.POSITIVE_INFINITY],
  ['ten years off', '2036-11-24T10:00:00.000Z', Number.POSITIVE_INFINITY],
  ['not named', null, Number.POSITIVE_INFINITY],
])('R-HOURS-3: closing the portal tells of ends when its end is %s', (_when, until, toMs) => {
  expect(stateBy({ mode: 'read-only', until }, now, calendar, announced([]))).toMatchObject({
    state: 'read-only',
    toMs,
    why: { kind: 'portal-says' },
  });
});

test('R-HOURS-3: closing the portal told of says nothing any more when its end has passed', () => {
  expect(stateBy({ mode: 'maintenance', until: inMs(-1) }, now, calendar, announced([]))).toMatchObject({
    state: 'staffed',
  });
});
