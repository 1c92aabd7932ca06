import { type ReactNode, useId } from 'react';
import type { DraftSection } from '../../../shared/domain/draft-check.ts';
import { useTranslation } from '../../words/translation.ts';
import { type DraftFacts, sectionStatus } from './draft-results.ts';
import { cardOf, useEditorPlace } from './editor-place.ts';
import { sectionSummary } from './section-summary.ts';
import { sectionParts } from './sections.ts';

/** One section: open with its fields, or closed as one line that can be opened. */
export function SectionCard({
  name,
  facts,
}: {
  readonly name: DraftSection;
  readonly facts: DraftFacts;
}): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const place = useEditorPlace();
  const panelId = useId();
  const isOpen = place.section === name;
  const { icon: Icon, body: Body } = sectionParts[name];
  const summary = sectionSummary(name, facts, words);
  const status = sectionStatus(facts.results, name);
  return (
    <section id={cardOf(name)} className={isOpen ? 'section-card open' : 'section-card'} data-status={status}>
      <div className="section-head">
        <Icon size={16} aria-hidden />
        <h2>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={panelId}
            onClick={() => place.open(name)}
          >
            {t(`section.${name}`)}
          </button>
        </h2>
        {isOpen ? null : (
          <p className="section-line">{summary === '' ? null : <span className="dim">{summary}</span>}</p>
        )}
        {isOpen ? null : (
          <span className="section-go" aria-hidden>
            {t(status === 'missing' ? 'draft.complete' : 'draft.change')}
          </span>
        )}
      </div>
      <div id={panelId} className="section-panel" hidden={!isOpen}>
        {isOpen ? <Body /> : null}
      </div>
    </section>
  );
}
