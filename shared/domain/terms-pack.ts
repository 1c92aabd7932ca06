import { z } from 'zod';
import { sha256Schema } from './ids.ts';

/** Our own summary of one version of the vendor's terms; the official document is named by its SHA-256 and link (R-ACCEPT-1). */
export const termsPackSchema = z.object({
  version: z.string().min(1).max(40),
  sha256: sha256Schema,
  url: z.url(),
  summary: z
    .array(
      z.object({ ruleId: z.string().regex(/^R-[A-Z]+-\d+$/u), it: z.string().min(1), en: z.string().min(1) }),
    )
    .min(1),
});
export type TermsPack = z.infer<typeof termsPackSchema>;

/** Newest last: the last one is what holds where no portal has named a version. `version` counts the editions of this list. */
export const termsPacksSchema = z.object({
  version: z.number().int().positive(),
  packs: z.array(termsPackSchema).min(1),
});
