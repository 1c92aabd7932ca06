import { Circle, CircleAlert, CircleCheck, CircleDot, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { useTranslation } from '../../words/translation.ts';
import { useApp } from '../../stores/app-store.ts';
import { type DraftFacts, sectionStatus } from './draft-results.ts';
import { useEditorPlace } from './editor-place.ts';
import { sectionSummary } from './section-summary.ts';
import { shownSections } from '../../../shared/rules/completeness.ts';

const marks = {
  met: { icon: CircleCheck, look: 'met' },
  missing: { icon: CircleAlert, look: 'missing' },
  advised: { icon: Circle, look: 'free' },
  free: { icon: Circle, look: 'free' },
} as const;

/** The sections with their state; any can be opened at any time, in any order. */
export function SectionNav({ id, facts }: { readonly id: TicketId; readonly facts: DraftFacts }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const place = useEditorPlace();
  const go = useApp((state) => state.go);
  return (
    <nav className="section-nav" aria-label={t('draft.sections')}>
      {shownSections(facts.content.requestType).map((name) => {
        const status = sectionStatus(facts.results, name);
        const isOpen = place.section === name;
        const { icon, look } = marks[status];
        const Icon = isOpen && status !== 'missing' ? CircleDot : icon;
        const line = sectionSummary(name, facts, words) || t('draft.nothingYet');
        return (
          <button
            key={name}
            type="button"
            className="section-step"
            aria-current={isOpen ? 'step' : undefined}
            onClick={(event) => place.open(name, event.detail > 0)}
          >
            <Icon size={16} className={isOpen && status !== 'missing' ? 'here' : look} aria-hidden />
            <span>
              <span className="name">
                {t(`section.${name}`)}
                {status === 'missing' ? <span className="unseen"> {t('draft.toComplete')}</span> : null}
              </span>
              <span className="line">{line}</span>
            </span>
          </button>
        );
      })}
      <button type="button" className="section-step" onClick={() => go({ screen: 'review', id })}>
        <Send size={16} className="free" aria-hidden />
        <span>
          <span className="name">{t('draft.reviewAndSend')}</span>
          <span className="line">{t('draft.reviewLine')}</span>
        </span>
      </button>
    </nav>
  );
}
