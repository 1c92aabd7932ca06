const lastControl = 0x1f;
/** Pieces one string is mended in; of one with more, the rest stays as it came: no text of a person needs as many. */
const mostPieces = 5_000;
/** Pieces of a whole text: a page of news in full has not a quarter of them, and a text with more is no page. */
const mostOfAll = 100_000;
const jsonWord = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?)$/iu;
/** Asked before the pattern, because most words that are none of JSON begin otherwise. */
const wordBegins: ReadonlySet<string> = new Set('tfnTFN-0123456789');
const wordEnds: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r', ',', ':', '[', ']', '{', '}', '"']);

/** Length of the escape at `from`, where a backslash stands; 0 where it is none of JSON. */
function escapeLength(text: string, from: number): number {
  const sign = text[from + 1] ?? '';
  if (sign === 'u') return /^[0-9a-f]{4}$/iu.test(text.slice(from + 2, from + 6)) ? 6 : 0;
  return sign !== '' && '"\\/bfnrt'.includes(sign) ? 2 : 0;
}

/** The string that begins with the quote at `from`, mended, and where it ends. */
function mendedString(text: string, from: number): { readonly mended: string; readonly end: number } {
  const pieces: string[] = [];
  let copied = from;
  let at = from + 1;
  const replace = (by: string): void => {
    pieces.push(text.slice(copied, at), by);
    at += 1;
    copied = at;
  };
  while (at < text.length && text[at] !== '"') {
    if (pieces.length >= mostPieces)
      return { mended: pieces.join('') + text.slice(copied), end: text.length };
    const code = text.charCodeAt(at);
    if (code <= lastControl) replace(`\\u${code.toString(16).padStart(4, '0')}`);
    else if (text[at] !== '\\') at += 1;
    else if (escapeLength(text, at) > 0) at += escapeLength(text, at);
    else replace('\\\\');
  }
  const end = Math.min(text.length, at + 1);
  return { mended: pieces.join('') + text.slice(copied, end), end };
}

/**
 * A text that is nearly JSON as JSON, in one pass: inside strings, signs that must be escaped and are not are, and a backslash that escapes
 * nothing stands for itself; outside, a word or number that is none of JSON (`NaN`, `undefined`, `007`) becomes a string, which whoever
 * reads it takes for what it is: of the wrong kind. Anything else stays as it came, and may still be no JSON, and so does a text of more
 * pieces than news have.
 */
export function mendedJson(text: string): string {
  const changed: string[] = [];
  let pieces = 0;
  let copied = 0;
  let at = 0;
  const replace = (by: string, end: number): void => {
    changed.push(text.slice(copied, at), by);
    copied = end;
  };
  while (at < text.length) {
    if (pieces > mostOfAll) return text;
    pieces += 1;
    const sign = text[at] ?? '';
    if (sign === '"') {
      const { mended, end } = mendedString(text, at);
      if (mended.length !== end - at) replace(mended, end);
      at = end;
    } else if (wordEnds.has(sign)) {
      at += 1;
    } else {
      let end = at;
      while (end < text.length && !wordEnds.has(text[end] ?? '')) end += 1;
      const word = text.slice(at, end);
      if (!wordBegins.has(sign) || !jsonWord.test(word)) replace(JSON.stringify(word), end);
      at = end;
    }
  }
  return changed.join('') + text.slice(copied);
}
