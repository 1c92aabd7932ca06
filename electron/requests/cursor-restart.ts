import type { Clock } from '../platform/clock.ts';
import type { PortalOutcome } from '../portal/port.ts';

/** Least time between two new beginnings with one portal, in milliseconds: all its news are read again each time. */
export const restartGapMs = 60 * 60_000;
/** The same where one entry behind the cursor cannot be had: perhaps it is the cursor, and it most likely is not. */
export const unreadableGapMs = 24 * restartGapMs;

/** What a portal may answer to a cursor it gave once and knows no more. */
const refusals: ReadonlySet<unknown> = new Set([400, 404, 410, 422]);

/** True for the portal's own word, for good, against what was asked: behind a kept cursor, against that cursor. */
export function isCursorRefused(outcome: PortalOutcome<unknown>): boolean {
  return (
    outcome.kind === 'refused' && outcome.retry === 'never' && refusals.has(outcome.error.params['status'])
  );
}

/** Where one look reads on. */
export type LookCursor = {
  /** The kept cursor, or null: from the beginning. */
  readonly current: () => string | null;
  /**
   * True where the kept cursor is left: ask again. It was refused, or (`isUnreadable`) not one entry can be had behind it. What was read
   * before is recognised when it comes again.
   */
  readonly isLeft: (outcome: PortalOutcome<unknown>, isUnreadable: boolean) => boolean;
  /** A page came: its own cursor is the kept one. */
  readonly gotPage: () => void;
};

/**
 * Begins looks with their cursor. A kept one that is refused is left, at most once in a look, and not for an hour after a beginning the
 * portal itself answered; one behind which nothing can be had, not for a day. By monotonic time: a PC clock that is set changes nothing (CLOCK-1).
 */
export function cursorRestarts(clock: Clock): (recipient: string, kept: () => string | null) => LookCursor {
  const begunMs = new Map<string, number>();
  return (recipient, kept) => {
    let hasRestarted = false;
    let isAnew = false;
    const answered = (): void => {
      if (isAnew) begunMs.set(recipient, clock.monotonicMs());
      isAnew = false;
    };
    return {
      current: () => (isAnew ? null : kept()),
      isLeft: (outcome, isUnreadable) => {
        if (!isUnreadable && !isCursorRefused(outcome)) return false;
        const gapMs = isUnreadable ? unreadableGapMs : restartGapMs;
        const rested = clock.monotonicMs() - (begunMs.get(recipient) ?? Number.NEGATIVE_INFINITY) >= gapMs;
        answered();
        if (hasRestarted || !rested || kept() === null) return false;
        [hasRestarted, isAnew] = [true, true];
        return true;
      },
      gotPage: answered,
    };
  };
}
