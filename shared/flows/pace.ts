import { z } from 'zod';
import { retryLimits } from './retry.ts';

const hourMs = 3_600_000;

/** How an item was tried lately, in a form that outlives the program: epoch milliseconds of the PC's clock. */
export const paceSchema = z.object({
  triedAtMs: z.array(z.number()).max(retryLimits.triesAnHour),
  restUntilMs: z.number().nullable(),
});
export type Pace = z.infer<typeof paceSchema>;

/** The same seen from now, in milliseconds: how long ago each try was, oldest first, and how long the portal is still to be left alone. */
export type PaceNow = { readonly triedAgoMs: readonly number[]; readonly restMs: number };

/** What is left of a rest that lasts until then, in milliseconds: never longer than a portal may ask for, wherever a clock stood. */
export function restLeftMs(untilMs: number, nowMs: number): number {
  return Math.min(Math.max(0, untilMs - nowMs), retryLimits.retryAfterCapMs);
}

/**
 * A pace that was kept, read at `nowMs` of a clock that may have been set meanwhile. A try that seems to lie ahead counts as made now, so
 * that a clock set back delays an item by an hour at most and never lets it go more often; a clock set forward makes it look as if the PC
 * had been off for so long, after which an item goes on with its long waits.
 */
export function paceNow({ triedAtMs, restUntilMs }: Pace, nowMs: number): PaceNow {
  const triedAgoMs = triedAtMs.map((at) => Math.max(0, nowMs - at)).filter((ago) => ago < hourMs);
  return {
    triedAgoMs: triedAgoMs.toSorted((a, b) => b - a),
    restMs: restUntilMs === null ? 0 : restLeftMs(restUntilMs, nowMs),
  };
}

/** A pace as it is kept; the newest tries, as many as may be made in an hour. */
export function paceKept({ triedAgoMs, restMs }: PaceNow, nowMs: number): Pace {
  const triedAtMs = triedAgoMs.slice(-retryLimits.triesAnHour).map((ago) => Math.round(nowMs - ago));
  return { triedAtMs, restUntilMs: restMs > 0 ? Math.round(nowMs + restMs) : null };
}
