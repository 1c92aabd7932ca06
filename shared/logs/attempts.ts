import { drawnText } from '../domain/identifier-text.ts';
import { actOf, type FailureStage, percentOf } from './act-words.ts';
import { failureOf, type FailureTold } from './failure-messages.ts';
import { isBlockLabel, labelledValues, vehicleSign, type VehicleSign } from './labelled-values.ts';
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

/** A line that says that all begins anew. */
const anewWords =
  /^\W{0,8}(?:(?:new|next|nuov[oa]|prossim[oa]|neue[sr]?) (?:session|vehicle|car|job|sessione|veicolo|auto|vettura|lavoro|sitzung|fahrzeug)|(?:session|sessione|program|programma|application|applicazione|k-?suite) (?:start(?:ed)?|opened|avviat[oa]|apert[oa]|iniziat[oa]))(?![\p{L}])/iu;

type Stamp = { readonly atMs: number; readonly hasDate: boolean };
type Seen = {
  readonly signs: Map<string, string>;
  act: FailureStage | null;
  reached: number;
  stamp: Stamp | null;
  isOver: boolean;
  hasFailed: boolean;
  hasWorked: boolean;
  /** The vehicle was said to be the one of the attempt before. */
  isSame: boolean;
};

const nothingSeen = (stamp: Stamp | null, signs = new Map<string, string>()): Seen => ({
  signs,
  act: null,
  reached: 0,
  stamp,
  isOver: false,
  hasFailed: false,
  hasWorked: false,
  isSame: false,
});

/** How long after the last time this line was written, in milliseconds; a clock without a date goes past midnight. */
function silenceMs({ stamp }: Seen, atMs: number, hasDate: boolean): number {
  if (stamp === null || stamp.hasDate !== hasDate) return 0;
  const apart = atMs - stamp.atMs;
  // Lines of several threads are a little out of order.
  return !hasDate && apart <= -pauseMs ? apart + dayMs : apart;
}

/** What a line says, as far as attempts are told by it. */
type Line = {
  readonly signs: readonly VehicleSign[];
  readonly labels: readonly string[];
  readonly act: FailureStage | null;
  readonly reached: number | null;
  readonly fails: boolean;
  readonly isOver: boolean;
  readonly isOk: boolean;
  readonly isAnew: boolean;
  readonly isBlank: boolean;
  readonly atMs: number | null;
  readonly hasDate: boolean;
};

const blankLine: Line = {
  signs: [],
  labels: [],
  act: null,
  reached: null,
  fails: false,
  isOver: false,
  isOk: false,
  isAnew: false,
  isBlank: true,
  atMs: null,
  hasDate: false,
};

/** What the labels of a block say in one message. */
type Said = Pick<Line, 'signs' | 'labels'>;

const saysNothing: Said = { signs: [], labels: [] };

function saidIn(message: string): Said {
  const values = labelledValues(drawnText(message)).filter(({ label }) => isBlockLabel(label));
  return {
    signs: values.flatMap((value) => vehicleSign(value) ?? []),
    labels: values.map(({ label }) => label),
  };
}

/** @param last what was read of the message before, for one that says the same again; a table of all costs most LOGs more than it saves */
function readLine(line: string, told: FailureTold, last: { message: string; said: Said }): Line {
  if (line.trim() === '') return blankLine;
  const { end, atMs, hasDate } = lineStamp(line);
  const message = line.slice(end, end + 400);
  const fails = told !== null;
  if (!fails && message !== last.message) [last.message, last.said] = [message, saidIn(message)];
  const said = fails ? saysNothing : last.said;
  const reached = Number.parseFloat((percentOf(message) ?? '').replace(',', '.'));
  const isShort = message.length < 80;
  return {
    ...said,
    act: fails ? null : actOf(message),
    reached: Number.isNaN(reached) ? null : reached,
    fails,
    isOver: isShort && overWords.test(message),
    isOk: isShort && /^\W{0,8}ok\W{0,8}$/iu.test(message),
    isAnew: isShort && anewWords.test(message),
    isBlank: message.trim() === '',
    atMs,
    hasDate,
  };
}

