import type { ReactNode } from 'react';
import type { CheckId } from '../../../shared/rules/rule-definitions.ts';
import type { DraftAdvice } from '../../../shared/ipc/advice-views.ts';
import { useTranslation } from '../../words/translation.ts';

/** What a gap weighs in the score, and how often operators asked back for it (COMPLAINT-5). Nothing while that is not known. */
export function GapWeight({
  check,
  completeness,
}: {
  readonly check: CheckId;
  readonly completeness: DraftAdvice['completeness'] | null;
}): ReactNode {
  const { t } = useTranslation();
  const gap = completeness?.items.find((item) => item.check === check && !item.met);
  if (completeness === null || gap === undefined) return null;
  const total = completeness.items.reduce((sum, item) => sum + item.weight, 0);
  return (
    <span className="dim small">
      {t('advice.gap', { share: Math.round((100 * gap.weight) / total) })}
      {gap.askedBack === 0 ? null : ` ${t('advice.askedBack', { count: gap.askedBack })}`}
    </span>
  );
}
