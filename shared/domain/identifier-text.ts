import { z } from 'zod';

/** What is not drawn but lies between the letters: direction marks, zero-width marks, soft hyphens, fillers, places of pictures, controls that are no gap. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\uFFFC\u{16FE4}\u{1D159}]|(?!\s)\p{Cc}/gu;
/** Any width of gap, however it was typed; the braille blank is drawn as one. */
const gaps = /[\s\u2800]+/gu;
/** What may stand before an identifier without being of it: a gap, a quotation mark of any language, an accent typed as one. */
const beforeIt = /^[ \p{Quotation_Mark}`´]$/u;
/** What may stand after it: these, and the end of the sentence it was copied out of, in any script. */
const afterIt = /^[ \p{Quotation_Mark}`´\p{Terminal_Punctuation}\p{Sentence_Terminal}‥…]$/u;
/** Closing bracket by its opening one. A pair within an identifier is its own. */
const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** A text without what is not drawn; gaps stay as they are. */
export function drawnText(text: string): string {
  return text.replace(unseen, '');
}

function count(text: string, sign: string): number {
  let found = 0;
  for (const each of text) if (each === sign) found += 1;
  return found;
}

/** Whether the bracket a text begins with is closed by the one it ends with. */
function isHeld(text: string, open: string, close: string): boolean {
  if (!text.startsWith(open) || !text.endsWith(close)) return false;
  let depth = 0;
  let at = 0;
  for (const sign of text) {
    at += sign.length;
    if (sign === open) depth += 1;
    if (sign === close) depth -= 1;
    if (depth === 0) break;
  }
  return depth === 0 && at === text.length;
}

/** Takes brackets off whose other half is not within, and a pair that holds all of it. */
function withoutStrayBrackets(text: string): string {
  let [start, end] = [0, text.length];
  for (const [open, close] of Object.entries(brackets)) {
    let surplus = count(text, open) - count(text, close);
    for (; surplus > 0 && text.charAt(start) === open; surplus -= 1) start += 1;
    for (; surplus < 0 && end > start && text.charAt(end - 1) === close; surplus += 1) end -= 1;
    if (isHeld(text.slice(start, end), open, close)) [start, end] = [start + 1, end - 1];
  }
  return text.slice(start, end);
}

/** The sign that ends before a place, with both halves of one beyond the first plane; empty at the beginning. */
function lastSign(text: string, end: number): string {
  const pair = text.slice(Math.max(0, end - 2), end);
  return (pair.codePointAt(0) ?? 0) > 0xffff ? pair : pair.slice(-1);
}

function firstSign(text: string, start: number, end: number): string {
  return start < end ? String.fromCodePoint(text.codePointAt(start) ?? 0) : '';
}

/** A text without gaps and quotation marks before it, and without these and the ends of a sentence after it. */
function bareText(text: string): string {
  let [start, end] = [0, text.length];
  for (let last = lastSign(text, end); afterIt.test(last); last = lastSign(text, end)) end -= last.length;
  for (let first = firstSign(text, start, end); beforeIt.test(first); first = firstSign(text, start, end))
    start += first.length;
  return text.slice(start, end);
}

/**
 * The one rule for VIN, serial, customer code, ECU, software and ticket numbers, wherever they were typed, pasted or read: what is not
 * drawn goes, gaps become single blanks, quotation marks and brackets around it go, and so do a full stop, a comma or another end of a
 * sentence after it. Letters are left as they are.
 */
export function cleanIdentifier(text: string): string {
  // Nearly every number of a LOG is clean already.
  if (/^[A-Za-z\d]*$/u.test(text)) return text;
  // What stood within brackets may have had marks of its own.
  return bareText(withoutStrayBrackets(bareText(drawnText(text).replace(gaps, ' '))));
}

/**
 * Customer code and serial number: cleaned, 1-32 printable characters, no shape rule,
 * because no public source gives a shape (FACT-CODE-2). Confirmed on screen instead.
 */
export const identifierTextSchema = z
  .string()
  .transform(cleanIdentifier)
  .pipe(
    z
      .string()
      .min(1)
      .max(32)
      .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u),
  );

/** True when the text may serve as customer code or serial number once cleaned (R-INFO-1, R-INFO-2). */
export function isIdentifierText(text: string): boolean {
  return identifierTextSchema.safeParse(text).success;
}
