import type { Instant } from '../domain/ids.ts';
import type { Notice } from '../domain/notice.ts';
import type { OpeningCalendar } from '../domain/opening-calendar.ts';
import type { PortalState, PortalWhy } from '../domain/portal-state.ts';
import { type Announced, type AnnouncedSpan, announced, spanAt } from './announcements.ts';
import type { HolidayOn } from '../calendar/holiday.ts';
import { type DayKey, dayAfter, instantOfWall, wallDay, weekday } from '../calendar/wall-time.ts';

/**
 * Opening hours with the holidays that interrupt them; or, for the practice portal, somebody at every hour of every day, told in the
 * zone of that name. Null while no calendar is known. Announcements hold for each.
 */
export type PortalCalendar = OpeningHours | { readonly alwaysIn: string } | null;
export type OpeningHours = { readonly hours: OpeningCalendar; readonly holidayOn: HolidayOn };

/** A stretch of one state; `toMs` is the first instant after it. */
export type StateSpan = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: PortalState;
  readonly why: PortalWhy;
};

/** A clock outside these years is taken for broken: nothing is concluded from it (CLOCK-1). */
const [firstMs, lastMs] = [Date.UTC(2000, 0, 1), Date.UTC(2200, 0, 1)];

/** A state that lasts longer than this is said without an end, in days: no ordinary week has one. */
const lookAheadDays = 400;

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The day from midnight to midnight of the zone, without announcements (R-HOURS-1, R-HOURS-2, R-HOURS-5). */
function ordinaryDay({ hours, holidayOn }: OpeningHours, day: DayKey): readonly StateSpan[] {
  const at = (minutes: number): number => instantOfWall(hours.zone, day, minutes);
  const [startMs, endMs] = [at(0), instantOfWall(hours.zone, dayAfter(day), 0)];
  const holiday = holidayOn(day);
  if (holiday !== null)
    return [
      { fromMs: startMs, toMs: endMs, state: 'read-only', why: { kind: 'holiday', day, name: holiday } },
    ];
  if (!hours.days.includes(weekday(day)))
    return [{ fromMs: startMs, toMs: endMs, state: 'unstaffed', why: { kind: 'weekend' } }];
  const spans: StateSpan[] = [];
  let reachedMs = startMs;
  for (const [index, window] of hours.windows.entries()) {
    const [fromMs, toMs] = [at(minutesOf(window.from)), at(minutesOf(window.to))];
    spans.push(
      { fromMs: reachedMs, toMs: fromMs, state: 'unstaffed', why: { kind: index === 0 ? 'night' : 'break' } },
      { fromMs, toMs, state: 'staffed', why: { kind: 'hours' } },
    );
    reachedMs = toMs;
  }
  spans.push({ fromMs: reachedMs, toMs: endMs, state: 'unstaffed', why: { kind: 'night' } });
  return spans.filter((span) => span.fromMs < span.toMs);
}

const unknownSpan = (instantMs: number, why: PortalWhy): StateSpan => ({
  fromMs: instantMs,
  toMs: Number.POSITIVE_INFINITY,
  state: 'unknown',
  why,
});

const zoneOf = (calendar: NonNullable<PortalCalendar>): string =>
  'alwaysIn' in calendar ? calendar.alwaysIn : calendar.hours.zone;

type KnownDay = { readonly fromMs: number; readonly toMs: number; readonly spans: readonly StateSpan[] };

/** The day last asked for: thousands of announcements in one day ask for it thousands of times, and a zone's clock is slow to read. */
const lastDays = new WeakMap<OpeningHours, KnownDay>();

function dayAround(calendar: OpeningHours, instantMs: number): KnownDay {
  const last = lastDays.get(calendar);
  if (last !== undefined && last.fromMs <= instantMs && instantMs < last.toMs) return last;
  const spans = ordinaryDay(calendar, wallDay(calendar.hours.zone, instantMs));
  const known = { fromMs: spans[0]?.fromMs ?? instantMs, toMs: spans.at(-1)?.toMs ?? instantMs, spans };
  lastDays.set(calendar, known);
  return known;
}

