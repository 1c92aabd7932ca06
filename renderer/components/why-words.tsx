import { Popover } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { rules, ruleText } from '../../shared/rules/registry.ts';
import type { RuleId } from '../../shared/rules/rule-definitions.ts';
import type { Origin, Severity } from '../../shared/rules/rule-shape.ts';
import { useTranslation, type Words } from '../words/translation.ts';

export type WhyProps = {
  readonly ruleId: RuleId;
  /** What the rule does here and now; one rule may block a draft and only advise another. */
  readonly answer: Severity | 'met';
  /** What was looked at, with the values it had. */
  readonly lookedAt: readonly string[];
  /** Whose word it is where one part of a rule is ours; left out, the rule's own. */
  readonly origin?: Origin;
  /** What is shown to press; left out, the word itself. */
  readonly trigger?: ReactNode;
};

/** The vendor's word with its section, or ours: what the terms do not say is never told as theirs. */
function originSaid(origin: Origin, t: Words['t']): string {
  if (origin.kind === 'vendor') return t('why.section', { section: origin.section });
  return origin.near === null ? t('why.ours') : t('why.oursNear', { section: origin.near });
}

/** What stands behind "Why?": the rule in our words, what was looked at, and whose word it is. */
export function WhyWords({ ruleId, answer, lookedAt, origin }: WhyProps): ReactNode {
  const { t } = useTranslation();
  const rule = rules.find((item) => item.id === ruleId);
  if (rule === undefined) return null;
  return (
    <>
      <Popover.Title className="strong">{t(ruleText(ruleId))}</Popover.Title>
      <p className="dim small">{t(`severity.${answer}`)}</p>
      {lookedAt.length === 0 ? null : (
        <p className="small">{t('why.lookedAt', { facts: lookedAt.join(' · ') })}</p>
      )}
      <p className="dim small">
        {originSaid(origin ?? rule.origin, t)} <span className="rule">{ruleId}</span>
      </p>
    </>
  );
}
