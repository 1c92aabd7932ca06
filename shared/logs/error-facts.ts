import { type FieldKey, type FieldValue, fieldMaxChars, type RequestType } from '../domain/draft.ts';
import { lastFailure, tellsOfFailure, withoutStamp } from './failure-words.ts';
import { identificationBlock } from './identification-block.ts';
import { textLines } from './text-lines.ts';

/** The act during which a failure happened. */
export type FailureStage = 'read' | 'write' | 'identification';

/** What a LOG offers for the draft: proposals, each naming the file it came from; the person may change all of it. */
export type ErrorFacts = {
  readonly stage: FailureStage | null;
  readonly requestType: RequestType | null;
  readonly fields: Readonly<Partial<Record<FieldKey, FieldValue>>>;
};

const stageWords: readonly (readonly [FailureStage, RegExp])[] = [
  ['identification', /\b(identif\w*|recogni\w*|riconosci\w*|\bid ecu\b)/iu],
  ['write', /\b(writ(e|ing)|programming|flashing|scrittura|scriv\w*|programmazione)\b/iu],
  ['read', /\b(read(ing)?|lettura|leggo|backup)\b/iu],
];
const requestTypeOf: Readonly<Record<FailureStage, RequestType>> = {
  read: 'read-failure',
  write: 'write-failure',
  identification: 'recognition',
};

/** Lines above the failure in which the act is looked for; further up it belongs to an earlier attempt. */
const stageWindowLines = 60;

/** The nearest line at or above the failure that names an act, as written. */
function stageAt(lines: readonly string[], failureLine: number): { readonly stage: FailureStage; readonly asWritten: string } | null {
  for (let line = failureLine; line >= Math.max(0, failureLine - stageWindowLines); line -= 1) {
    const content = lines[line] ?? '';
    const match = stageWords.find(([, pattern]) => pattern.test(content));
    if (match !== undefined) return { stage: match[0], asWritten: withoutStamp(content) };
  }
  return null;
}

/** The last lines of a LOG that a block is looked for in. */
const mostBlockLines = 400;

/** The block's labels stand in front of a colon; a failure such as "ECU error: no answer" must not become an ECU's name. */
function blockLines(lines: readonly string[]): string {
  const block: string[] = [];
  for (let line = lines.length - 1; line >= 0 && block.length < mostBlockLines; line -= 1) {
    const written = lines[line] ?? '';
    if (!/[:=]/u.test(written)) continue;
    const said = withoutStamp(written);
    if (/[:=]/u.test(said) && !tellsOfFailure(said)) block.push(said);
  }
  return block.toReversed().join('\n');
}

const percent = /\b\d{1,3}(?:[.,]\d)?\s?%/u;

function withProgress(errorText: string, lines: readonly string[], failureLine: number): string {
  if (percent.test(errorText)) return errorText;
  for (let line = failureLine; line >= Math.max(0, failureLine - 5); line -= 1) {
    const reached = percent.exec(lines[line] ?? '')?.[0];
    if (reached !== undefined) return `${errorText} (${reached})`;
  }
  return errorText;
}

/**
 * Known error text, the act it happened in, and the fields of the identification block. Empty when the text says nothing we know;
 * unknown text is never a fault.
 * @param name file name shown as the source of each value
 */
export function errorFacts(text: string, name: string): ErrorFacts {
  const source = { kind: 'file' as const, name: name.slice(0, 260) };
  const fields: Partial<Record<FieldKey, FieldValue>> = {};
  const lines = textLines(text);
  for (const { key, text: value } of identificationBlock(blockLines(lines)))
    fields[key] = { text: value.slice(0, fieldMaxChars(key)), source };
  const failure = lastFailure(text);
  if (failure === null) return { stage: null, requestType: null, fields };
  const act = stageAt(lines, failure.line);
  if (act !== null) fields.stage = { text: act.asWritten.slice(0, fieldMaxChars('stage')), source };
  fields.errorText = { text: withProgress(failure.errorText, lines, failure.line), source };
  return { stage: act?.stage ?? null, requestType: act === null ? null : requestTypeOf[act.stage], fields };
}