/** The stretch around the instant by the calendar alone. */
function plainStretch(instantMs: number, calendar: PortalCalendar): StateSpan {
  if (calendar === null) return unknownSpan(instantMs, { kind: 'no-calendar' });
  if ('alwaysIn' in calendar)
    return { fromMs: firstMs, toMs: Number.POSITIVE_INFINITY, state: 'staffed', why: { kind: 'always' } };
  return (
    dayAround(calendar, instantMs).spans.find((span) => instantMs < span.toMs) ??
    unknownSpan(instantMs, { kind: 'no-calendar' })
  );
}

/** The longest stretch around the instant that has one reason; announcements cut it where they begin. Maintenance is above closure. */
function stretchAt(instantMs: number, calendar: PortalCalendar, told: Announced): StateSpan {
  const maintenance = spanAt(told.maintenance, instantMs);
  if (maintenance.now !== null)
    return {
      ...maintenance.now,
      state: 'unreachable',
      why: { kind: 'maintenance', noticeId: maintenance.now.noticeId },
    };
  const closure = spanAt(told.closures, instantMs);
  if (closure.now !== null)
    return {
      ...closure.now,
      toMs: Math.min(closure.now.toMs, maintenance.nextFromMs),
      state: 'read-only',
      why: { kind: 'closure', noticeId: closure.now.noticeId },
    };
  const nextFromMs = Math.min(maintenance.nextFromMs, closure.nextFromMs);
  const found = plainStretch(instantMs, calendar);
  return { ...found, toMs: Math.min(found.toMs, nextFromMs) };
}

/** The state at an instant and the first instant at which it is another one; `toMs` infinite where no end is known. */
export function stateAt(instantMs: number, calendar: PortalCalendar, told: Announced): StateSpan {
  if (!(instantMs >= firstMs && instantMs < lastMs)) return unknownSpan(instantMs, { kind: 'clock' });
  const now = stretchAt(instantMs, calendar, told);
  let toMs = now.toMs;
  while (Number.isFinite(toMs) && toMs < lastMs) {
    const next = stretchAt(toMs, calendar, told);
    if (next.state !== now.state) return { ...now, toMs };
    if (next.toMs - instantMs > lookAheadDays * 86_400_000 && next.state === 'unstaffed') break;
    toMs = next.toMs;
  }
  return { ...now, toMs: Number.POSITIVE_INFINITY };
}

/** How the portal stands at an instant (R-HOURS-1 to R-HOURS-5), until when, and why. Exact to the millisecond; ends are excluded. */
export function portalState(
  instant: Instant,
  calendar: PortalCalendar,
  notices: readonly Notice[],
): { readonly state: PortalState; readonly until: Instant | null; readonly why: PortalWhy } {
  const { state, toMs, why } = stateAt(Date.parse(instant), calendar, announced(notices));
  return { state, until: Number.isFinite(toMs) ? new Date(toMs).toISOString() : null, why };
}

/** True when the portal takes new tickets and answers in this state (R-TICKET-2, R-HOURS-5); `unknown` is tried, not assumed. */
export function accepts(state: PortalState, sendsOutsideHours: boolean): boolean {
  return state === 'staffed' || state === 'unknown' || (state === 'unstaffed' && sendsOutsideHours);
}

/** The first instant from `instantMs` on whose state is meant; itself when it is now; null when no end is announced. */
function firstWhere(
  instantMs: number,
  calendar: PortalCalendar,
  told: Announced,
  isMeant: (state: PortalState) => boolean,
): number | null {
  let atMs = instantMs;
  // Each turn goes one state on; a year of alternating closures is far below the bound.
  for (let turn = 0; turn < 2_000; turn += 1) {
    const { state, toMs } = stateAt(atMs, calendar, told);
    if (isMeant(state)) return atMs;
    if (!Number.isFinite(toMs)) return null;
    atMs = toMs;
  }
  return null;
}

/** The first instant from `instantMs` on at which the portal accepts; itself when it does now; null when no end is announced. */
export function acceptsFromMs(
  instantMs: number,
  calendar: PortalCalendar,
  told: Announced,
  sendsOutsideHours: boolean,
): number | null {
  return firstWhere(instantMs, calendar, told, (state) => accepts(state, sendsOutsideHours));
}

/** The first instant from `instantMs` on at which somebody answers (R-HOURS-1); itself when somebody does now; null where nobody can tell. */
export function staffedFromMs(instantMs: number, calendar: PortalCalendar, told: Announced): number | null {
  return firstWhere(instantMs, calendar, told, (state) => state === 'staffed');
}

