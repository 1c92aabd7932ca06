import { z } from 'zod';

/** What is not drawn but lies between the letters: direction marks, zero-width marks, soft hyphens, fillers, places of pictures, controls that are no gap. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\uFFFC]|(?!\s)\p{Cc}/gu;
/** Any width of gap, however it was typed; the braille blank is drawn as one. */
const gaps = /[\s\u2800]+/gu;
/** Ends of a sentence the identifier was copied out of. */
const sentenceEnds = ' .,;:!?…。、，；：．';

/** A text without what is not drawn; gaps stay as they are. */
export function drawnText(text: string): string {
  return text.replace(unseen, '');
}

/**
 * The one rule for VIN, serial, customer code, ECU, software and ticket numbers, wherever they were typed, pasted or read: what is not
 * drawn goes, gaps become single blanks, and a full stop, a comma or another end of a sentence after it goes too. Letters are left as they are.
 */
export function cleanIdentifier(text: string): string {
  const drawn = drawnText(text).replace(gaps, ' ').trimStart();
  let end = drawn.length;
  while (end > 0 && sentenceEnds.includes(drawn.charAt(end - 1))) end -= 1;
  return drawn.slice(0, end);
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
