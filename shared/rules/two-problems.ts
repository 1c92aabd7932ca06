import { type FailureFingerprint, fingerprintOfText } from './failure-fingerprint.ts';
import { subjects } from './duplicates.ts';
import { likeness, operationConcepts, symptomConcepts } from './problem-words.ts';

/** Where people begin a second problem: a numbered line, or words that announce one. */
const seam =
  /(?:^|\n)\s*(?:\d{1,2}[.)]|[-*•])\s+|(?:^|[.!?;\n]\s*)(?=(?:inoltre|in più|un altro problema|altro problema|secondo problema|seconda cosa|also|besides|in addition|another problem|second problem|on another (?:car|vehicle|ecu)|su un'altra)\b)/giu;
const leastWords = 4;

/** The two parts of a text that speaks of two problems, as written. */
export type Split = { readonly first: string; readonly second: string };

const named = (one: FailureFingerprint, concepts: ReadonlySet<string>): readonly string[] =>
  [...one.words].filter((word) => concepts.has(word));
const apart = (a: readonly string[], b: readonly string[]): boolean => a.length > 0 && b.length > 0 && a.every((word) => !b.includes(word));
const namesSubject = (one: FailureFingerprint): boolean => one.ecus.size + one.makes.size + one.vins.size > 0;

/**
 * R-TICKET-4, R-TICKET-5: one request, one problem. Null unless the text falls into parts of which two name different units or cars,
 * or different failures without a word in common; a list of details of one failure does not.
 */
export function splitOf(text: string, about: Pick<FailureFingerprint, 'productId' | 'serial'>): Split | null {
  const parts = text
    .split(seam)
    .map((part) => part.trim())
    .filter((part) => part.split(/\s+/u).length >= leastWords);
  const facts = parts.map((part) => fingerprintOfText(part, about.productId, about.serial));
  for (const [index, one] of facts.entries()) {
    for (const [later, other] of facts.entries()) {
      if (later <= index) continue;
      const { ecu, vehicle } = subjects(one, other);
      const otherFailure = apart(named(one, symptomConcepts), named(other, symptomConcepts)) && likeness(one.words, other.words) < 0.2;
      // One names a unit and the other a car: nobody says that it is the same one, and something else was being done.
      const otherWork =
        namesSubject(one) &&
        namesSubject(other) &&
        ecu !== 'same' &&
        vehicle !== 'same' &&
        apart(named(one, operationConcepts), named(other, operationConcepts));
      if (ecu === 'other' || vehicle === 'other' || otherFailure || otherWork)
        return { first: parts.slice(0, later).join('\n'), second: parts.slice(later).join('\n') };
    }
  }
  return null;
}
