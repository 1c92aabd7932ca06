import { Check, CircleAlert, CircleHelp, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PcCheck } from '../../shared/domain/pc-check.ts';
import { pcFindingText } from '../words/pc-finding-text.ts';
import { useTranslation } from '../words/translation.ts';

const looks: Readonly<Record<PcCheck['status'], { readonly icon: typeof Check; readonly tone: string }>> = {
  pass: { icon: Check, tone: 'ok' },
  warn: { icon: TriangleAlert, tone: 'warn' },
  fail: { icon: CircleAlert, tone: 'bad' },
  'cannot-tell': { icon: CircleHelp, tone: 'dim' },
};

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
                {t(`pcCheck.${check.id}`)}: {t(`pcStatus.${check.status}`)},{' '}
                {pcFindingText(check.finding, words)}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
