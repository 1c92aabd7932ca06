/** Limits of RELIABILITY-SECURITY section 6, in milliseconds. */
export const retryLimits = {
  baseMs: 2_000,
  capMs: 15 * 60_000,
  retryAfterCapMs: 60 * 60_000,
  quickTries: 4,
  slowFloorMs: 8 * 60_000,
} as const;

/**
 * How long to wait before the next try, in milliseconds. A Retry-After from the portal wins, capped at one hour (P2). Else full
 * jitter: `random` (0 to 1) of the doubled base, capped at 15 min. After four quick tries a floor of 8 min holds, so that even
 * with the unluckiest jitter one item is tried at most 12 times in any hour (4 + 60 / 8).
 */
export function retryDelayMs(attempts: number, retryAfterMs: number | null, random: number): number {
  if (retryAfterMs !== null && retryAfterMs >= 0) return Math.min(retryAfterMs, retryLimits.retryAfterCapMs);
  const ceiling = Math.min(retryLimits.capMs, retryLimits.baseMs * 2 ** Math.min(attempts, 30));
  const jittered = Math.round(random * ceiling);
  return attempts > retryLimits.quickTries ? Math.max(retryLimits.slowFloorMs, jittered) : jittered;
}
