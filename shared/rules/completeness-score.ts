import type { CompletenessScore, ScoreItem } from '../domain/completeness-score.ts';
import type { Finding, Verdict } from '../domain/verdict.ts';
import { draftCheck } from './draft-checks.ts';

/** Times something was asked back until it counts double; more change nothing, so that one busy month does not drown the terms. */
const doubledAfter = 5;

export type AskedBack = Readonly<Partial<Record<Finding, number>>>;

/**
 * The score of a draft out of what the terms ask and what operators asked back for this product and kind of failure before. It informs
 * and never blocks: what blocks is said by the verdicts themselves.
 */
export function completenessScore(verdicts: readonly Verdict[], askedBack: AskedBack): CompletenessScore {
  const items = verdicts.map(({ finding, ruleId, status }): ScoreItem => {
    const times = askedBack[finding] ?? 0;
    return {
      finding,
      ruleId,
      met: status === 'met',
      weight: draftCheck(finding).weight * (1 + Math.min(1, times / doubledAfter)),
      askedBack: times,
    };
  });
  const total = items.reduce((sum, item) => sum + item.weight, 0);
  const met = items.reduce((sum, item) => sum + (item.met ? item.weight : 0), 0);
  const order = items.toSorted((a, b) => Number(a.met) - Number(b.met) || b.weight - a.weight);
  // Rounded down, so that 100 means that nothing is left; divided first, because a whole is exactly one and a hundred times it is not.
  return { score: total === 0 ? 100 : Math.floor((met / total) * 100), items: order };
}
