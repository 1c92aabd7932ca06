import type { TextKey } from '../i18n/translator.ts';
import { ruleDefinitions, type RuleId } from './rule-definitions.ts';
import {
  notAsked,
  type Origin,
  type RuleAnswer,
  type RuleFacts,
  type RuleShape,
  said,
  type Severity,
} from './rule-shape.ts';

export type Rule = {
  readonly id: RuleId;
  readonly origin: Origin;
  readonly severity: Severity;
  readonly judge: (facts: RuleFacts) => RuleAnswer;
};

/** Met when every check of the rule is. */
function byChecks(id: RuleId, { results }: RuleFacts): RuleAnswer {
  const own = results.filter((result) => result.ruleId === id);
  return own.length === 0
    ? notAsked
    : said(
        own.every((result) => result.status === 'met'),
        ...own.map((result) => result.check),
      );
}

const defined: readonly (RuleShape & { readonly id: RuleId })[] = ruleDefinitions;

/** Every rule with its origin, its severity and its function, in the order of the terms. */
export const rules: readonly Rule[] = defined.map(({ id, origin, severity, judge }) => ({
  id,
  origin,
  severity,
  judge: (facts) => {
    const ofChecks = byChecks(id, facts);
    return judge?.(facts, ofChecks) ?? ofChecks;
  },
}));

/** Our sentence for a rule, in either language. */
export function ruleText(id: RuleId): TextKey {
  return `rule.${id}`;
}

export type JudgedRule = Pick<Rule, 'id' | 'origin' | 'severity'> & RuleAnswer;

/** Every rule that has something to say about the facts, in the order of the terms. */
export function judged(facts: RuleFacts): readonly JudgedRule[] {
  return rules
    .map(({ id, origin, severity, judge }) => ({ id, origin, severity, ...judge(facts) }))
    .filter((item) => item.answer !== 'not-asked');
}
