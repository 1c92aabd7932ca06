import { retryLimits } from '../../shared/flows/retry.ts';
import type { Clock } from '../platform/clock.ts';
import type { PortalOutcome } from '../portal/port.ts';

/** Least rest after an answer that asked for one, in milliseconds: `Retry-After: 0` is no leave to hammer. */
const leastRestMs = 1_000;

export type ReadRests = {
  /**
   * Asks one question, and keeps the rest its answer asks for (P2): between a second and an hour. Any other answer ends the rest. Null
   * within a rest, and where `isWanted` says so when the answer is there: then nothing is kept of it.
   */
  readonly ask: <T>(name: string, question: () => Promise<PortalOutcome<T>>, isWanted: () => boolean) => Promise<PortalOutcome<T> | null>;
  /** How long this is not to be asked for, in milliseconds; 0: it may be. */
  readonly restMs: (name: string) => number;
};

/**
 * How long the portal wants to be left alone, one question like the other. By monotonic time: a PC clock that is set changes nothing
 * (CLOCK-1).
 */
export function readRests(clock: Clock): ReadRests {
  const untilMs = new Map<string, number>();
  const restMs = (name: string): number => Math.max(0, (untilMs.get(name) ?? 0) - clock.monotonicMs());
  const note = (name: string, outcome: PortalOutcome<unknown>): void => {
    const asked = outcome.kind === 'done' ? null : (outcome.retryAfterMs ?? null);
    if (asked === null) untilMs.delete(name);
    else untilMs.set(name, clock.monotonicMs() + Math.min(Math.max(leastRestMs, asked), retryLimits.retryAfterCapMs));
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
