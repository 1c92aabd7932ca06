import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DraftSection, Verdict } from '../../../shared/domain/verdict.ts';
import { useTranslation } from '../../app/translation.ts';

const icons = { met: CircleCheck, missing: CircleAlert, advised: Info } as const;

/** What the vendor asks for (section 3 of the terms), each item with its rule and the way to its place in the form. */
export function Checklist({ verdicts, onGo }: { readonly verdicts: readonly Verdict[]; readonly onGo: (section: DraftSection) => void }): ReactNode {
  const { t } = useTranslation();
  const met = verdicts.filter((item) => item.status === 'met').length;
  return (
    <aside className="card" aria-label={t('draft.completeness')}>
      <div className="row between"><h2>{t('draft.completeness')}</h2><strong>{t('draft.count', { met, all: verdicts.length })}</strong></div>
      <ul className="plain">
        {verdicts.map((item) => {
          const Icon = icons[item.status];
          return (
            <li key={item.finding} className="check">
              <Icon size={16} className={item.status} aria-hidden />
              <span>{t(`verdict.${item.finding}`)} <span className={`small ${item.status}`}>{t(`verdict.${item.status}`)}</span></span>
              {item.status === 'met' ? <span className="small dim mono">{item.ruleId}</span> : <button type="button" className="button quiet small" aria-label={`${item.ruleId} ${t(`verdict.${item.finding}`)}`} onClick={() => onGo(item.section)}>{item.ruleId}</button>}
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
