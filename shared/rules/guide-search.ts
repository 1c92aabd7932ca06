import type { Guide, GuideWord } from '../domain/product.ts';
import type { FailureFingerprint } from './failure-fingerprint.ts';
import { tellingWords } from '../text/problem-words.ts';

/** A guide, and those of its words that speak of the failure; none: it is about the product in general. */
export type FoundGuide = { readonly guide: Guide; readonly about: readonly GuideWord[] };

const written = (word: GuideWord): readonly string[] =>
  typeof word === 'string' ? [word] : [word.it, word.en];

/**
 * R-DOCS-1: the guides of a product, those about the draft's failure first and otherwise in the order of the catalogue. A word counts by
 * its meaning, in either language and whatever its ending; a code as it is.
 */
export function guidesFor(
  guides: readonly Guide[],
  failure: Pick<FailureFingerprint, 'words' | 'error' | 'codes'>,
): readonly FoundGuide[] {
  const speaks = (text: string): boolean =>
    failure.codes.has(text.toLowerCase()) ||
    [...tellingWords(text)].some((word) => failure.words.has(word) || failure.error.has(word));
  return guides
    .map((guide) => ({ guide, about: guide.words.filter((word) => written(word).some(speaks)) }))
    .sort((a, b) => b.about.length - a.about.length);
}
