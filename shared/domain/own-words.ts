import { z } from 'zod';
import { ownWordsMost } from './own-words-limits.ts';
import { readableText } from './readable-text.ts';

/**
 * What a workshop keeps beside a request for itself. It is no part of what is sent; plate and customer go with the text where a person
 * ticks it at the review, the note never.
 */
export const ownWordsSchema = z.object({
  plate: z.string().max(ownWordsMost.plate).transform(readableText),
  customer: z.string().max(ownWordsMost.customer).transform(readableText),
  note: z.string().max(ownWordsMost.note).transform(readableText),
});
export type OwnWords = z.infer<typeof ownWordsSchema>;

/** Of them what a person may have sent, word for word as they stood at the review. */
export const shownWordsSchema = ownWordsSchema.omit({ note: true });
export type ShownWords = z.infer<typeof shownWordsSchema>;
