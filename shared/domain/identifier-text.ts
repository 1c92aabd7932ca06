import { z } from 'zod';

/**
 * Customer code and serial number: trimmed, 1-32 printable characters, no shape rule,
 * because no public source gives a shape (FACTS section 2). Confirmed on screen instead.
 */
export const identifierTextSchema = z
  .string()
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(32)
      .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u),
  );

/** True when the text may serve as customer code or serial number after trimming (R-INFO-1, R-INFO-2). */
export function isIdentifierText(text: string): boolean {
  return identifierTextSchema.safeParse(text).success;
}
