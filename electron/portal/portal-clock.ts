import type { Notice } from '../../shared/domain/notice.ts';
import { type Announced, announced } from '../../shared/rules/announcements.ts';
import { correctedMs } from '../../shared/calendar/clock-offset.ts';
import {
  accepts,
  acceptsFromMs,
  closuresAhead,
  dayLine,
  staffedFromMs,
  type PortalCalendar,
  type StateSpan,
} from '../../shared/rules/portal-hours.ts';
import { endsBelievably, stateBy } from '../../shared/rules/portal-reported-state.ts';
import type { Clock } from '../platform/clock.ts';
import { timingMs } from '../platform/failpoint.ts';
import type { PortalLink } from './portal-link.ts';

/** Why nothing new may be sent now, and for how long; `opensAtMs` null where no end is announced. */
export type ClosedGate = {
  readonly span: StateSpan;
  readonly nowMs: number;
  readonly opensAtMs: number | null;
};

export type PortalClock = {
  /** Now by the portal's clock where the PC's is more than two minutes off, in milliseconds. */
  readonly nowMs: () => number;
  readonly state: () => StateSpan;
  readonly dayLine: () => readonly StateSpan[];
  /** What keeps the portal closed on the days to come. */
  readonly closuresAhead: () => ReturnType<typeof closuresAhead>;
  /** When somebody answers from now on (R-HOURS-1), now where somebody does; null where nobody can tell. In milliseconds. */
  readonly staffedFromMs: () => number | null;
  /** Null while the portal takes what is sent. A closing the portal named no end for is no gate: the queue asks again by itself. */
  readonly gate: () => ClosedGate | null;
  /** False during announced maintenance: not even a look is taken (R-HOURS-4), but for the one that `syncSchedule` speaks of. */
  readonly mayLook: () => boolean;
  /** True during announced maintenance whose end nobody believes, or without one: only a look now and then can hear it taken back. */
  readonly mayLookRarely: () => boolean;
  readonly start: () => void;
  readonly stop: () => void;
};

export type PortalClockParts = {
  readonly clock: Clock;
  readonly link: PortalLink;
  readonly calendar: () => PortalCalendar;
  readonly notices: () => readonly Notice[];
  /** False where the portal is known to refuse outside staffed hours. */
  readonly sendsOutsideHours: () => boolean;
  /** The state, its reason or the day became another one by the passing of time. */
  readonly onChange: () => void;
};

/**
 * Longest time between two looks at the clock, in milliseconds: a PC that slept, or whose clock was set, is noticed within it
 * (CLOCK-1).
 */
export const clockLookMs = timingMs('CLOCK_LOOK_MS', 60_000);

/** Where opening hours, announcements, the portal's own word and its clock come together. Asks nobody; it only reads what is known. */
export function portalClock(parts: PortalClockParts): PortalClock {
  let seen: readonly Notice[] = [];
  let told: Announced = announced(seen);
  let timer: NodeJS.Timeout | undefined;
  let lastSeen: string | null = null;

  const announcements = (): Announced => {
    const notices = parts.notices();
    if (notices !== seen) {
      seen = notices;
      told = announced(notices);
    }
    return told;
  };
  const nowMs = (): number =>
    correctedMs(Date.parse(parts.clock.instant()), parts.link.reach().clockOffsetMs);
  const state = (): StateSpan => stateBy(parts.link.word(), nowMs(), parts.calendar(), announcements());
  const look = (): void => {
    const span = state();
    const day = dayLine(nowMs(), parts.calendar(), announcements());
    // The reason may change and the state stay, and at midnight another day is today.
    const seenNow = JSON.stringify([span.state, span.why, day[0]?.fromMs]);
    if (lastSeen !== null && seenNow !== lastSeen) parts.onChange();
    lastSeen = seenNow;
    const nextMs = Math.min(span.toMs, day.at(-1)?.toMs ?? Number.POSITIVE_INFINITY);
    timer = setTimeout(look, Math.max(50, Math.min(clockLookMs, nextMs - nowMs())));
  };
  return {
    nowMs,
    state,
    staffedFromMs: () => {
      const span = state();
      if (span.state === 'staffed') return nowMs();
      return Number.isFinite(span.toMs) ? staffedFromMs(span.toMs, parts.calendar(), announcements()) : null;
    },
    dayLine: () => dayLine(nowMs(), parts.calendar(), announcements()),
    closuresAhead: () => closuresAhead(nowMs(), parts.calendar(), announcements()),
    gate: () => {
      const span = state();
      const sends = parts.sendsOutsideHours();
      if (accepts(span.state, sends) || (span.why.kind === 'portal-says' && !Number.isFinite(span.toMs)))
        return null;
      return {
        span,
        nowMs: nowMs(),
        opensAtMs: Number.isFinite(span.toMs)
          ? acceptsFromMs(span.toMs, parts.calendar(), announcements(), sends)
          : null,
      };
    },
    mayLook: () => {
      const span = state();
      return span.state !== 'unreachable' || (span.why.kind === 'portal-says' && !Number.isFinite(span.toMs));
    },
    mayLookRarely: () => {
      const span = state();
      return span.state === 'unreachable' && span.why.kind === 'maintenance' && !endsBelievably(span);
    },
    start: () => {
      clearTimeout(timer);
      look();
    },
    stop: () => clearTimeout(timer),
  };
}
