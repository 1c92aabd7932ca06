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
const generalMessage = /\b(error|errore|failed|fallit[oa]|exception|eccezione|aborted|interrott[oa])\b/iu;
/** "Errors: 0", "no error", "senza errori": words that sound like a failure in a line that tells of none. */
const reassurance = /\b(no|0|zero|without|senza|nessun) (errors?|errori|errore)\b|\b(errors?|errori)\s*[:=]\s*0\b/iu;

const leadingStamp =
  /^[\s[(]*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})?[T,\s]*(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?)?[\])\s|;,-]*/u;

/** A line without the date and time in front of it. */
export function withoutStamp(line: string): string {
  return line.replace(leadingStamp, '').trim();
}

/** True when a line tells of a failure, known or not. */
export function tellsOfFailure(line: string): boolean {
  return !reassurance.test(line) && (generalMessage.test(line) || knownMessages.some((pattern) => pattern.test(line)));
}

/**
 * The last failure a text tells of, or null. A known message wins over a general "error" after it, because tools often close
 * with a line that only repeats that something went wrong.
 */
export function lastFailure(text: string): FailureLine | null {
  const lines = textLines(text);
  let general: FailureLine | null = null;
  for (let line = lines.length - 1; line >= 0; line -= 1) {
    const content = lines[line] ?? '';
    if (content.trim() === '' || reassurance.test(content)) continue;
    const found = (): FailureLine => ({ errorText: withoutStamp(content).slice(0, 300), line });
    if (knownMessages.some((pattern) => pattern.test(content))) return found();
    if (general === null && generalMessage.test(content)) general = found();
  }
  return general;
}
