/** Lines as a person sees them: no blanks at their ends, no empty lines before and after, whatever the page ends its lines with. */
export function typedLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/u).map((line) => line.replaceAll('\u00a0', ' ').trim());
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

/** Lines as a page shows them: blanks drawn together, empty lines left out, for a page draws its paragraphs as it likes. */
export function shownLines(text: string): readonly string[] {
  return typedLines(text)
    .map((line) => line.replace(/\s+/gu, ' '))
    .filter((line) => line !== '');
}

/** How many of the wanted lines the page shows in their order; it may show others between them. */
export function linesInOrder(wanted: readonly string[], shown: readonly string[]): number {
  const places = new Map<string, number[]>();
  for (const [place, line] of shown.entries()) {
    const known = places.get(line);
    if (known === undefined) places.set(line, [place]);
    else known.push(place);
  }
  let from = 0;
  let found = 0;
  for (const line of wanted) {
    const place = firstFrom(places.get(line) ?? [], from);
    if (place === null) continue;
    from = place + 1;
    found += 1;
  }
  return found;
}

/** The first of the ascending numbers that is no less than `from`. */
function firstFrom(ascending: readonly number[], from: number): number | null {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return ascending[low] ?? null;
}

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
/** Whatever may stand beside a name without being part of it. */
const isBeside = (sign: string | undefined): boolean => sign === undefined || /[\s()[\]«»"“”,;:]/u.test(sign);

/** Whether the words stand in the text with nothing at their ends that would make them part of longer ones. */
function standsAlone(words: string, text: string, isEnd: (sign: string | undefined) => boolean): boolean {
  for (let at = text.indexOf(words); words !== '' && at >= 0; at = text.indexOf(words, at + words.length))
    if (isEnd(text[at - 1]) && isEnd(text[at + words.length])) return true;
  return false;
}

/** Longer words are not looked for within others: no subject and no reference is, and the time would grow with both. */
const mostWordChars = 300;

/** Whether a page shows some words in one piece, alone or within more text. */
export function showsWords(words: string, shown: string): boolean {
  const [wanted, text] = [shownLines(words).join(' '), shownLines(shown).join(' ')];
  if (wanted.length > mostWordChars) return wanted === text;
  return standsAlone(wanted, text, (sign) => !isWordSign(sign));
}

/** No system has longer names. */
const mostNameChars = 300;

/** How a name is compared: servers put other signs in place of those they do not like. */
const folded = (name: string): string =>
  name
    .slice(0, mostNameChars)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '_');

/**
 * Those of the wanted names that the page lists, each of its entries standing for one file. An entry is what can be read of it: its text, or
 * the end of its address.
 */
export function namesTaken(
  wanted: readonly string[],
  entries: readonly (readonly string[])[],
): readonly string[] {
  const left = new Set(entries.map((entry) => entry.map((shown) => shown.slice(0, mostNameChars))));
  const take = (fits: (name: string, shown: string) => boolean) => (name: string) => {
    for (const entry of left)
      if (entry.some((shown) => fits(name, shown))) {
        left.delete(entry);
        return true;
      }
    return false;
  };
  const alone = take((name, shown) => folded(name) === folded(shown));
  // A size or a date may stand beside it; a longer name that ends in this one is another file's.
  const among = take((name, shown) =>
    shown
      .normalize('NFC')
      .split(/[\s()[\]«»"“”,;]+/u)
      .some((word) => folded(word) === folded(name)),
  );
  const within = take((name, shown) =>
    standsAlone(name.slice(0, mostNameChars).normalize('NFC'), shown.normalize('NFC'), isBeside),
  );
  const taken = wanted.map(alone);
  for (const way of [among, within])
    for (const [nth, name] of wanted.entries()) if (taken[nth] !== true) taken[nth] = way(name);
  return wanted.filter((_name, nth) => taken[nth] === true);
}

/** The number that stands behind one of some words, `''` being the beginning; null where none does. */
export function numberIn(after: readonly string[], text: string): string | null {
  for (const words of after)
    for (
      let at = text.indexOf(words);
      at >= 0;
      at = words === '' ? -1 : text.indexOf(words, at + words.length)
    ) {
      const number = tokenAt(text, at + words.length);
      if (number !== null) return number;
    }
  return null;
}

/** Longest number any portal is believed. */
const mostSigns = 40;

function tokenAt(text: string, from: number): string | null {
  const near = text.slice(from, from + 2 * mostSigns).trimStart();
  const token = /^[A-Za-z0-9-]+/u.exec(near)?.[0] ?? '';
  return token.length <= mostSigns && /\d/u.test(token) && !isWordSign(near[token.length]) ? token : null;
}

/** Whether a path is one of a map's: `*` stands for one step, `**` at the end for whatever follows. Large and small letters are the same. */
export function isPath(pattern: string, path: string): boolean {
  const steps = (text: string): readonly string[] =>
    text
      .toLowerCase()
      .split('/')
      .filter((step) => step !== '');
  const wanted = steps(pattern);
  const given = steps(path);
  const isOpen = wanted.at(-1) === '**';
  const fixed = isOpen ? wanted.slice(0, -1) : wanted;
  if (given.length < fixed.length || (!isOpen && given.length > fixed.length)) return false;
  return fixed.every((step, nth) => step === '*' || step === given[nth]);
}
