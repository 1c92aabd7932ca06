/** More marks over one letter than any language has: putting them in order costs the square of their number. */
const pileOfMarks = /\p{M}{31}/u;

/** Words as they come back from elsewhere: with other ends of lines, gaps around them, or accents put together another way. */
function plain(text: string): string {
  const words = text.replace(/\r\n?/gu, '\n').trim();
  return pileOfMarks.test(words) ? words : words.normalize('NFC');
}

/**
 * Whether two texts are the same words, however a portal, a mail or the clipboard wrote their ends of lines and accents. Gaps within
 * them count: a person who changed one wrote something else.
 */
export function isSameWords(one: string, other: string): boolean {
  return one === other || plain(one) === plain(other);
}
