import type { CompletenessScore, ScoreItem } from '../domain/completeness-score.ts';
import type { Finding, Verdict } from '../domain/verdict.ts';

/**
 * How much each item of section 3 of the terms counts (R-INFO-1 to R-INFO-8, R-DOCS-1): what an operator cannot begin without weighs most,
 * what saves one question less, what is merely kind least.
 */
const weights: Readonly<Record<Finding, number>> = {
  customerCode: 8,
  requestType: 3,
  tool: 8,
  serial: 8,
  vehicleOrEcu: 10,
  problemMissing: 10,
  problemNoSymptom: 8,
  problemNoMoment: 4,
  errorEvidence: 9,
  textLanguage: 2,
  stepsDone: 8,
  stepsTried: 5,
  photos: 3,
  log: 9,
  guides: 3,
  lossFacts: 10,
  lossReport: 3,
};

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
    return { finding, ruleId, met: status === 'met', weight: weights[finding] * (1 + Math.min(1, times / doubledAfter)), askedBack: times };
  });
  const total = items.reduce((sum, item) => sum + item.weight, 0);
  const met = items.reduce((sum, item) => sum + (item.met ? item.weight : 0), 0);
  const order = items.toSorted((a, b) => Number(a.met) - Number(b.met) || b.weight - a.weight);
  // Rounded down, so that 100 means that nothing is left; divided first, because a whole is exactly one and a hundred times it is not.
  return { score: total === 0 ? 100 : Math.floor((met / total) * 100), items: order };
}