/** A line that begins an attempt, and whether that is on the same vehicle; null where it goes on with the one before. */
function beginOf(seen: Seen, { signs, act, reached, atMs, hasDate, isAnew }: Line): 'other' | 'same' | null {
  const isEnded = seen.isOver || seen.hasFailed;
  // A software is another one once it was written.
  const isOther = signs.some(
    ({ name, sign, field }) => (isEnded || field !== 'ecuSw') && (seen.signs.get(name) ?? sign) !== sign,
  );
  const goesOnWithIt = act !== null && act === seen.act && !seen.isOver && (reached ?? 0) > seen.reached;
  const isBackAfterPause =
    (act !== null || signs.length > 0) &&
    !goesOnWithIt &&
    atMs !== null &&
    silenceMs(seen, atMs, hasDate) >= pauseMs;
  if (isAnew || isOther || isBackAfterPause) return 'other';
  if (!isEnded) return null;
  if (signs.length > 0) return signs.some(({ name }) => seen.signs.has(name)) ? 'same' : 'other';
  const isSummary = !seen.isOver && act === seen.act && reached === seen.reached;
  return act !== null && !isSummary ? 'same' : null;
}

/** The lines of an identification block that the last line goes on with: where it begins, and which labels it has. */
type Block = { readonly from: number; readonly labels: ReadonlySet<string> };

function blockWith(
  block: Block | null,
  index: number,
  { labels, act, fails, isOver, isBlank }: Line,
): Block | null {
  if (isBlank && block !== null) return block;
  if (labels.length === 0 || act !== null || fails || isOver) return null;
  if (block === null || labels.some((label) => block.labels.has(label)))
    return { from: index, labels: new Set(labels) };
  return { from: block.from, labels: new Set([...block.labels, ...labels]) };
}

/**
 * Where one attempt ends and the next begins: at another vehicle's number, at an act or a number after a long silence, and at an act
 * or a number after a line that said that the one before is over or has failed. A text that tells none of it is one attempt.
 * @param told what each line tells of a failure, where that is known already
 */
export function attemptsOf(
  lines: readonly string[],
  told: readonly FailureTold[] = lines.map(failureOf),
): readonly Attempt[] {
  const attempts: { from: number; to: number; goesOn: boolean }[] = [
    { from: 0, to: lines.length - 1, goesOn: false },
  ];
  let seen = nothingSeen(null);
  let block: Block | null = null;
  const lastRead = { message: '', said: saysNothing };
  for (const [index, written] of lines.entries()) {
    const line = readLine(written, told[index] ?? null, lastRead);
    block = blockWith(block, index, line);
    const last = attempts.at(-1) ?? { from: 0, to: 0, goesOn: false };
    const begins = beginOf(seen, line);
    if (begins !== null) {
      // What stands above a number in its block is said of the same vehicle.
      const from = line.signs.length > 0 ? Math.max(block?.from ?? index, last.from) : index;
      const next = { from, to: lines.length - 1, goesOn: begins === 'same' };
      if (from === last.from) attempts.pop();
      else last.to = from - 1;
      attempts.push(next);
      seen = nothingSeen(seen.stamp, begins === 'same' ? seen.signs : new Map());
      seen.isSame = begins === 'same' && line.signs.length > 0;
    } else if (last.goesOn && !seen.isSame && line.signs.some(({ name }) => !seen.signs.has(name)))
      last.goesOn = false;
    else if (line.signs.some(({ name, sign }) => seen.signs.get(name) === sign)) seen.isSame = true;
    note(seen, line);
  }
  return attempts;
}

function note(seen: Seen, { signs, act, reached, fails, isOver, isOk, atMs, hasDate }: Line): void {
  for (const { name, sign } of signs) seen.signs.set(name, sign);
  if (act !== null) [seen.act, seen.reached] = [act, reached ?? 0];
  seen.hasWorked ||= act === 'read' || act === 'write';
  if (atMs !== null) seen.stamp = { atMs, hasDate };
  seen.hasFailed ||= fails;
  // "OK" alone may close a step.
  seen.isOver ||= isOver && (seen.hasWorked || !isOk);
}
