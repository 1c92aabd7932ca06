import { attemptsOf } from './attempts.ts';
import { failureOf } from './failure-messages.ts';
import { withoutStamp } from './line-stamp.ts';
import { lastLines } from './text-lines.ts';

/** A line of a LOG that tells of a failure, as the tool wrote it. */
export type FailureLine = {
  /** The message without the time in front, at most 300 characters. */
  readonly errorText: string;
  /** Zero-based line among the last lines of the text it was found in (`lastLines`). */
  readonly line: number;
};

/**
 * The last failure a text tells of, or null. Within an attempt a known message wins over a general "error" after it, because tools often
 * close with a line that only repeats that something went wrong; an attempt that failed later wins over both.
 */
export function lastFailure(text: string): FailureLine | null {
  const lines = lastLines(text);
  for (const { from, to } of attemptsOf(lines).toReversed()) {
    let general: number | null = null;
    for (let line = to; line >= from; line -= 1) {
      const kind = failureOf(lines[line] ?? '');
      if (kind === 'known') return failureAt(lines, line);
      if (kind === 'general') general ??= line;
    }
    if (general !== null) return failureAt(lines, general);
  }
  return null;
}

function failureAt(lines: readonly string[], line: number): FailureLine {
  return { errorText: withoutStamp(lines[line] ?? '').slice(0, 300), line };
}
