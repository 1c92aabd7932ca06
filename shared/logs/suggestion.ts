import type { EvidenceKind, Suggestion } from '../domain/evidence.ts';

/** What the rule needs to know of one file. `errorText` is the last failure its text tells of, null when none or not read. */
export type SeenFile = {
  readonly key: string;
  readonly name: string;
  readonly modifiedAtMs: number;
  readonly kind: EvidenceKind;
  readonly errorText: string | null;
};

/** Files changed within this long of the failure belong to the same attempt. */
const nearSeconds = 600;
/** More suggestions than this are no suggestion. */
const maxSuggested = 8;
/** ECU reads are the customer's software and unknown files could be anything: never suggested (FACT-LOG-10). */
const suggestible: ReadonlySet<EvidenceKind> = new Set([
  'log',
  'protected-package',
  'image',
  'text',
  'document',
]);

/**
 * The files worth a look after the last failure, each with its reason: the newest LOG that tells of one, then what changed
 * within ten minutes of it, nearest first. Nothing is chosen by this: the person ticks. Empty when no failure was seen.
 */
export function suggestions(files: readonly SeenFile[]): ReadonlyMap<string, Suggestion> {
  const found = new Map<string, Suggestion>();
  const failed = files
    .filter((file) => file.errorText !== null && suggestible.has(file.kind))
    .sort((a, b) => b.modifiedAtMs - a.modifiedAtMs)[0];
  if (failed === undefined || failed.errorText === null) return found;
  found.set(failed.key, { reason: 'failure', errorText: failed.errorText });
  const apart = (file: SeenFile): number =>
    Math.round(Math.abs(file.modifiedAtMs - failed.modifiedAtMs) / 1_000);
  const near = files
    .filter((file) => file.key !== failed.key && suggestible.has(file.kind) && apart(file) <= nearSeconds)
    .sort((a, b) => apart(a) - apart(b));
  for (const file of near.slice(0, maxSuggested - 1))
    found.set(file.key, { reason: 'near-failure', failureName: failed.name, apartSeconds: apart(file) });
  return found;
}
