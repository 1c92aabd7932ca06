import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { type Pace, paceKept, paceNow, restLeftMs } from '../../shared/flows/pace.ts';
import { retryLimits } from '../../shared/flows/retry.ts';
import type { Clock } from '../platform/clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { NumberProof } from '../store/number-proof.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { PaceRepository } from '../store/pace-repository.ts';
import type { AskedRest, BackoffTimers } from './backoff-timers.ts';

export type KeptPaceParts = {
  readonly clock: Clock;
  readonly outbox: Pick<OutboxRepository, 'open' | 'update'>;
  readonly pace: PaceRepository;
  readonly tickets: Pick<NumberProof, 'numberTrust'>;
  readonly link: Pick<PortalLink, 'key'>;
  readonly transactInRow: <T>(work: () => T) => T;
  readonly log: (error: unknown) => string;
};

const wallMs = (clock: Clock): number => Date.parse(clock.instant());
const restName = (link: Pick<PortalLink, 'key'>): string => `${link.key()} outbox`;

/** True when nothing moves the item any more but a person, or news that contradict its number. */
export function isSettled({ state }: OutboxItem): boolean {
  return state === 'accepted' || state === 'rejected';
}

/** True for a settled creation whose number nobody proved: the portal may be asked for it again, and its tries go on counting (P3). */
export function mayReopen(
  { tickets }: Pick<KeptPaceParts, 'tickets'>,
  { work, state, ticketId }: OutboxItem,
): boolean {
  return work.kind === 'create-ticket' && state === 'accepted' && tickets.numberTrust(ticketId) !== 'proven';
}

/** Stores how an item was tried so far; in the same transaction as what it is tried for, and after it. */
export function keepPace(
  parts: Pick<KeptPaceParts, 'clock' | 'pace' | 'tickets'>,
  times: BackoffTimers,
  item: OutboxItem,
): void {
  const { clock, pace } = parts;
  const now = times.paceOf(item.id);
  const isKept =
    (!isSettled(item) || mayReopen(parts, item)) && (now.triedAgoMs.length > 0 || now.restMs > 0);
  pace.keepOfItem(item.id, isKept ? paceKept(now, wallMs(clock)) : null);
}

/** Stores that the portal wants everything to rest, or wants it no more; a disk that refuses is told, for the rest itself stands. */
export function keepAskedRest(
  parts: Pick<KeptPaceParts, 'clock' | 'pace' | 'link' | 'log'>,
  rest: AskedRest,
): void {
  try {
    const kept = rest === null ? null : { untilMs: wallMs(parts.clock) + rest.waitMs, reason: rest.reason };
    parts.pace.keepRest(restName(parts.link), kept);
  } catch (error) {
    parts.log(error);
  }
}

/** How long an item still waits by what was stored, in milliseconds, an hour at most: a clock that was set back keeps nothing for days. */
export function storedWaitMs(
  { nextTryAt, state, absentLookups }: OutboxItem,
  nowMs: number,
  gapMs: number,
): number {
  // A first empty look-up may have been a moment ago, whatever the clock says now.
  const leastMs = state === 'unknown' && absentLookups > 0 ? gapMs : 0;
  return Math.max(leastMs, nextTryAt === null ? 0 : restLeftMs(Date.parse(nextTryAt), nowMs));
}

/**
 * At a start, before anything is tried: how everything was tried before it (P2, P3). What the clock of today makes look as if it lay
 * ahead is written anew, so that starts that follow one another do not prolong it each time.
 */
export function recallPace(parts: KeptPaceParts, times: BackoffTimers): void {
  const { clock, outbox, pace, transactInRow } = parts;
  const nowMs = wallMs(clock);
  const isAhead = ({ triedAtMs, restUntilMs }: Pace): boolean =>
    triedAtMs.some((at) => at > nowMs) || (restUntilMs ?? 0) > nowMs + retryLimits.retryAfterCapMs;
  transactInRow(() => {
    for (const { id, pace: kept } of pace.ofSettled()) {
      const now = paceNow(kept, nowMs);
      if (now.triedAgoMs.length > 0 || now.restMs > 0) times.recall(id, now);
      else pace.keepOfItem(id, null);
    }
    for (const item of outbox.open()) {
      const kept = pace.ofItem(item.id);
      if (kept !== null) {
        times.recall(item.id, paceNow(kept, nowMs));
        if (isAhead(kept)) keepPace(parts, times, item);
      }
      if (item.nextTryAt !== null && Date.parse(item.nextTryAt) > nowMs + retryLimits.retryAfterCapMs)
        outbox.update({ ...item, nextTryAt: new Date(nowMs + retryLimits.retryAfterCapMs).toISOString() });
    }
    recallAllWait(parts, times);
  });
}

/** The rest that the portal in use asked for, at a start or whenever it was in use last. */
export function recallAllWait(
  { clock, pace, link }: Pick<KeptPaceParts, 'clock' | 'pace' | 'link'>,
  times: BackoffTimers,
): void {
  const nowMs = wallMs(clock);
  const rest = pace.rest(restName(link));
  const leftMs = rest === null ? 0 : restLeftMs(rest.untilMs, nowMs);
  times.recallAllWait(leftMs, leftMs > 0 ? (rest?.reason ?? null) : null);
  if (rest !== null && nowMs + leftMs !== rest.untilMs)
    pace.keepRest(restName(link), leftMs > 0 ? { ...rest, untilMs: nowMs + leftMs } : null);
}