/** Stretches of one day that are told apart; a line as wide as a window shows no more. */
const mostStretches = 200;

const lengthOf = (span: StateSpan): number => span.toMs - span.fromMs;

/** The stretches from one instant to another, the first ones of too many; short ones go together until they are `leastMs` long. */
function stretchesBetween(
  fromMs: number,
  endMs: number,
  leastMs: number,
  calendar: PortalCalendar,
  told: Announced,
): readonly StateSpan[] {
  const spans: StateSpan[] = [];
  for (let atMs = fromMs; atMs < endMs && spans.length <= 2 * mostStretches; ) {
    const found = stretchAt(atMs, calendar, told);
    const span = { ...found, fromMs: atMs, toMs: Math.min(found.toMs, endMs) };
    const before = spans.at(-1);
    if (before === undefined || lengthOf(span) >= leastMs || lengthOf(before) >= leastMs) spans.push(span);
    else spans[spans.length - 1] = { ...before, toMs: span.toMs };
    atMs = span.toMs;
  }
  return spans;
}

/**
 * The zone's whole day around an instant, 23 to 25 hours, as stretches that touch each other: what a day line draws. On a day with
 * more than two hundred of them the shortest are not told apart.
 */
export function dayLine(instantMs: number, calendar: PortalCalendar, told: Announced): readonly StateSpan[] {
  if (calendar === null || !(instantMs >= firstMs && instantMs < lastMs)) return [];
  const zone = zoneOf(calendar);
  const day = wallDay(zone, instantMs);
  const [startMs, endMs] = [instantOfWall(zone, day, 0), instantOfWall(zone, dayAfter(day), 0)];
  const spans = stretchesBetween(startMs, endMs, 0, calendar, told);
  return spans.length <= mostStretches
    ? spans
    : stretchesBetween(startMs, endMs, (endMs - startMs) / mostStretches, calendar, told);
}

/** Days after today whose holidays and closures are told beforehand. */
const aheadDays = 14;
/** More of them than this are counted and not told. */
const mostAhead = 20;

/** A holiday, a closure or maintenance that is still to come, or goes on after today; `toMs` infinite where no end is announced. */
export type ClosureAhead = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly why: Extract<PortalWhy, { readonly kind: 'holiday' | 'closure' | 'maintenance' }>;
};

const aheadOf = (
  { fromMs, toMs, noticeId }: AnnouncedSpan,
  kind: 'closure' | 'maintenance',
): ClosureAhead => ({
  fromMs,
  toMs,
  why: { kind, noticeId },
});

/**
 * National holidays, closures and maintenance of the fourteen days after the day of an instant, by the zone's days, soonest first
 * (R-HOURS-2). What began and ends today is told as the state of the day, and not here; a holiday within a closure has its own name.
 */
export function closuresAhead(
  instantMs: number,
  calendar: PortalCalendar,
  told: Announced,
): { readonly shown: readonly ClosureAhead[]; readonly further: number } {
  if (calendar === null || !(instantMs >= firstMs && instantMs < lastMs)) return { shown: [], further: 0 };
  const zone = zoneOf(calendar);
  const today = wallDay(zone, instantMs);
  const midnightAfter = (days: number): number => instantOfWall(zone, dayAfter(today, days), 0);
  const [tomorrowMs, endMs] = [midnightAfter(1), midnightAfter(aheadDays + 1)];
  const holidays: ClosureAhead[] = [];
  for (let days = 1; days <= aheadDays && 'hours' in calendar; days += 1) {
    const day = dayAfter(today, days);
    const name = calendar.holidayOn(day);
    if (name !== null)
      holidays.push({
        fromMs: midnightAfter(days),
        toMs: midnightAfter(days + 1),
        why: { kind: 'holiday', day, name },
      });
  }
  const ahead = [
    ...holidays,
    ...told.closures.map((found) => aheadOf(found, 'closure')),
    ...told.maintenance.map((found) => aheadOf(found, 'maintenance')),
  ]
    .filter(({ fromMs, toMs }) => fromMs < endMs && (fromMs > instantMs || toMs > tomorrowMs))
    .toSorted((a, b) => a.fromMs - b.fromMs);
  return { shown: ahead.slice(0, mostAhead), further: Math.max(0, ahead.length - mostAhead) };
}
