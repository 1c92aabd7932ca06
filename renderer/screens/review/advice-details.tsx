import { Check, CircleAlert, CircleHelp, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PcCheck } from '../../../shared/domain/pc-check.ts';
import type { DraftAdvice } from '../../../shared/ipc/advice-views.ts';
import { pcFindingText } from '../../app/pc-finding-text.ts';
import { useTranslation } from '../../app/translation.ts';

const looks: Readonly<Record<PcCheck['status'], { readonly icon: typeof Check; readonly tone: string }>> = {
  pass: { icon: Check, tone: 'ok' },
  warn: { icon: TriangleAlert, tone: 'warn' },
  fail: { icon: CircleAlert, tone: 'bad' },
  'cannot-tell': { icon: CircleHelp, tone: 'dim' },
};

/** What the score is made of: each gap with its weight, and how often operators asked back for it (C5). */
export function ScoreDetails({ completeness }: { readonly completeness: DraftAdvice['completeness'] }): ReactNode {
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
              <li key={item.finding}>
                {t('advice.gap', { name: t(`verdict.${item.finding}`), share: Math.round((100 * item.weight) / total) })}
                {item.askedBack === 0 ? null : ` ${t('advice.askedBack', { count: item.askedBack })}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Everything that was looked at on this PC, good news included, each with its finding; what cannot be told says so. */
export function PcCheckDetails({ checks }: { readonly checks: readonly PcCheck[] }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  return (
    <details className="licence small">
      <summary>{t('advice.pcChecks')}</summary>
      <ul className="plain stack tight">
        {checks.map((check) => {
          const { icon: Icon, tone } = looks[check.status];
          return (
            <li key={check.id} className="row">
              <Icon size={14} className={tone} aria-hidden />
              <span>
                {t(`pcCheck.${check.id}`)}: {t(`pcStatus.${check.status}`)}, {pcFindingText(check.finding, words)}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
