const maxStemChars = 100;
/** The same in bytes of UTF-8: some file systems count these, 255 for a whole name. */
const maxStemBytes = 200;
/** Longest name that is looked at; what is longer keeps its beginning and its extension. */
const maxReadChars = 1_024;
const extensionChars = 16;
/** What no file system takes, and what is not drawn: a name must not end otherwise than it looks. */
const refused =
  /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0\u{1D159}]|\u034F|\u17B4|\u17B5|\u{16FE4}/gu;
/** Names of devices, in any case. Windows takes them for the device whatever follows the first full stop, and with blanks before it. */
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[\d¹²³])$/iu;

/** Without the full stops and blanks at its end, which Windows drops. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '.' || text[end - 1] === ' ')) end -= 1;
  return text.slice(0, end);
}

/** Length of one character in UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** The beginning of a name, by characters and bytes. */
function stemOf(text: string): string {
  let [stem, bytes] = ['', 0];
  for (const character of [...text].slice(0, maxStemChars)) {
    bytes += bytesOf(character);
    if (bytes > maxStemBytes) break;
    stem += character;
  }
  return withoutTail(stem);
}

const isReserved = (name: string): boolean => reserved.test((name.split('.')[0] ?? '').trimEnd());

/**
 * A name that every file system takes, close to the original: forbidden and invisible characters become `_`, reserved device names
 * get a `_`, trailing dots and spaces go, at most 120 characters (A4). Names already in `taken` (lower case) get a number.
 */
export function safeFileName(name: string, taken: ReadonlySet<string> = new Set()): string {
  const read =
    name.length <= maxReadChars
      ? name
      : name.slice(0, maxReadChars - extensionChars) + withoutTail(name).slice(-extensionChars);
  const clean = withoutTail(read.normalize('NFC').replace(refused, '_')).trimStart();
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= extensionChars ? clean.slice(dot) : '';
  const stemText = stemOf(extension === '' ? clean : clean.slice(0, dot));
  const stem = stemText === '' || isReserved(stemText) ? `_${stemText}` : stemText;
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? `${stem}${extension}` : `${stem} (${count})${extension}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}
