/** A PC clock further off than this is told and corrected for, in milliseconds; below it the `Date` header's own second counts for more. */
export const clockOffsetLimitMs = 120_000;

/** True when the PC's clock disagrees with the portal's by more than can be chance (C13). `offsetMs` is portal minus PC; null unknown. */
export function isClockWrong(offsetMs: number | null): boolean {
  return offsetMs !== null && Math.abs(offsetMs) > clockOffsetLimitMs;
}

/** The instant by the portal's clock, in milliseconds, where the PC's is wrong; else the PC's own (R-HOURS-1). */
export function correctedMs(pcMs: number, offsetMs: number | null): number {
  return offsetMs !== null && isClockWrong(offsetMs) ? pcMs + offsetMs : pcMs;
}
