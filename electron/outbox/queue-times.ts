import type { AppError } from '../../shared/domain/app-error.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { holdAfter, noHold, type QueueHold } from '../../shared/flows/queue-hold.ts';
import type { Clock } from '../platform/clock.ts';

type Id = OutboxItem['id'];

/** Whose turn has not come yet, and how long everything rests. By monotonic time alone: a changed PC clock neither hurries nor delays a retry (T1). */
export type QueueTimes = {
  readonly isDue: (id: Id) => boolean;
  /** One item rests for so long, in milliseconds; null: it is due whenever its turn comes. */
  readonly wait: (id: Id, waitMs: number | null) => void;
  readonly isResting: () => boolean;
  /** Why everything rests, or null. */
  readonly restReason: () => AppError | null;
  /** The failure that holds the queue, whether or not its time is over. */
  readonly held: () => AppError | null;
  /** Everything rests for so long, whatever the reason. */
  readonly rest: (waitMs: number) => void;
  /** One more failure; what speaks against the portal holds everything. `retryAfterMs` as the portal said, `chance` 0 to 1. */
  readonly failed: (error: AppError, retryAfterMs: number | null, chance: number) => void;
  /** Something went well: failures are counted anew. */
  readonly succeeded: () => void;
  /** While everything rests, this item rests no longer than that: who met the closed door first must not come last (R-TICKET-2). */
  readonly restWithAll: (id: Id) => void;
  /** When something becomes due next, in monotonic milliseconds; infinite when nothing will by itself. */
  readonly nextMs: () => number;
};

export function queueTimes(clock: Clock): QueueTimes {
  const dueAtMs = new Map<Id, number>();
  let hold: QueueHold = noHold;
  let restUntilMs = 0;
  const isResting = (): boolean => restUntilMs > clock.monotonicMs();
  const rest = (waitMs: number): void => {
    restUntilMs = clock.monotonicMs() + waitMs;
  };
  return {
    isDue: (id) => (dueAtMs.get(id) ?? 0) <= clock.monotonicMs(),
    wait: (id, waitMs) => {
      if (waitMs === null) dueAtMs.delete(id);
      else dueAtMs.set(id, clock.monotonicMs() + waitMs);
    },
    isResting,
    restReason: () => (isResting() ? (hold.hold?.reason ?? null) : null),
    held: () => hold.hold?.reason ?? null,
    rest,
    failed: (error, retryAfterMs, chance) => {
      hold = holdAfter(hold, error, retryAfterMs, chance);
      if (hold.hold !== null) rest(hold.hold.waitMs);
    },
    succeeded: () => {
      hold = noHold;
    },
    restWithAll: (id) => {
      const dueMs = dueAtMs.get(id);
      if (hold.hold !== null && dueMs !== undefined) dueAtMs.set(id, Math.min(dueMs, restUntilMs));
    },
    nextMs: () => {
      const now = clock.monotonicMs();
      return restUntilMs > now ? restUntilMs : Math.min(...[...dueAtMs.values()].filter((at) => at > now), Number.POSITIVE_INFINITY);
    },
  };
}
