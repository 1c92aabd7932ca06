import { lineStamp } from './line-stamp.ts';

/** Encodings a tool's text is known to come in; anything else counts as binary. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type DecodedText =
  | { readonly kind: 'text'; readonly encoding: TextEncoding; readonly text: string }
  /** Not text in any encoding we know: ciphered, packed or a memory image. */
  | { readonly kind: 'binary' }
  | { readonly kind: 'empty' };

/** What Windows-1252 puts at 0x80-0x9F. 0xFFFD marks its five holes; written out because engines disagree on this block. */
const upperControls = [
  0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
  0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
  0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
];
const windows1252 = Uint16Array.from({ length: 256 }, (_, byte) => upperControls[byte - 0x80] ?? byte);

/** Share of control characters above which bytes are no text. Ciphered bytes have about 10 %. */
const maxControlShare = 0.01;
/** Western text has few letters outside ASCII; more than this is a table of numbers read as letters. */
const maxHighShare = 0.4;
/** Characters that must stand around holes: fewer are a word in a memory image. */
const leastAroundHoles = 32;
/** Judged on the beginning only: enough to be sure, and the same answer for a file of any size. */
const sampleBytes = 64 * 1024;

/** Tab, line feeds, form feed, the DOS end-of-file mark and escape occur in real LOG files. */
const isHarmlessControl = (code: number): boolean =>
  (code >= 9 && code <= 13) || code === 0x1a || code === 0x1b;
const isControl = (code: number): boolean =>
  (code < 0x20 && !isHarmlessControl(code)) || code === 0x7f || (code >= 0x80 && code < 0xa0);

function controlShare(text: string): number {
  let controls = 0;
  const length = Math.min(text.length, sampleBytes);
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (isControl(code) || code === 0xfffd) controls += 1;
  }
  return length === 0 ? 0 : controls / length;
}

function swapped(bytes: Uint8Array): Uint8Array {
  const even = bytes.length - (bytes.length % 2);
  const out = new Uint8Array(even);
  for (let index = 0; index < even; index += 2) {
    out[index] = bytes[index + 1] ?? 0;
    out[index + 1] = bytes[index] ?? 0;
  }
  return out;
}

function utf16(bytes: Uint8Array, bigEndian: boolean): string {
  const ordered = bigEndian ? swapped(bytes) : bytes.subarray(0, bytes.length - (bytes.length % 2));
  // `stream` drops half a surrogate pair at a cut end instead of showing a replacement mark.
  return new TextDecoder('utf-16le').decode(ordered, { stream: true });
}

/** Bytes at the start that end a character cut off before them: at most three. */
function cutCharacter(bytes: Uint8Array): number {
  let length = 0;
  while (length < 3 && ((bytes[length] ?? 0) & 0xc0) === 0x80) length += 1;
  return length;
}

function utf8(bytes: Uint8Array, isCutBefore: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      isCutBefore ? bytes.subarray(cutCharacter(bytes)) : bytes,
      { stream: true },
    );
  } catch {
    return null;
  }
}

function fromWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8_192) {
    text += String.fromCharCode(
      ...Array.from(bytes.subarray(from, from + 8_192), (byte) => windows1252[byte] ?? byte),
    );
  }
  return text;
}

/** UTF-16 without a mark: in western text nearly every second byte is zero, always on the same side. What was not written in counts for neither. */
function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length - (bytes.length % 2), sampleBytes);
  let [even, odd, pairs] = [0, 0, 0];
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0 && bytes[index + 1] === 0) continue;
    if (bytes[index] === 0) even += 1;
    if (bytes[index + 1] === 0) odd += 1;
    pairs += 1;
  }
  if (pairs < 2) return null;
  if (odd / pairs > 0.6 && even / pairs < 0.05) return 'utf-16le';
  if (even / pairs > 0.6 && odd / pairs < 0.05) return 'utf-16be';
  return null;
}

/** So many letters with a zero behind each are a piece in UTF-16; so many bytes without one are none. */
const leastWide = 8;
const leastNarrow = 24;

const isAscii = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;
const isWideAt = (bytes: Uint8Array, at: number): boolean => {
  const byte = bytes[at] ?? 0;
  return bytes[at + 1] === 0 && (isAscii(byte) || byte >= 0xa0);
};

/** Where a piece in UTF-16 that begins here ends. Its western letters tell it; a single other one may stand between them. */
function wideEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    if (isWideAt(bytes, at)) at += 2;
    else if (
      at > from &&
      (bytes[at + 1] ?? 0xff) <= 0x20 &&
      bytes[at] !== 0 &&
      isWideAt(bytes, at + 2) &&
      isWideAt(bytes, at + 4)
    )
      at += 2;
    else return at;
  }
}

/**
 * Bytes whose pieces in UTF-16 are written in UTF-8 like the rest: another program wrote them into the file, or a hole of an odd length
 * stands before them. With the high byte first a piece is one zero and the same again. Null where there is none.
 */
function narrowed(bytes: Uint8Array): Uint8Array | null {
  const parts: Uint8Array[] = [];
  let kept = 0;
  for (let at = 0; at + 1 < bytes.length; ) {
    const end = wideEnd(bytes, at);
    if (end - at < leastWide * 2) {
      at = Math.max(end, at + 1);
      continue;
    }
    const isMarked = at - kept >= 2 && bytes[at - 2] === 0xff && bytes[at - 1] === 0xfe;
    parts.push(
      bytes.subarray(kept, isMarked ? at - 2 : at),
      new TextEncoder().encode(utf16(bytes.subarray(at, end), false)),
    );
    kept = at = end;
  }
  if (parts.length === 0) return null;
  parts.push(bytes.subarray(kept));
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    out.set(part, filled);
    filled += part.length;
  }
  return out;
}

