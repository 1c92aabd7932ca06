import { z } from 'zod';
import { requestTypeSchema } from './draft.ts';
import { pcCheckIdSchema } from './pc-check.ts';
import { productIdSchema } from './product.ts';

const bothLanguages = z.object({ it: z.string().min(1).max(400), en: z.string().min(1).max(400) });

/**
 * One thing support is not given for, as we say it (R-EXCL-1): how it shows itself and what to try first. Empty lists of products and
 * request types mean all. A cause is named only when one of its checks or one of its words speaks for it.
 */
export const exclusionCauseSchema = z.object({
  id: z.string().regex(/^[a-z][a-z-]{1,39}$/u),
  name: bothLanguages,
  tryFirst: bothLanguages,
  productIds: z.array(productIdSchema).max(50),
  requestTypes: z.array(requestTypeSchema),
  checks: z.array(pcCheckIdSchema),
  /** Beginnings of words in problem, error text or steps, lower case, in either language. */
  words: z
    .array(
      z
        .string()
        .min(3)
        .max(40)
        .regex(/^[\p{Ll}\p{N}][\p{Ll}\p{N} +.-]*$/u),
    )
    .max(60),
});
export type ExclusionCause = z.infer<typeof exclusionCauseSchema>;

export const exclusionPackSchema = z.object({
  version: z.number().int().positive(),
  causes: z.array(exclusionCauseSchema).min(1).max(100),
});
export type ExclusionPack = z.infer<typeof exclusionPackSchema>;

/** A cause that seems to apply to a draft, with what speaks for it. */
export const likelyCauseSchema = z.object({
  id: z.string(),
  name: bothLanguages,
  tryFirst: bothLanguages,
  checks: z.array(pcCheckIdSchema),
  words: z.array(z.string()),
});
export type LikelyCause = z.infer<typeof likelyCauseSchema>;
