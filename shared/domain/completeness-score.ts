import { z } from 'zod';
import { checkIds } from './draft-check.ts';

/** One part of the score: how much it counts here, whether it is there, and how often operators asked back for it. */
export const scoreItemSchema = z.object({
  check: z.enum(checkIds),
  ruleId: z.string(),
  met: z.boolean(),
  weight: z.number().nonnegative(),
  askedBack: z.number().int().nonnegative(),
});
export type ScoreItem = z.infer<typeof scoreItemSchema>;

/** 0 to 100, with everything it is made of; heaviest gap first (COMPLAINT-5). */
export const completenessScoreSchema = z.object({
  score: z.number().int().min(0).max(100),
  items: z.array(scoreItemSchema),
});
export type CompletenessScore = z.infer<typeof completenessScoreSchema>;
