import { z } from 'zod';
import type { CheckId } from './rule-definitions.ts';
import { checkIds, type CheckResult, draftCheck } from './draft-checks.ts';

/** Times something was asked back until it counts double; more change nothing, so that one busy month does not drown the terms. */
const doubledAfter = 5;

export type AskedBack = Readonly<Partial<Record<CheckId, number>>>;

/** One part of the score: how much it counts here, whether it is there, and how often operators asked back for it. */
const scoreItemSchema = z.object({
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
  items: z.array(scoreItemSchema).readonly(),
});
export type CompletenessScore = z.infer<typeof completenessScoreSchema>;

/**
 * The score of a draft out of what the terms ask and what operators asked back for this product and kind of failure before. It informs
 * and never blocks: what blocks is said by the results themselves.
 */
export function completenessScore(results: readonly CheckResult[], askedBack: AskedBack): CompletenessScore {
  const items = results.map(({ check, ruleId, status }): ScoreItem => {
    const times = askedBack[check] ?? 0;
    return {
      check,
      ruleId,
      met: status === 'met',
      weight: draftCheck(check).weight * (1 + Math.min(1, times / doubledAfter)),
      askedBack: times,
    };
  });
  const total = items.reduce((sum, item) => sum + item.weight, 0);
  const met = items.reduce((sum, item) => sum + (item.met ? item.weight : 0), 0);
  const order = items.toSorted((a, b) => Number(a.met) - Number(b.met) || b.weight - a.weight);
  // Rounded down, so that 100 means that nothing is left; divided first, because a whole is exactly one and a hundred times it is not.
  return { score: total === 0 ? 100 : Math.floor((met / total) * 100), items: order };
}
