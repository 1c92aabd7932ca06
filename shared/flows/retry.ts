/** How often and how soon to try again, times in milliseconds (BOUND-RETRY). */
export const retryLimits = {
  baseMs: 2_000,
  capMs: 15 * 60_000,
  retryAfterCapMs: 60 * 60_000,
  quickTries: 4,
  slowFloorMs: 8 * 60_000,
  leastMs: 1_000,
  triesAnHour: 12,
} as const;

/**
 * How long to wait before the next try, in milliseconds. A longer Retry-After from the portal wins, capped at one hour (P2). Else full
 * jitter: `random` (0 to 1) of the doubled base, capped at 15 min. Two tries are never less than a second apart, and after four quick
 * ones never less than 8 min, so that even with the unluckiest jitter, or a portal that says "at once" each time, one item is tried at
 * most 12 times in any hour (4 + 60 / 8, P3).
 */
export function retryDelayMs(attempts: number, retryAfterMs: number | null, random: number): number {
  const leastMs = attempts > retryLimits.quickTries ? retryLimits.slowFloorMs : retryLimits.leastMs;
  if (retryAfterMs !== null && retryAfterMs >= 0)
    return Math.min(Math.max(leastMs, retryAfterMs), retryLimits.retryAfterCapMs);
  const ceiling = Math.min(retryLimits.capMs, retryLimits.baseMs * 2 ** Math.min(attempts, 30));
  return Math.max(leastMs, Math.round(random * ceiling));
}
