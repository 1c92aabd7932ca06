import { performance } from 'node:perf_hooks';
import { absentGapMs } from '../../../shared/flows/outbox-flow.ts';

/** What was seen of one file while the program runs. */
type Seen = {
  refusals: number;
  absences: number;
  lastAbsentMs: number;
  unbooked: number;
  contradictions: number;
  lastContradictedMs: number;
};

export type UploadMemory = {
  /** A kept address was refused, or met a fault of the server; true when that was so often enough for it to be given up. */
  readonly refused: (reference: string, isFault?: boolean) => boolean;
  /**
   * Every byte may be on the portal, its address is gone, and the look-up knows of no file; true when that was so twice, `bookingGapMs`
   * apart. `before`: it was so once before the program started, nobody knows when, so the gap is counted from the start.
   */
  readonly absent: (reference: string, before?: boolean) => boolean;
  /** The portal has every byte and names no file; true when that was so too often to go on asking. */
  readonly unbooked: (reference: string) => boolean;
  /**
   * The portal named another file, or another ticket, under our reference; true when it did so often enough to be believed, each time
   * a gap after the one before: one odd answer gives no file up.
   */
  readonly contradicted: (reference: string) => boolean;
  readonly forget: (reference: string) => void;
};

/** Times a kept address may be refused before the file is announced afresh; a server may mend its own fault, so that it has longer. */
const refusalsAllowed = 3;
const faultsAllowed = 8;
const absencesNeeded = 2;
/**
 * Least time between two looks that find no file whose last byte may have arrived: a portal may take minutes to look a file through
 * before it books it, and sent anew it would stand on the ticket twice. In milliseconds.
 */
export const bookingGapMs = 15 * 60_000;
/** Looks for a complete file that the portal does not name: with the waits between them, well over an hour. */
const unbookedAllowed = 12;
/** Times a portal must say that what it has is not ours, before a person is to decide. */
const contradictionsNeeded = 3;

/**
 * Bounds for what a portal says of uploads again and again.
 * @param gapMs least time between two answers of one kind that count, in milliseconds; left out, `bookingGapMs` for a file that is
 *   absent and the gap of the queue's look-ups for the rest
 * @param runningMs monotonic, in milliseconds
 * @param absentMs least time between two absences that count, in milliseconds: a portal must have booked within it
 */
export function uploadMemory(
  gapMs?: number,
  runningMs: () => number = () => performance.now(),
  absentMs: number = gapMs ?? bookingGapMs,
): UploadMemory {
  const contradictedMs = gapMs ?? absentGapMs;
  const seen = new Map<string, Seen>();
  const startedMs = runningMs();
  const of = (reference: string): Seen => {
    const never = Number.NEGATIVE_INFINITY;
    const known = seen.get(reference) ?? {
      refusals: 0,
      absences: 0,
      lastAbsentMs: never,
      unbooked: 0,
      contradictions: 0,
      lastContradictedMs: never,
    };
    seen.set(reference, known);
    return known;
  };
  return {
    refused: (reference, isFault = false) => {
      const known = of(reference);
      known.refusals += 1;
      return known.refusals >= (isFault ? faultsAllowed : refusalsAllowed);
    },
    absent: (reference, before = false) => {
      const known = of(reference);
      if (before && known.absences === 0) {
        known.absences = 1;
        known.lastAbsentMs = startedMs;
      }
      if (runningMs() - known.lastAbsentMs < absentMs) return false;
      known.lastAbsentMs = runningMs();
      known.absences += 1;
      return known.absences >= absencesNeeded;
    },
    unbooked: (reference) => {
      const known = of(reference);
      known.unbooked += 1;
      return known.unbooked >= unbookedAllowed;
    },
    contradicted: (reference) => {
      const known = of(reference);
      if (runningMs() - known.lastContradictedMs < contradictedMs)
        return known.contradictions >= contradictionsNeeded;
      known.lastContradictedMs = runningMs();
      known.contradictions += 1;
      return known.contradictions >= contradictionsNeeded;
    },
    forget: (reference) => {
      seen.delete(reference);
    },
  };
}
