import type { RuleId } from '../domain/rule-id.ts';
import type { PortalState } from '../domain/portal-state.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { VersionCheck } from '../domain/vendor-version.ts';
import type { TextKey } from '../i18n/translator.ts';
import type { Origin } from './rule-origin.ts';

/** What the rules look at, as plain data: a draft, what is known of the portal, and what stands in the store beside it. */
export type RuleFacts = {
  readonly verdicts: readonly Verdict[];
  readonly version: VersionCheck;
  readonly causeIds: readonly string[];
  /** Names of the open requests that seem to be about the same problem. */
  readonly openDuplicates: readonly string[];
  readonly speaksOfTwo: boolean;
  readonly termsAccepted: boolean;
  readonly portal: PortalState;
};

/** `not-asked`: the rule has nothing to say about this draft. `lookedAt` names what the answer rests on: findings, states, numbers. */
export type RuleAnswer = { readonly answer: 'met' | 'not-met' | 'not-asked'; readonly lookedAt: readonly string[] };

/** `block` keeps a request here until it is met, `warn` lets through with a reason, `inform` only tells. */
export type Severity = 'block' | 'warn' | 'inform';

export type Rule = {
  readonly id: RuleId;
  readonly origin: Origin;
  readonly severity: Severity;
  readonly judge: (facts: RuleFacts) => RuleAnswer;
};

const notAsked: RuleAnswer = { answer: 'not-asked', lookedAt: [] };

/** Rules about numbers, conversations, sessions and promises: kept by the program itself, whatever a draft says. */
const notAboutDrafts = (): RuleAnswer => notAsked;

const said = (met: boolean, ...lookedAt: readonly string[]): RuleAnswer => ({ answer: met ? 'met' : 'not-met', lookedAt });

/** Met when every verdict of the rule is. */
function byVerdicts(id: RuleId): Rule['judge'] {
  return ({ verdicts }) => {
    const own = verdicts.filter((verdict) => verdict.ruleId === id);
    return own.length === 0
      ? notAsked
      : said(
          own.every((verdict) => verdict.status === 'met'),
          ...own.map((verdict) => verdict.finding),
        );
  };
}

/** Told only while the portal stands so; what stands in its way is no fault of the draft. */
const whilePortalIs =
  (...states: readonly PortalState[]): Rule['judge'] =>
  ({ portal }) =>
    states.includes(portal) ? said(false, portal) : notAsked;

const exclusions: Rule['judge'] = (facts) => {
  const own = byVerdicts('R-EXCL-1')(facts);
  return own.answer === 'not-asked' ? said(facts.causeIds.length === 0, ...facts.causeIds) : own;
};

const version: Rule['judge'] = ({ version: { status, installed, latest } }) =>
  status === 'cannot-tell' ? notAsked : said(status !== 'outdated', installed?.text ?? '', latest?.text ?? '');

const rule = (id: RuleId, section: number, severity: Severity, judge: Rule['judge'] = notAboutDrafts): Rule => ({
  id,
  origin: { kind: 'vendor', section },
  severity,
  judge,
});
/** A rule of ours, drawn from a section that does not say it in so many words. */
const ours = (id: RuleId, near: number, severity: Severity, judge?: Rule['judge']): Rule => ({
  ...rule(id, near, severity, judge),
  origin: { kind: 'house', near },
});
const info = (id: RuleId, section: number, severity: Severity): Rule => rule(id, section, severity, byVerdicts(id));

/** Every rule with its origin, its severity and its function, in the order of the terms. */
export const rules: readonly Rule[] = [
  info('R-PROD-1', 1, 'block'),
  info('R-LANG-1', 2, 'warn'),
  rule('R-ACCEPT-1', 1, 'block', ({ termsAccepted }) => said(termsAccepted)),
  info('R-DOCS-1', 3, 'block'),
  rule('R-TICKET-1', 2, 'inform'),
  rule('R-TICKET-2', 2, 'inform'),
  rule('R-TICKET-3', 2, 'inform'),
  rule('R-TICKET-4', 2, 'warn', ({ openDuplicates }) => said(openDuplicates.length === 0, ...openDuplicates)),
  rule('R-TICKET-5', 2, 'warn', ({ speaksOfTwo }) => said(!speaksOfTwo)),
  info('R-INFO-1', 3, 'block'),
  info('R-INFO-2', 3, 'block'),
  info('R-INFO-3', 3, 'block'),
  info('R-INFO-4', 3, 'block'),
  info('R-INFO-5', 3, 'block'),
  info('R-INFO-6', 3, 'block'),
  info('R-INFO-7', 3, 'warn'),
  info('R-INFO-8', 3, 'block'),
  rule('R-INFO-9', 3, 'block'),
  rule('R-HOURS-1', 4, 'inform', ({ portal }) => (portal === 'staffed' ? said(true, portal) : notAsked)),
  rule('R-HOURS-2', 4, 'inform'),
  rule('R-HOURS-3', 4, 'inform', whilePortalIs('read-only')),
  rule('R-HOURS-4', 4, 'inform', whilePortalIs('unreachable')),
  ours('R-HOURS-5', 4, 'inform', whilePortalIs('unstaffed')),
  rule('R-REMOTE-1', 5, 'block'),
  rule('R-REMOTE-2', 5, 'block'),
  rule('R-REMOTE-3', 5, 'block'),
  rule('R-REMOTE-4', 5, 'warn'),
  rule('R-REMOTE-5', 5, 'block'),
  rule('R-REMOTE-6', 5, 'inform'),
  rule('R-REMOTE-7', 5, 'inform'),
  rule('R-REMOTE-8', 5, 'inform'),
  rule('R-BACKUP-1', 6, 'block'),
  rule('R-LIMIT-1', 7, 'inform'),
  rule('R-LIMIT-2', 8, 'inform'),
  rule('R-VERSION-1', 9, 'warn', version),
  rule('R-EXCL-1', 10, 'warn', exclusions),
  rule('R-PRIVACY-1', 11, 'inform'),
];

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
