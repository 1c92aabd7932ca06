import type { AppError } from '../../shared/domain/app-error.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { PaceNow } from '../../shared/flows/pace.ts';
import {
  concernsAll,
  waitAfter,
  isClosing,
  needsPerson,
  noWait,
  type QueueWait,
} from '../../shared/flows/queue-wait.ts';
import { retryLimits } from '../../shared/flows/retry.ts';
import type { Clock } from '../platform/clock.ts';

type Id = OutboxItem['id'];

/** A wait of everything: why, and for how long yet, in milliseconds. */
export type AllWait = { readonly reason: AppError; readonly leftMs: number };

/**
 * Whose turn has not come yet, and how long everything waits. By monotonic time alone: a changed PC clock neither hurries nor delays a
 * retry (CLOCK-1).
 */
export type BackoffTimers = {
  readonly isDue: (id: Id) => boolean;
  /** One item waits for so long, in milliseconds, or longer where it was tried too often; null: it is due whenever its turn comes. */
  readonly wait: (id: Id, waitMs: number | null) => void;
  /** One item that waits already waits no longer than that, in milliseconds. */
  readonly atMost: (id: Id, waitMs: number) => void;
  /** So long, in milliseconds, or longer where it was tried too often. */
  readonly spaced: (id: Id, waitMs: number) => number;
  /** The portal is asked about this item now: never less than a second after the time before, and at most 12 times an hour (P3). */
  readonly tried: (id: Id) => void;
  /** The portal asked, with its answer about this item, to be left alone for so long, in milliseconds, an hour at most (P2). */
  readonly askedToRest: (id: Id, restMs: number) => void;
  /** How long the portal still wants no question about it, in milliseconds. */
  readonly askedRestMs: (id: Id) => number;
  /** Whether it may be tried now, however long it was to wait of our own making. */
  readonly mayTry: (id: Id) => boolean;
  /** It is due as soon as it may be tried. */
  readonly hurry: (id: Id) => void;
  /** How it was tried, for the next start of the program. */
  readonly paceOf: (id: Id) => PaceNow;
  /** How it was tried before this start. */
  readonly recall: (id: Id, pace: PaceNow) => void;
  /** It is settled: nothing is remembered of it. */
  readonly forget: (id: Id) => void;
  /** It is settled for now, and may be asked about again: how it was tried goes on counting. */
  readonly settledForNow: (id: Id) => void;
  /** The person wants it tried now: how often it was tried before counts no more. */
  readonly pardon: (id: Id) => void;
  readonly areAllWaiting: () => boolean;
  /** Why everything waits and for how long yet, in milliseconds; null while nothing waits for a failure's sake. */
  readonly allWait: () => AllWait | null;
  /** The failure for which the queue waits, whether or not its time is over. */
  readonly waitsFor: () => AppError | null;
  /** Everything waits for so long at least, in milliseconds, whatever the reason. */
  readonly waitAll: (waitMs: number) => void;
  /** Everything waits for so long and no longer, whatever was asked before. */
  readonly waitAllAnew: (waitMs: number) => void;
  /** How long everything waits as the portal in use asked for, before this start or before it was left; nothing else keeps it waiting. */
  readonly recallAllWait: (waitMs: number, reason: AppError | null) => void;
  /**
   * One more failure; for what speaks against the portal everything waits. A failure of the item's own renews no wait that stood before.
   * `retryAfterMs` as the portal said, `chance` 0 to 1. `goesOn`: something else is to be tried at once, so nothing waits yet but for
   * what the portal itself asked for, or only the person ends.
   */
  readonly failed: (error: AppError, retryAfterMs: number | null, chance: number, goesOn?: boolean) => void;
  /** Something went well: failures are counted anew. */
  readonly succeeded: () => void;
  /** While everything waits, this item waits no longer than that: who met the closed gate first must not come last (R-TICKET-2). */
  readonly waitWithAll: (id: Id) => void;
  /**
   * When something becomes due next, in monotonic milliseconds; infinite when nothing will by itself. What became due after the look at
   * `sinceMs` counts, though it be due already: that look did not see it.
   */
  readonly nextMs: (sinceMs: number) => number;
};

const hourMs = 3_600_000;

/** A rest of everything that the portal asked for; null: it is over. */
export type AskedRest = { readonly waitMs: number; readonly reason: AppError } | null;

