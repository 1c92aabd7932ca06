import { type FieldKey, type FieldValue, fieldMaxChars, type RequestType } from '../domain/draft.ts';
import { actOf, type FailureStage, percentOf } from './act-words.ts';
import type { Attempt } from './attempts.ts';
import { tellsOfFailure } from './failure-messages.ts';
import { readLog } from './failure-words.ts';
import { identificationBlock } from './identification-block.ts';
import { withoutStamp } from './line-stamp.ts';

/** What a LOG offers for the draft: proposals, each naming the file it came from; the person may change all of it. */
export type ErrorFacts = {
  readonly stage: FailureStage | null;
  readonly requestType: RequestType | null;
  readonly fields: Readonly<Partial<Record<FieldKey, FieldValue>>>;
};

const requestTypeOf: Readonly<Record<FailureStage, RequestType>> = {
  read: 'read-failure',
  write: 'write-failure',
  identification: 'recognition',
};

/** The nearest line at or above the failure, within its attempt, that names an act, as written. */
function actAt(
  lines: readonly string[],
  failureLine: number,
  from: number,
): { readonly stage: FailureStage; readonly asWritten: string } | null {
  for (let line = failureLine; line >= from; line -= 1) {
    const said = withoutStamp(lines[line] ?? '');
    const stage = actOf(said);
    if (stage !== null) return { stage, asWritten: said };
  }
  return null;
}

/** The last lines of a LOG that a block is looked for in. */
const mostBlockLines = 400;

/** The block's labels stand in front of a colon; a failure such as "ECU error: no answer" must not become an ECU's name. */
function blockLines(lines: readonly string[], from: number, to: number): string {
  const block: string[] = [];
  for (let line = to; line >= from && block.length < mostBlockLines; line -= 1) {
    const written = lines[line] ?? '';
    if (!/[:=]/u.test(written)) continue;
    const said = withoutStamp(written);
    if (/[:=]/u.test(said) && !tellsOfFailure(said)) block.push(said);
  }
  return block.toReversed().join('\n');
}

/** Lines above the failure in which its progress is looked for. */
const progressLines = 20;
const progressNames =
  'progress|avanzamento|progresso|fortschritt|completed|completato|complete|done|fatto|block|blocco|sector|settore|page|pagina|bank|banco|address|indirizzo|flash|eeprom|micro|erase|erasing|verify|verifica|step|passo|of|di|su';
/** A line that tells nothing but how far it has come, whatever it is; a bar of signs may stand with it. */
const bareProgress = new RegExp(
  `^[^\\p{L}\\d%]{0,120}(?:(?:${progressNames})(?![\\p{L}])[\\s:=#/(-]{0,4}(?:(?:0x[\\da-f]{1,8}|\\d{1,8})(?![\\d.,]{0,4}\\s?%)[^\\p{L}\\d%]{0,4}){0,3}){0,3}[^\\p{L}\\d%]{0,120}\\d{1,3}(?:[.,]\\d)?\\s?%[^\\p{L}\\d%]{0,120}(?:(?:${progressNames})[^\\p{L}\\d%]{0,8})?$`,
  'iu',
);

/** The failure with how far the act had come, where the LOG says so of that act: how full a battery is, or an act before, is none of it. */
function withProgress(
  errorText: string,
  lines: readonly string[],
  failureLine: number,
  from: number,
): string {
  if (percentOf(errorText) !== null) return errorText;
  for (let line = failureLine; line >= Math.max(from, failureLine - progressLines); line -= 1) {
    const said = withoutStamp(lines[line] ?? '');
    const isOfAct = actOf(said) !== null;
    const reached = isOfAct || bareProgress.test(said.slice(0, 400)) ? percentOf(said) : null;
    if (reached !== null) return `${errorText} (${reached})`;
    if (isOfAct) return errorText;
  }
  return errorText;
}

/** The attempt a line stands in, with those before it that were on the same vehicle. */
function stretchOf(
  attempts: readonly Attempt[],
  line: number,
): { readonly attempt: Attempt; readonly vehicleFrom: number } {
  let at = attempts.findIndex(({ to }) => line <= to);
  if (at < 0) at = attempts.length - 1;
  const attempt = attempts[at] ?? { from: 0, to: line, goesOn: false };
  let first = at;
  while (first > 0 && attempts[first]?.goesOn === true) first -= 1;
  return { attempt, vehicleFrom: attempts[first]?.from ?? attempt.from };
}

/**
 * Known error text, the act it happened in, and the fields of the identification block, all of the attempt that failed last: what a LOG
 * says of another vehicle is not of this failure. Empty when the text says nothing we know; unknown text is never a fault.
 * @param name file name shown as the source of each value
 */
export function errorFacts(text: string, name: string): ErrorFacts {
  const source = { kind: 'file' as const, name: name.slice(0, 260) };
  const fields: Partial<Record<FieldKey, FieldValue>> = {};
  const { lines, attempts, failure } = readLog(text);
  const { attempt, vehicleFrom } = stretchOf(attempts, failure?.line ?? lines.length - 1);
  for (const { key, text: value } of identificationBlock(blockLines(lines, vehicleFrom, attempt.to)))
    fields[key] = { text: value.slice(0, fieldMaxChars(key)), source };
  if (failure === null) return { stage: null, requestType: null, fields };
  const act = actAt(lines, failure.line, attempt.from);
  if (act !== null) fields.stage = { text: act.asWritten.slice(0, fieldMaxChars('stage')), source };
  fields.errorText = { text: withProgress(failure.errorText, lines, failure.line, attempt.from), source };
  return { stage: act?.stage ?? null, requestType: act === null ? null : requestTypeOf[act.stage], fields };
}
