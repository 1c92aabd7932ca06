import { attemptsOf } from './attempts.ts';
import { lineStamp, withoutStamp } from './line-stamp.ts';
import { textLines } from './text-lines.ts';

/** A line of a LOG that tells of a failure, as the tool wrote it. */
export type FailureLine = {
  /** The message without the time in front, at most 300 characters. */
  readonly errorText: string;
  /** Zero-based line in the text it was found in. */
  readonly line: number;
};

/** Messages users quote (FACT-LOG-6), in English and Italian: words to look for, never advice. */
const knownMessages: readonly RegExp[] = [
  /wake[ -]?up error/iu,
  /checksum (error|(is )?not ok|failed|errat[oa]|non (corrett[oa]|valid[oa]|ok))|errore (di |nel )?checksum|back[ -]?checksum/iu,
  /protocol not found|protocollo non trovato/iu,
  /external exception\s+[0-9a-z]{6,8}/iu,
  /communication (error|aborted|abort|failed|lost)|(errore|interruzione) (di )?comunicazione|comunicazione (interrotta|fallita|persa)/iu,
  /(read(ing)?|writ(e|ing)|identification|programming) (failed|aborted|error)|(lettura|scrittura|identificazione|programmazione) (fallita|interrotta|non riuscita)/iu,
  /ecu (not responding|no(t)? (answer|response))|la centralina non risponde|nessuna risposta (dalla centralina|dall'ecu)/iu,
  /\btime[ -]?out\b|tempo scaduto/iu,
];
const generalMessage = /\b(errors?|errore|errori|failed|fallit[oa]|exception|eccezione|aborted|interrott[oa])\b/iu;

/** Words that sound like a failure in a line that tells of none. */
const harmless: readonly RegExp[] = [
  // A count, or a code that stands for none: "Errors: 0", "Error code: 0x00", "senza errori".
  /\b(?:no|0|zero|without|senza|nessun) (?:errors?|errori|errore|failures?|timeouts?)\b/iu,
  /\b(?:errors?|errori|errore|failures?|timeouts?|exceptions?)\b[^:=]{0,24}[:=]\s{0,8}(?:0+(?:x0+)?(?:[.,]0+)?|none|null|nessun[oa]?|n\/?a|-{1,3}|ok)(?![\p{L}\d.,]*[\p{L}\d])/iu,
  /\b(?:exit|return|result|error|errore) ?(?:code|codice)? (?:0|0x0+)(?![\p{L}\d])/iu,
  // A setting: how long is waited, what is done in case of one.
  /\btime[ -]?out\b[^:=]{0,24}[:=]\s{0,8}\d{1,9}(?:[.,]\d{1,3})?\s{0,3}(?:ms|msec|s|sec|secs|seconds|secondi|millisecondi|min)?\.?\s{0,8}$/iu,
  /\b(?:set(?:ting)?|impostato|max(?:imum)?|default) time[ -]?out\b/iu,
  /[:=]\s{0,8}(?:on|off|yes|no|true|false|enabled|disabled|s[iì]|attiv[oa]|disattivat[oa]|abilitat[oa]|disabilitat[oa])\.?\s{0,8}$/iu,
  /\berror (?:log|report|file|handling|handler|counter|codes? list)s?\b[^:=]{0,24}[:=]/iu,
  // What would be: advice of the tool.
  /^\W{0,8}(?:if|when(?:ever)?|in case|should|unless|se|quando|qualora|in caso|nel caso|per evitare|to avoid|to prevent)\b/iu,
];
/** A failure that was mended, unless the line says that it could not be. */
const mended =
  /\b(?:corrected|fixed|repaired|resolved|recovered|restored|cleared|corrett[oaie]|risolt[oaie]|riparat[oaie]|ripristinat[oaie]|cancellat[oaie])\b/iu;
const notMended = /\b(?:not|non|cannot|can't|could ?n[o']t|unable|impossibil\w+|never|mai|failed|fallit[oa])\b/iu;

const tellsOfNone = (message: string): boolean =>
  harmless.some((pattern) => pattern.test(message)) || (mended.test(message) && !notMended.test(message));

/** How surely a message tells of a failure; null where it tells of none. */
function failureOf(line: string): 'known' | 'general' | null {
  const stamp = lineStamp(line);
  const message = line.slice(stamp.end);
  if (message.trim() === '' || tellsOfNone(message)) return null;
  if (knownMessages.some((pattern) => pattern.test(message))) return 'known';
  return stamp.saysError || generalMessage.test(message) ? 'general' : null;
}

/** True when a line tells of a failure, known or not. */
export function tellsOfFailure(line: string): boolean {
  return failureOf(line) !== null;
}

/**
 * The last failure a text tells of, or null. Within an attempt a known message wins over a general "error" after it, because tools often
 * close with a line that only repeats that something went wrong; an attempt that failed later wins over both.
 */
export function lastFailure(text: string): FailureLine | null {
  const lines = textLines(text);
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
