import { actOf, percentOf } from './act-words.ts';
import { identifierLabels, labelledValues } from './labelled-values.ts';
import { lineStamp } from './line-stamp.ts';

/** A stretch of a LOG in which one thing was tried once, by its first and its last line. */
export type Attempt = {
  readonly from: number;
  readonly to: number;
  /** True where the one before it was on the same vehicle, as far as the LOG tells: what was said there holds here. */
  readonly goesOn: boolean;
};

/** A silence as long as this between an act and the next means that somebody came back to it, in milliseconds. */
const pauseMs = 10 * 60_000;
const dayMs = 24 * 60 * 60_000;

/** A line that says nothing but that it is over. */
const overWords =
  /^\W{0,8}(?:all )?(?:done|finished|completed|complete|fine|finito|completat[oa]|terminat[oa]|ok|operation (?:closed|ended|finished|completed|done)|operazione (?:chiusa|completata|conclusa|terminata|finita)|session (?:closed|ended)|sessione (?:chiusa|terminata))\W{0,8}$/iu;

type Seen = {
  readonly values: Map<string, string>;
  act: string | null;
  reached: number;
  stamp: { readonly atMs: number; readonly hasDate: boolean } | null;
  isOver: boolean;
};

const nothingSeen = (): Seen => ({ values: new Map(), act: null, reached: 0, stamp: null, isOver: false });

/** How long after the last time this line was written, in milliseconds; a clock without a date goes past midnight. */
function silenceMs({ stamp }: Seen, atMs: number, hasDate: boolean): number {
  if (stamp === null || stamp.hasDate !== hasDate) return 0;
  const apart = atMs - stamp.atMs;
  return !hasDate && apart < 0 ? apart + dayMs : apart;
}

/**
 * Where one attempt ends and the next begins: at another vehicle's number, at an act or a number after a long silence, and at an act
 * after a line that said that the one before is over. A text that tells none of it is one attempt.
 */
export function attemptsOf(lines: readonly string[]): readonly Attempt[] {
  const attempts: { from: number; to: number; goesOn: boolean }[] = [{ from: 0, to: lines.length - 1, goesOn: false }];
  let seen = nothingSeen();
  const begin = (line: number, goesOn: boolean): void => {
    const last = attempts.at(-1);
    if (last !== undefined) last.to = line - 1;
    attempts.push({ from: line, to: lines.length - 1, goesOn });
    seen = { ...nothingSeen(), values: goesOn ? seen.values : new Map(), stamp: seen.stamp };
  };
  for (const [index, line] of lines.entries()) {
    const { end, atMs, hasDate } = lineStamp(line);
    const message = line.slice(end, end + 400);
    const numbers = labelledValues(message).flatMap(({ label, text }) => {
      const key = identifierLabels.get(label);
      return key === undefined ? [] : [[key, text] as const];
    });
    const act = actOf(message);
    const reached = Number.parseFloat((percentOf(message) ?? '').replace(',', '.'));
    const goesOnWithIt = act !== null && act === seen.act && !seen.isOver && reached > seen.reached;
    const isOther = numbers.some(([key, text]) => (seen.values.get(key) ?? text) !== text);
    const isBackAfterPause =
      (act !== null || numbers.length > 0) && !goesOnWithIt && atMs !== null && silenceMs(seen, atMs, hasDate) >= pauseMs;
    if (isOther || isBackAfterPause) begin(index, false);
    else if (act !== null && seen.isOver) begin(index, true);
    for (const [key, text] of numbers) seen.values.set(key, text);
    if (act !== null) [seen.act, seen.reached] = [act, Number.isNaN(reached) ? 0 : reached];
    if (atMs !== null) seen.stamp = { atMs, hasDate };
    if (message.length < 80 && overWords.test(message)) seen.isOver = true;
  }
  return attempts;
}