/** How each item was tried, and until when the portal wants no question about it: what spaces its next try, whatever else it waits for. */
function itemPace(clock: Clock, leastApartMs: number) {
  /** When each item was tried in the last hour, oldest first. */
  const triesAtMs = new Map<Id, readonly number[]>();
  /** Until when the portal wants no question about an item. */
  const leftUntilMs = new Map<Id, number>();
  const mayAtMs = (id: Id): number => {
    const tries = triesAtMs.get(id) ?? [];
    const [first, last] = [tries.at(-retryLimits.triesAnHour), tries.at(-1)];
    return Math.max(
      tries.length < retryLimits.triesAnHour || first === undefined ? 0 : first + hourMs,
      (last ?? -leastApartMs) + leastApartMs,
    );
  };
  const askedRestMs = (id: Id): number => Math.max(0, (leftUntilMs.get(id) ?? 0) - clock.monotonicMs());
  return {
    spaced: (id: Id, waitMs: number): number => Math.max(waitMs, mayAtMs(id) - clock.monotonicMs()),
    askedRestMs,
    /** When an item may be tried by its own pace and by what the portal asked for, however long it was to wait of our own making. */
    freeAtMs: (id: Id): number => Math.max(mayAtMs(id), leftUntilMs.get(id) ?? 0),
    tried: (id: Id): void => {
      const now = clock.monotonicMs();
      triesAtMs.set(id, [...(triesAtMs.get(id) ?? []).filter((at) => at > now - hourMs), now]);
      leftUntilMs.delete(id);
    },
    askedToRest: (id: Id, restMs: number): void => {
      if (restMs > 0)
        leftUntilMs.set(id, clock.monotonicMs() + Math.min(restMs, retryLimits.retryAfterCapMs));
    },
    paceOf: (id: Id): PaceNow => {
      const now = clock.monotonicMs();
      return {
        triedAgoMs: (triesAtMs.get(id) ?? []).map((at) => now - at).filter((ago) => ago < hourMs),
        restMs: askedRestMs(id),
      };
    },
    recall: (id: Id, { triedAgoMs, restMs }: PaceNow): void => {
      const now = clock.monotonicMs();
      if (triedAgoMs.length > 0)
        triesAtMs.set(
          id,
          triedAgoMs.map((ago) => now - ago),
        );
      if (restMs > 0) leftUntilMs.set(id, now + restMs);
    },
    forget: (id: Id): void => {
      triesAtMs.delete(id);
      leftUntilMs.delete(id);
    },
    pardon: (id: Id): void => {
      leftUntilMs.delete(id);
      triesAtMs.set(id, (triesAtMs.get(id) ?? []).slice(-1));
    },
  };
}

/** @param onAskedRest told of what a restart must not forget */
export function backoffTimers(
  clock: Clock,
  onAskedRest: (rest: AskedRest) => void,
  leastApartMs: number = retryLimits.leastMs,
): BackoffTimers {
  const dueAtMs = new Map<Id, number>();
  const { spaced, freeAtMs, forget, ...pace } = itemPace(clock, leastApartMs);
  let wait: QueueWait = noWait;
  let allUntilMs = 0;
  const areAllWaiting = (): boolean => allUntilMs > clock.monotonicMs();
  const waitAll = (waitMs: number): void => {
    allUntilMs = Math.max(allUntilMs, clock.monotonicMs() + waitMs);
  };
  return {
    ...pace,
    atMost: (id, waitMs) => {
      const dueMs = dueAtMs.get(id);
      if (dueMs !== undefined) dueAtMs.set(id, Math.min(dueMs, clock.monotonicMs() + spaced(id, waitMs)));
    },
    spaced,
    mayTry: (id) => freeAtMs(id) <= clock.monotonicMs(),
    hurry: (id) => {
      const dueMs = dueAtMs.get(id);
      if (dueMs !== undefined) dueAtMs.set(id, Math.min(dueMs, Math.max(clock.monotonicMs(), freeAtMs(id))));
    },
    forget: (id) => {
      dueAtMs.delete(id);
      forget(id);
    },
    settledForNow: (id) => {
      dueAtMs.delete(id);
    },
    isDue: (id) => {
      const [now, dueMs] = [clock.monotonicMs(), dueAtMs.get(id) ?? freeAtMs(id)];
      // Came back without a step of the queue's own: when its turn comes is noted, so that somebody looks then.
      if (dueMs > now) dueAtMs.set(id, dueMs);
      return dueMs <= now;
    },
    wait: (id, waitMs) => {
      const restMs = spaced(id, waitMs ?? 0);
      if (waitMs === null && restMs <= 0) dueAtMs.delete(id);
      else dueAtMs.set(id, clock.monotonicMs() + restMs);
    },
    areAllWaiting,
    allWait: () =>
      wait.all === null || !areAllWaiting()
        ? null
        : { reason: wait.all.reason, leftMs: allUntilMs - clock.monotonicMs() },
    waitsFor: () => wait.all?.reason ?? null,
    waitAll,
    waitAllAnew: (waitMs) => {
      allUntilMs = clock.monotonicMs() + waitMs;
      onAskedRest(null);
    },
    recallAllWait: (waitMs, reason) => {
      allUntilMs = clock.monotonicMs() + waitMs;
      wait = reason === null ? noWait : { failures: 1, all: { reason, waitMs } };
    },
    failed: (error, retryAfterMs, chance, goesOn = false) => {
      wait = waitAfter(wait, error, retryAfterMs, chance);
      if (wait.all === null || !concernsAll(error)) return;
      if (goesOn && retryAfterMs === null && !isClosing(error) && !needsPerson(error)) return;
      // The portal's newest word about how long counts; a wait of our own making shortens none of the portal's.
      if (retryAfterMs === null) waitAll(wait.all.waitMs);
      else allUntilMs = clock.monotonicMs() + wait.all.waitMs;
      if (retryAfterMs !== null || isClosing(error))
        onAskedRest({ waitMs: allUntilMs - clock.monotonicMs(), reason: error });
    },
    succeeded: () => {
      wait = noWait;
    },
    waitWithAll: (id) => {
      const dueMs = dueAtMs.get(id);
      if (wait.all === null || dueMs === undefined || !areAllWaiting()) return;
      dueAtMs.set(id, Math.min(dueMs, Math.max(allUntilMs, freeAtMs(id))));
    },
    nextMs: (sinceMs) =>
      allUntilMs > sinceMs
        ? allUntilMs
        : Math.min(...[...dueAtMs.values()].filter((at) => at > sinceMs), Number.POSITIVE_INFINITY),
  };
}
