import { type ReactNode, useEffect, useId, useState } from 'react';
import type { DraftSection } from '../../../shared/domain/draft-check.ts';
import { useTranslation } from '../../words/translation.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { type DraftFacts, sectionStatus } from './draft-results.ts';
import { cardOf, useEditorPlace } from './editor-place.ts';
import { readyAnswers } from './ready-answers.ts';
import { sectionSummary } from './section-summary.ts';
import { sectionParts } from './sections.ts';

/** Answers that one press gives to what a closed section lacks, and a second press takes back. */
function ReadyLine({ name, facts }: { readonly name: DraftSection; readonly facts: DraftFacts }): ReactNode {
  const words = useTranslation();
  return (
    <div className="section-ready">
      {readyAnswers(name, facts, words).map(({ label, answers }) => (
        <fieldset key={label}>
          <legend>{label}</legend>
          {answers.map((answer) => (
            <button
              key={answer.words}
              type="button"
              className="pill"
              aria-pressed={answer.isGiven}
              onClick={() => useDraft.getState().change(answer.toggle)}
            >
              {answer.words}
            </button>
          ))}
        </fieldset>
      ))}
    </div>
  );
}

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
  // What was missing when the section was last closed: an answer that went once it is given would move what stands below it.
  const [lacked, setLacked] = useState(status === 'missing');
  useEffect(() => {
    if (isOpen || status === 'missing') setLacked(status === 'missing');
  }, [isOpen, status]);
  return (
    <section id={cardOf(name)} className={isOpen ? 'section-card open' : 'section-card'} data-status={status}>
      <div className="section-head">
        <Icon size={16} aria-hidden />
        <h2>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={panelId}
            onClick={(event) => place.open(name, event.detail > 0)}
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
      {isOpen || !lacked ? null : <ReadyLine name={name} facts={facts} />}
      <div id={panelId} className="section-panel" hidden={!isOpen}>
        {isOpen ? <Body /> : null}
      </div>
    </section>
  );
}
