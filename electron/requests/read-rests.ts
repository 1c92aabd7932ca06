import { restLeftMs } from '../../shared/flows/pace.ts';
import { retryLimits } from '../../shared/flows/retry.ts';
import type { Clock } from '../platform/clock.ts';
import type { PortalOutcome } from '../portal/port.ts';
import type { PaceRepository } from '../store/pace-repository.ts';

/** Least rest after an answer that asked for one, in milliseconds: `Retry-After: 0` is no leave to hammer. */
const leastRestMs = 1_000;

export type ReadRests = {
  /**
   * Asks one question, and keeps the rest its answer asks for (P2): between a second and an hour. Any other answer ends the rest. Null
   * within a rest, and where `isWanted` says so when the answer is there: then nothing is kept of it.
   */
  readonly ask: <T>(
    name: string,
    question: () => Promise<PortalOutcome<T>>,
    isWanted: () => boolean,
  ) => Promise<PortalOutcome<T> | null>;
  /** How long this is not to be asked for, in milliseconds; 0: it may be. */
  readonly restMs: (name: string) => number;
};

export type ReadRestsParts = {
  readonly clock: Clock;
  readonly pace: Pick<PaceRepository, 'rest' | 'keepRest'>;
  /** False for questions that are asked at each start, whatever was asked for before it. */
  readonly outlivesStart: (name: string) => boolean;
};

/**
 * How long the portal wants to be left alone, one question like the other. By monotonic time: a PC clock that is set changes nothing
 * (CLOCK-1). From one start to the next by the PC's clock, and never longer than an hour.
 */
export function readRests({ clock, pace, outlivesStart }: ReadRestsParts): ReadRests {
  const untilMs = new Map<string, number>();
  const keep = (name: string, restMs: number): void => {
    if (outlivesStart(name))
      pace.keepRest(
        name,
        restMs > 0 ? { untilMs: Date.parse(clock.instant()) + restMs, reason: null } : null,
      );
  };
  /** What is left of a rest from before this start; 0 as well where the store cannot be read, which others tell. */
  const recalledMs = (name: string): number => {
    if (!outlivesStart(name)) return 0;
    try {
      const kept = pace.rest(name);
      if (kept === null) return 0;
      const nowMs = Date.parse(clock.instant());
      const leftMs = restLeftMs(kept.untilMs, nowMs);
      // A clock set back must not prolong it with each start.
      if (nowMs + leftMs !== kept.untilMs) keep(name, leftMs);
      return leftMs;
    } catch {
      return 0;
    }
  };
  const restMs = (name: string): number => {
    if (!untilMs.has(name)) {
      const leftMs = recalledMs(name);
      untilMs.set(name, leftMs > 0 ? clock.monotonicMs() + leftMs : 0);
    }
    return Math.max(0, (untilMs.get(name) ?? 0) - clock.monotonicMs());
  };
  const note = (name: string, outcome: PortalOutcome<unknown>): void => {
    const asked = outcome.kind === 'done' ? null : (outcome.retryAfterMs ?? null);
    const wasAsked = (untilMs.get(name) ?? 0) > 0;
    const nextMs = asked === null ? 0 : Math.min(Math.max(leastRestMs, asked), retryLimits.retryAfterCapMs);
    untilMs.set(name, nextMs > 0 ? clock.monotonicMs() + nextMs : 0);
    if (nextMs > 0 || wasAsked) keep(name, nextMs);
  };
  return {
    restMs,
    ask: async (name, question, isWanted) => {
      if (restMs(name) > 0) return null;
      const outcome = await question();
      if (!isWanted()) return null;
      note(name, outcome);
      return outcome;
    },
  };
}