/** Whether a text in UTF-16 has a piece without zeros that reads as words. */
function hasNarrowPiece(bytes: Uint8Array): boolean {
  let [run, gaps] = [0, 0];
  for (const byte of bytes) {
    if (!isAscii(byte)) [run, gaps] = [0, 0];
    else {
      run += 1;
      if (byte === 0x20) gaps += 1;
      if (run >= leastNarrow && gaps >= 2) return true;
    }
  }
  return false;
}

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** Room that a tool set aside in its file and did not write in, or that the disk lost: so many zeros in a row. */
const hole = /\0{4,}/gu;
/** Zeros at the end of what a program wrote, and between its columns. */
const zeroAtGap = /(?<=^|\s)\0{1,3}|\0{1,3}(?=\s|$)/gu;
const mostZeroShare = 0.2;
/** Colours of a console. */
const colours = new RegExp(`${String.fromCharCode(0x1b)}\\[[\\d;?]{0,16}[A-Za-z]`, 'gu');

/** Text with its holes as ends of lines and without other zeros; null where what is left of it is no text of lines. */
function aroundHoles(text: string): string | null {
  const lined = text.replace(hole, '\n');
  const left = lined.replace(zeroAtGap, '').replace(/\0{1,3}/gu, ' ');
  const isOfLines = /[\n\r]/u.test(text) || lineStamp(left).atMs !== null;
  const isText =
    isOfLines &&
    left.trim().length >= leastAroundHoles &&
    lined.length - left.length <= lined.length * mostZeroShare &&
    controlShare(left) === 0;
  return isText ? left : null;
}

function asText(encoding: TextEncoding, decoded: string): DecodedText {
  const whole = decoded.includes('\0') ? aroundHoles(decoded) : decoded;
  const text = whole ?? (decoded.includes('\0\0\0\0') ? null : decoded);
  return text !== null && controlShare(text) <= maxControlShare
    ? { kind: 'text', encoding, text: text.includes('\x1b[') ? text.replace(colours, '') : text }
    : { kind: 'binary' };
}

/** Text in UTF-16; what other programs or a hole made of it is read piece by piece. */
function asWideText(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array): DecodedText {
  const plain = utf16(bytes, encoding === 'utf-16be');
  const even = plain.includes('\0\0') || hasNarrowPiece(bytes) ? narrowed(bytes) : null;
  if (even === null) return asText(encoding, plain);
  const read = narrowText(even, false);
  return read.kind === 'text' ? { ...read, encoding } : asText(encoding, plain);
}

function narrowText(bytes: Uint8Array, isCutBefore: boolean): DecodedText {
  const narrow = utf8(bytes, isCutBefore);
  if (narrow !== null) return asText('utf-8', narrow);
  return highShare(bytes.subarray(0, sampleBytes)) > maxHighShare
    ? { kind: 'binary' }
    : lineByLine(bytes, isCutBefore);
}

function highShare(bytes: Uint8Array): number {
  let high = 0;
  for (const byte of bytes) if (byte >= 0x80) high += 1;
  return high / bytes.length;
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Each line in the encoding it is written in: a tool that writes UTF-8 may pass on what another one wrote. */
function lineByLine(bytes: Uint8Array, isCutBefore: boolean): DecodedText {
  const parts: string[] = [];
  let isUtf8 = false;
  for (let from = 0; from < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, from);
    const end = feed < 0 ? bytes.length : feed + 1;
    const line = bytes.subarray(from, end);
    const narrow: string | null =
      strictUtf8(line) ??
      (from === 0 && isCutBefore ? strictUtf8(line.subarray(cutCharacter(line))) : null) ??
      (feed < 0 && isUtf8 ? utf8(line, false) : null);
    isUtf8 ||= narrow !== null && line.some((byte) => byte >= 0x80);
    parts.push(narrow ?? fromWindows1252(line));
    from = end;
  }
  return asText(isUtf8 ? 'utf-8' : 'windows-1252', parts.join(''));
}

/**
 * Reads bytes as text: byte order mark, UTF-16 by its zeros, strict UTF-8, then line by line in UTF-8 or Windows-1252, each only when what comes out looks
 * like text (FACT-LOG-8). The end may be cut anywhere: half a character there is dropped, never misread. Never fails.
 * @param isCutBefore true for bytes from the middle of a file: half a character at their start is dropped too
 */
export function decodeText(bytes: Uint8Array, isCutBefore = false): DecodedText {
  if (bytes.length === 0) return { kind: 'empty' };
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) return { kind: 'binary' };
  if (startsWith(bytes, 0xff, 0xfe)) return asWideText('utf-16le', bytes.subarray(2));
  if (startsWith(bytes, 0xfe, 0xff)) return asWideText('utf-16be', bytes.subarray(2));
  const wide = utf16WithoutMark(bytes);
  if (wide !== null) return asWideText(wide, bytes);
  return narrowText((bytes.includes(0) ? narrowed(bytes) : null) ?? bytes, isCutBefore);
}
