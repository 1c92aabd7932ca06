import { type Origin, ruleDefinitions, type RuleId, type Severity } from '../domain/rule-id.ts';
import type { PortalState } from '../domain/portal-state.ts';
import type { CheckResult } from '../domain/draft-check.ts';
import type { VersionCheck } from '../domain/vendor-version.ts';
import type { TextKey } from '../i18n/translator.ts';

/** What the rules look at, as plain data: a draft, what is known of the portal, and what stands in the store beside it. */
export type RuleFacts = {
  readonly results: readonly CheckResult[];
  readonly version: VersionCheck;
  readonly causeIds: readonly string[];
  /** Names of the open requests that seem to be about the same problem. */
  readonly openDuplicates: readonly string[];
  readonly speaksOfTwo: boolean;
  readonly termsAccepted: boolean;
  readonly portal: PortalState;
};

/** `not-asked`: the rule has nothing to say about this draft. `lookedAt` names what the answer rests on: checks, states, numbers. */
export type RuleAnswer = {
  readonly answer: 'met' | 'not-met' | 'not-asked';
  readonly lookedAt: readonly string[];
};

export type Rule = {
  readonly id: RuleId;
  readonly origin: Origin;
  readonly severity: Severity;
  readonly judge: (facts: RuleFacts) => RuleAnswer;
};

const notAsked: RuleAnswer = { answer: 'not-asked', lookedAt: [] };

const said = (met: boolean, ...lookedAt: readonly string[]): RuleAnswer => ({
  answer: met ? 'met' : 'not-met',
  lookedAt,
});

/** Met when every check of the rule is. */
function byChecks(id: RuleId): Rule['judge'] {
  return ({ results }) => {
    const own = results.filter((result) => result.ruleId === id);
    return own.length === 0
      ? notAsked
      : said(
          own.every((result) => result.status === 'met'),
          ...own.map((result) => result.check),
        );
  };
}

/** Told only while the portal stands so; what stands in its way is no fault of the draft. */
const whilePortalIs =
  (...states: readonly PortalState[]): Rule['judge'] =>
  ({ portal }) =>
    states.includes(portal) ? said(false, portal) : notAsked;

const exclusions: Rule['judge'] = (facts) => {
  const own = byChecks('R-EXCL-1')(facts);
  return own.answer === 'not-asked' ? said(facts.causeIds.length === 0, ...facts.causeIds) : own;
};

const version: Rule['judge'] = ({ version: { status, installed, latest } }) =>
  status === 'cannot-tell'
    ? notAsked
    : said(status !== 'outdated', installed?.text ?? '', latest?.text ?? '');

/** Rules that look at more than the checks of a draft; all others are met when each of their checks is, and say nothing without one. */
const judges: Partial<Record<RuleId, Rule['judge']>> = {
  'R-ACCEPT-1': ({ termsAccepted }) => said(termsAccepted),
  'R-TICKET-4': ({ openDuplicates }) => said(openDuplicates.length === 0, ...openDuplicates),
  'R-TICKET-5': ({ speaksOfTwo }) => said(!speaksOfTwo),
  'R-HOURS-1': ({ portal }) => (portal === 'staffed' ? said(true, portal) : notAsked),
  'R-HOURS-3': whilePortalIs('read-only'),
  'R-HOURS-4': whilePortalIs('unreachable'),
  'R-HOURS-5': whilePortalIs('unstaffed'),
  'R-VERSION-1': version,
  'R-EXCL-1': exclusions,
};

/** Every rule with its origin, its severity and its function, in the order of the terms. */
export const rules: readonly Rule[] = ruleDefinitions.map((rule) => ({
  ...rule,
  judge: judges[rule.id] ?? byChecks(rule.id),
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
