import type { ReactNode } from 'react';
import type { DraftAdvice } from '../../../shared/ipc/advice-views.ts';
import { useTranslation } from '../../words/translation.ts';

/** What the score is made of: each gap with its weight, and how often operators asked back for it (COMPLAINT-5). */
export function ScoreDetails({
  completeness,
}: {
  readonly completeness: DraftAdvice['completeness'];
}): ReactNode {
  const { t } = useTranslation();
  const gaps = completeness.items.filter((item) => !item.met);
  const total = completeness.items.reduce((sum, item) => sum + item.weight, 0);
  return (
    <>
      <p className="dim small">{t('advice.score', { score: completeness.score })}</p>
      {gaps.length === 0 ? null : (
        <details className="licence small">
          <summary>{t('advice.gaps', { count: gaps.length })}</summary>
          <ul className="points">
            {gaps.map((item) => (
              <li key={item.check}>
                {t('advice.gap', {
                  name: t(`draftCheck.${item.check}`),
                  share: Math.round((100 * item.weight) / total),
                })}
                {item.askedBack === 0 ? null : ` ${t('advice.askedBack', { count: item.askedBack })}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
