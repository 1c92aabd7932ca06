import type { Instant } from '../domain/ids.ts';
import type { Announced } from './announcements.ts';
import { type PortalCalendar, type StateSpan, stateAt } from './portal-hours.ts';

/** What the portal's own answers say about itself: `open` once a write went through; `until` where it named an end. */
export type PortalReportedState = {
  readonly mode: 'open' | 'read-only' | 'maintenance';
  readonly until: Instant | null;
};

/** An end further off than this, in milliseconds, is taken for a slip: no support is closed that long, and nobody could take it back. */
export const furthestEndMs = 45 * 24 * 3_600_000;

/** Whether a stretch has an end that is believed: one of none, or of a length no support is closed for, may be a slip. */
export function endsBelievably({ fromMs, toMs }: Pick<StateSpan, 'fromMs' | 'toMs'>): boolean {
  return toMs - fromMs <= furthestEndMs;
}

/**
 * The state now: the portal's own word before the calendar (R-HOURS-3, R-HOURS-4). A closing without a named end holds until an
 * answer ends it, and is then said without an end, as one is whose end lies too far off; one whose end has passed says nothing any more.
 */
export function stateBy(
  word: PortalReportedState,
  instantMs: number,
  calendar: PortalCalendar,
  told: Announced,
): StateSpan {
  const planned = stateAt(instantMs, calendar, told);
  if (word.mode === 'open') return planned;
  const state = word.mode === 'read-only' ? 'read-only' : 'unreachable';
  const namedMs = word.until === null ? Number.NaN : Date.parse(word.until);
  const untilMs = namedMs - instantMs > furthestEndMs ? Number.NaN : namedMs;
  if (untilMs <= instantMs) return planned;
  // The announcement and the answer agree: the announcement knows the reason.
  if (planned.state === state && !(untilMs > planned.toMs)) return planned;
  return {
    fromMs: instantMs,
    toMs: Number.isNaN(untilMs) ? Number.POSITIVE_INFINITY : untilMs,
    state,
    why: { kind: 'portal-says' },
  };
}
