import { type Attempt, attemptsOf } from './attempts.ts';
import { failureOf, type FailureTold } from './failure-messages.ts';
import { withoutStamp } from './line-stamp.ts';
import { lastLines } from './text-lines.ts';

/** A line of a LOG that tells of a failure, as the tool wrote it. */
export type FailureLine = {
  /** The message without the time in front, at most 300 characters. */
  readonly errorText: string;
  /** Zero-based line among the last lines of the text it was found in (`lastLines`). */
  readonly line: number;
};

/** A LOG as it is looked through for what broke: its last lines, its attempts, and the failure that is its last. */
export type ReadLog = {
  readonly lines: readonly string[];
  readonly attempts: readonly Attempt[];
  readonly failure: FailureLine | null;
};

/** The line of the failure that is the last of all, or null. */
function lastFailed(attempts: readonly Attempt[], told: readonly FailureTold[]): number | null {
  for (const { from, to } of attempts.toReversed()) {
    // Within the attempt only: a LOG of nothing but beginnings has as many attempts as lines.
    const here = told.slice(from, to + 1);
    const last = (['known', 'general'] as const).map((kind) => here.lastIndexOf(kind)).find((at) => at >= 0);
    if (last !== undefined) return from + last;
  }
  return null;
}

/**
 * Looks a LOG through once. Within an attempt a known message wins over a general "error" after it, because tools often close with a line
 * that only repeats that something went wrong; an attempt that failed later wins over both.
 */
export function readLog(text: string): ReadLog {
  const lines = lastLines(text);
  const told = lines.map(failureOf);
  const attempts = attemptsOf(lines, told);
  const line = lastFailed(attempts, told);
  const failure = line === null ? null : { errorText: withoutStamp(lines[line] ?? '').slice(0, 300), line };
  return { lines, attempts, failure };
}

/** The last failure a text tells of, or null. */
export function lastFailure(text: string): FailureLine | null {
  return readLog(text).failure;
}
