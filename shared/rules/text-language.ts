/** Common small words by language; a language is heard in them long before it is read in the long ones. */
const smallWords: Readonly<Record<string, readonly string[]>> = {
  it: ['il', 'lo', 'la', 'gli', 'le', 'un', 'una', 'di', 'del', 'della', 'che', 'non', 'per', 'con', 'si', 'è', 'sono', 'ho', 'ha', 'dopo', 'alla', 'nel', 'dal', 'quando', 'anche', 'poi'],
  en: ['the', 'a', 'an', 'of', 'and', 'to', 'in', 'is', 'are', 'was', 'it', 'not', 'with', 'for', 'that', 'this', 'when', 'after', 'i', 'have', 'has', 'on', 'at', 'then', 'from', 'but'],
  de: ['der', 'die', 'das', 'und', 'ist', 'nicht', 'ein', 'eine', 'mit', 'auf', 'für', 'ich', 'wird', 'nach', 'beim', 'den', 'dem', 'wenn', 'auch', 'kann', 'habe', 'zu'],
  fr: ['le', 'les', 'des', 'une', 'et', 'est', 'pas', 'ne', 'avec', 'pour', 'dans', 'sur', 'je', 'après', 'quand', 'qui', 'mais', 'au', 'du', 'ce', 'elle', 'à'],
  es: ['el', 'los', 'las', 'una', 'y', 'es', 'no', 'con', 'para', 'por', 'que', 'se', 'cuando', 'después', 'pero', 'como', 'al', 'está', 'he', 'muy'],
  pt: ['o', 'os', 'as', 'um', 'uma', 'e', 'não', 'com', 'para', 'que', 'se', 'quando', 'depois', 'mas', 'ao', 'está', 'foi', 'na', 'no', 'em'],
  pl: ['nie', 'się', 'jest', 'na', 'do', 'po', 'przy', 'ale', 'co', 'jak', 'i', 'w', 'z', 'że', 'od', 'tego'],
};
const supported: ReadonlySet<string> = new Set(['it', 'en']);
const leastWords = 8;
const leastLead = 2;

/**
 * R-LANG-1: true when a text is clearly in a language the vendor does not answer in. Judged by small words alone and only where
 * another language leads by two of them: a short text, a list of part numbers or a mixed one is never called foreign.
 */
export function isForeignText(text: string): boolean {
  const words = text.toLocaleLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < leastWords) return false;
  const hits = Object.entries(smallWords).map(([language, list]) => ({ language, count: words.filter((word) => list.includes(word)).length }));
  const best = (isOurs: boolean): number => Math.max(...hits.filter(({ language }) => supported.has(language) === isOurs).map(({ count }) => count));
  return best(false) - best(true) >= leastLead;
}
