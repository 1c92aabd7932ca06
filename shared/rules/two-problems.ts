import { type DraftContent, fieldText } from '../domain/draft.ts';
import { type FailureFingerprint, fingerprintOf, fingerprintOfText } from './failure-fingerprint.ts';
import { subjects } from './duplicates.ts';
import { likeness, operationConcepts, symptomConcepts } from '../text/problem-words.ts';

/**
 * Where people begin a second problem: a numbered line, or words that announce one. A run of blank lines is begun at its last one, so
 * that it is gone through once and not from each of its lines anew.
 */
const seam =
  /(?:^|\n)[^\S\n]*(?:\d{1,2}[.)]|[-*•])\s+|(?:^|[.!?;]\s*|\n[^\S\n]*)(?=(?:inoltre|in più|un altro problema|altro problema|secondo problema|seconda cosa|also|besides|in addition|another problem|second problem|on another (?:car|vehicle|ecu)|su un'altra)\b)/giu;
/** Where one sentence ends and the next begins; a number like 2.0 has no room after its stop. */
const sentenceEnd = /[.!?;]\s+(?=\p{Lu})|\n+/gu;
/** The number or dash of a line that is cut from its text. */
const mark = /(?:^|\n)[^\S\n]*(?:\d{1,2}[.)]|[-*•])\s+$/u;
const leastWords = 4;
/** Parts that are compared with each other, and sentences that are looked at; a text with more tells of no second problem any better. */
const mostParts = 60;
const mostSentences = 300;
const failing = /\b(?:non|not|cannot|never|mai|fail\w*|fall\w*|error\w*)\b|\wn['’]t\b/iu;

/** The two parts of a text that speaks of two problems. Together they hold every word of it; only the mark of the line in between goes. */
export type Split = { readonly first: string; readonly second: string };

type Part = { readonly from: number; readonly text: string };

/** The text between the seams, each part with the place it begins at. */
function partsOf(text: string, at: RegExp): readonly Part[] {
  const seams = [...text.matchAll(at)];
  return [0, ...seams.map((found) => found.index + found[0].length)]
    .map((from, index) => ({ from, text: text.slice(from, seams[index]?.index).trim() }))
    .filter((part) => part.text.split(/\s+/u).length >= leastWords);
}

const named = (one: FailureFingerprint, concepts: ReadonlySet<string>): readonly string[] =>
  [...one.words].filter((word) => concepts.has(word));
const apart = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 0 && b.length > 0 && a.every((word) => !b.includes(word));
const namesSubject = (one: FailureFingerprint): boolean => one.ecus.size + one.makes.size + one.vins.size > 0;

/** True when two announced parts are about different units or cars, or about different failures without a word in common. */
function areTwo(one: FailureFingerprint, other: FailureFingerprint): boolean {
  const { ecu, vehicle } = subjects(one, other);
  const otherFailure =
    apart(named(one, symptomConcepts), named(other, symptomConcepts)) &&
    likeness(one.words, other.words) < 0.2;
  // One names a unit and the other a car: nobody says that it is the same one, and something else was being done.
  const otherWork =
    namesSubject(one) &&
    namesSubject(other) &&
    ecu !== 'same' &&
    vehicle !== 'same' &&
    apart(named(one, operationConcepts), named(other, operationConcepts));
  return ecu === 'other' || vehicle === 'other' || otherFailure || otherWork;
}

/** What two parts say between them. */
function together(a: FailureFingerprint, b: FailureFingerprint): FailureFingerprint {
  return {
    ...a,
    ecus: new Set([...a.ecus, ...b.ecus]),
    makes: new Set([...a.makes, ...b.makes]),
    models: new Set([...a.models, ...b.models]),
    vins: new Set([...a.vins, ...b.vins]),
    words: new Set([...a.words, ...b.words]),
  };
}

const failures: ReadonlySet<string> = new Set([...symptomConcepts, '=stop']);

/** Nothing announces the sentence: it must name another unit or car and a failure of its own, for people also tell where it works. */
function beginsAnother(before: FailureFingerprint, sentence: FailureFingerprint, text: string): boolean {
  // A sentence may give a further number of the same unit, and a number alone tells no other.
  const numberless = { ...sentence, hardware: new Set<string>() };
  const { ecu, vehicle } = subjects(before, numberless);
  if (ecu !== 'other' && vehicle !== 'other') return false;
  const own = [
    ...named(sentence, failures),
    ...(failing.test(text) ? named(sentence, operationConcepts) : []),
  ];
  return apart(own, named(before, failures));
}

/** As `splitOf` for a draft as it stands. @param serial of the tool chosen, empty for products without one */
export function splitOfDraft(content: DraftContent, serial: string): Split | null {
  const { problem: _, ...rest } = content.fields;
  return splitOf(fieldText(content, 'problem'), fingerprintOf({ ...content, fields: rest }, serial));
}

/**
 * R-TICKET-4, R-TICKET-5: one request, one problem. Null unless the text falls into parts of which two name different units or cars,
 * or different failures without a word in common; a list of details of one failure does not.
 * @param about what is said beside the text
 */
export function splitOf(text: string, about: FailureFingerprint): Split | null {
  const factsOf = (part: string): FailureFingerprint =>
    fingerprintOfText(part, about.productId, about.serial);
  const cutAt = ({ from }: Part): Split => ({
    first: text.slice(0, from).replace(mark, '').trim(),
    second: text.slice(from).trim(),
  });
  const announced = partsOf(text, seam)
    .slice(0, mostParts)
    .map((part) => ({ ...part, facts: factsOf(part.text) }));
  for (const [index, one] of announced.entries())
    for (const later of announced.slice(index + 1)) if (areTwo(one.facts, later.facts)) return cutAt(later);
  let before = about;
  for (const [index, sentence] of partsOf(text, sentenceEnd).slice(0, mostSentences).entries()) {
    const facts = factsOf(sentence.text);
    if (index > 0 && beginsAnother(before, facts, sentence.text)) return cutAt(sentence);
    before = together(before, facts);
  }
  return null;
}
