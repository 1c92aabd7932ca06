import type { ToolRefusal } from '../domain/remote-tool.ts';

/** Older ones were cut off from the network (FACT-TV-10: 11 and 12 since the end of 2025, 13 and 14 since 31 October 2026). */
export const oldestConnectingMajor = 15;

/** Stands for whichever version still connects, where only a person can read what the portal asks for. */
export const anyVersion = '*';

/** Numbers of a version as it is written, for example `15.51.5` or `15.51.5.0 F`; null when there is none. */
export function versionNumbers(text: string): readonly number[] | null {
  const match = /^\s*(\d{1,5}(?:\.\d{1,7}){1,3})(?:\s|$)/u.exec(text);
  return match?.[1] === undefined ? null : match[1].split('.').map(Number);
}

/** Below 0 when `a` is older, above 0 when it is newer; missing parts count as 0. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Whether this version may be used (R-REMOTE-2): the one the portal works with, as far as it is written out, and one that still
 * connects. Null: it may.
 * @param required as the portal says it, for example `15.51.5`; `anyVersion` where it tells nothing to this program; null where it
 *   offers no sessions
 */
export function versionRefusal(found: string | null, required: string | null): ToolRefusal | null {
  const numbers = found === null ? null : versionNumbers(found);
  const wanted = required === null ? null : versionNumbers(required);
  if (wanted === null && required !== anyVersion) return 'none-offered';
  if (numbers === null) return 'version-unknown';
  if ((numbers[0] ?? 0) < oldestConnectingMajor) return 'too-old';
  return wanted === null || compareNumbers(numbers.slice(0, wanted.length), wanted) === 0
    ? null
    : 'other-version';
}
