/** A PC clock further off than this is told and corrected for, in milliseconds; below it the `Date` header's own second counts for more. */
export const clockOffsetLimitMs = 120_000;

/**
 * True when the PC's clock disagrees with the portal's by more than can be chance (COMPLAINT-13). `offsetMs` is portal minus PC; null
 * unknown.
 */
export function isClockWrong(offsetMs: number | null): boolean {
  return offsetMs !== null && Math.abs(offsetMs) > clockOffsetLimitMs;
}

/** What the portal's answers said of the time so far. `offsetMs`: portal minus PC by the last answer that is believed; null: none is. */
export type HeardTime = {
  readonly offsetMs: number | null;
  /** A time far from the PC's was named, and no later answer bears it out yet. */
  readonly isInDoubt: boolean;
  /** The portal's time minus running time, believed and not yet; in milliseconds. */
  readonly trustedApartMs: number | null;
  readonly suspectApartMs: number | null;
  /** The PC's time minus running time when the portal's was believed last, in milliseconds. */
  readonly pcApartMs: number | null;
  /** Running time of the first of the answers that name the time not believed yet, in milliseconds. */
  readonly suspectSinceMs: number | null;
  /** Times named in a row that are not believed, those that agree with one another counted once. */
  readonly suspects: number;
};

export const nothingHeard: HeardTime = {
  offsetMs: null,
  isInDoubt: false,
  trustedApartMs: null,
  suspectApartMs: null,
  pcApartMs: null,
  suspectSinceMs: null,
  suspects: 0,
};

/** No portal of this contract is older, and none is asked this late. */
const plausibleMs = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2100, 0, 1) } as const;
/** Times of which no two agree: then nobody knows better than the PC. */
const mostSuspects = 3;
/**
 * How long a portal must keep to a time that left the one agreed on, while the PC's own clock ran on evenly: it is the portal's clock that
 * jumped, and two hasty answers of a wrong one must not shift hours. In milliseconds.
 */
export const jumpedPortalMs = 10 * 60_000;
/**
 * How long the answers must keep to a time far from the PC's where nobody ever bore the PC's out: two answers of one moment have one cause,
 * such as something on the way that keeps an old answer. In milliseconds.
 */
export const borneOutMs = 30_000;
/** A time that runs stays this near to running time, in milliseconds: a second of the header, and a slow line. One that stands does not. */
const evenlyMs = 10_000;

/** Whether a time the portal named is the PC's own, or the one its answers named before. */
export function agreesWith(before: HeardTime, portalMs: number, pcMs: number, runningMs: number): boolean {
  const { trustedApartMs } = before;
  return (
    !isClockWrong(portalMs - pcMs) ||
    (trustedApartMs !== null && !isClockWrong(portalMs - runningMs - trustedApartMs))
  );
}

/**
 * One more answer of the portal, with the time it named. A time that agrees with the PC's is believed at once; one that does not, only
 * when the answers keep to it for `keptMs`, for neither one wrong `Date` nor two of one moment may shift hours; and where a time was
 * agreed on and the PC's clock ran on evenly since, for `jumpedPortalMs`, while what was agreed on holds. `portalMs` null: it named none
 * that can be read. `runningMs` is monotonic.
 */
export function heardTime(
  before: HeardTime,
  portalMs: number | null,
  pcMs: number,
  runningMs: number,
  keptMs: number = borneOutMs,
): HeardTime {
  if (portalMs === null || portalMs < plausibleMs.from || portalMs >= plausibleMs.to)
    return { ...before, offsetMs: null, isInDoubt: false };
  const apartMs = portalMs - runningMs;
  const offsetMs = portalMs - pcMs;
  const pcApartMs = pcMs - runningMs;
  const isRepeated = before.suspectApartMs !== null && Math.abs(apartMs - before.suspectApartMs) <= evenlyMs;
  // The first one's stays: beside each last one a time that stands would pass for one that runs.
  const suspectApartMs = isRepeated ? before.suspectApartMs : apartMs;
  const suspectSinceMs = isRepeated && before.suspectSinceMs !== null ? before.suspectSinceMs : runningMs;
  const hasPortalJumped = before.pcApartMs !== null && !isClockWrong(pcApartMs - before.pcApartMs);
  const isBorneOut = isRepeated && runningMs - suspectSinceMs >= (hasPortalJumped ? jumpedPortalMs : keptMs);
  if (isBorneOut || agreesWith(before, portalMs, pcMs, runningMs))
    return {
      offsetMs,
      isInDoubt: false,
      trustedApartMs: apartMs,
      suspectApartMs: null,
      pcApartMs,
      suspectSinceMs: null,
      suspects: 0,
    };
  const suspects = isRepeated ? before.suspects : before.suspects + 1;
  const isInDoubt = !hasPortalJumped && suspects < mostSuspects;
  return { ...before, offsetMs: null, isInDoubt, suspectApartMs, suspectSinceMs, suspects };
}

/** The instant by the portal's clock, in milliseconds, where the PC's is wrong; else the PC's own (R-HOURS-1). */
export function correctedMs(pcMs: number, offsetMs: number | null): number {
  return offsetMs !== null && isClockWrong(offsetMs) ? pcMs + offsetMs : pcMs;
}
