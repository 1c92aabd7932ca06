/** How long a removed draft can be restored, in days. */
export const removedDays = 30;

const dayMs = 24 * 3_600_000;

/** From when a draft removed at `removedAtMs` may go for good, in milliseconds. */
export function goesForGoodMs(removedAtMs: number): number {
  return removedAtMs + removedDays * dayMs;
}
