import { actOf, type FailureStage, percentOf } from './act-words.ts';
import { tellsOfFailure } from './failure-messages.ts';
import { readLog } from './failure-words.ts';
import { withoutStamp } from './line-stamp.ts';
import { textLines } from './text-lines.ts';

/** The acts in the order in which a tool goes through them. */
export const pictureStages = ['identification', 'read', 'write'] as const satisfies readonly FailureStage[];

/** `named`: the LOG tells of it before the failure; `broken`: the failure came during it; `unnamed`: not a word of it there. */
export type StageState = 'named' | 'broken' | 'unnamed';

/** What a LOG tells of its last failure, and nothing more than it tells. */
export type FailurePicture = {
  readonly stages: Readonly<Record<FailureStage, StageState>>;
  /** How far the act had come, as written ("38 %"); null where no line of it says so. */
  readonly reached: string | null;
  /** The first line of the attempt that tells of something that went wrong. */
  readonly first: PicturedError;
  /** The one it came to, which a draft is filled with; null where it is the first. */
  readonly last: PicturedError | null;
};

/** A line that tells of an error: the message without the time in front, and its place in the whole text, the first line being 1. */
export type PicturedError = { readonly line: number; readonly errorText: string };

/** The stages before the failure, where it broke off, and its line; null where a text tells of no failure. */
export function failurePicture(text: string): FailurePicture | null {
  const { lines, attempts, failure } = readLog(text);
  if (failure === null) return null;
  const attempt = attempts.find(({ from, to }) => from <= failure.line && failure.line <= to);
  const from = attempt?.from ?? 0;
  const said = lines.slice(from, failure.line + 1).map(withoutStamp);
  const acts = said.map(actOf);
  const broken = acts.findLast((act) => act !== null) ?? null;
  const begun = acts.lastIndexOf(broken);
  const reached = [...said.slice(acts.indexOf(broken))].toReversed().map(percentOf);
  const stateOf = (stage: FailureStage): StageState =>
    stage === broken ? 'broken' : acts.slice(0, begun).includes(stage) ? 'named' : 'unnamed';
  const before = textLines(text).length - lines.length;
  const errorAt = (line: number): PicturedError => ({
    line: before + line + 1,
    errorText: withoutStamp(lines[line] ?? '').slice(0, 300),
  });
  const told = lines.slice(from, failure.line).findIndex(tellsOfFailure);
  const first = told === -1 ? failure.line : from + told;
  return {
    stages: { identification: stateOf('identification'), read: stateOf('read'), write: stateOf('write') },
    reached: broken === null ? null : (reached.find((percent) => percent !== null) ?? null),
    first: errorAt(first),
    last: first === failure.line ? null : errorAt(failure.line),
  };
}
