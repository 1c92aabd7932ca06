import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** A warning a person went past, and why; `about` says what it was about: a finding, a cause, a duplicate. */
export const waiverSchema = z.object({
  ruleId: z.string().regex(/^R-[A-Z]+-\d+$/u),
  about: z.string().min(1).max(80),
  reason: z.string().trim().min(3).max(500),
  at: instantSchema,
});
export type Waiver = z.infer<typeof waiverSchema>;
