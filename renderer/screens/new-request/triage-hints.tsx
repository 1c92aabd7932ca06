import { type ReactNode, useEffect, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { useDraftAdvice } from '../../features/draft-advice.ts';
import { causeFacts } from '../../words/pc-finding-text.ts';
import { useTranslation } from '../../words/translation.ts';
import { PcCheckDetails } from '../../components/pc-check-details.tsx';
import { Why } from '../../components/why.tsx';
import { useDraft } from '../../stores/draft-store.ts';

/** Long enough that the rules are not asked after every word, in milliseconds. */
const pauseMs = 600;

/** The revision on disk once nothing new came for a moment. */
function useSettledRevision(): number | null {
  const revision = useDraft((state) => state.draft?.revision ?? null);
  const [settled, setSettled] = useState(revision);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(revision), pauseMs);
    return () => clearTimeout(timer);
  }, [revision]);
  return settled;
}

function Hints({ id }: { readonly id: TicketId }): ReactNode {
  const words = useTranslation();
  const { t, language } = words;
  const { advice } = useDraftAdvice(id, useSettledRevision());
  const causes = advice?.causes ?? [];
  const pcChecks = advice?.pcChecks ?? null;
  return (
    <section className="stack tight" aria-label={t('triage.title')}>
      <h3>{t('triage.title')}</h3>
      <div className="triage-line">
        <output className="dim small">
          {causes.length > 0
            ? t('triage.some', { count: causes.length })
            : t(pcChecks === null ? 'advice.looking' : 'triage.none')}
        </output>
        {pcChecks === null ? null : <PcCheckDetails checks={pcChecks} />}
      </div>
      {causes.length === 0 ? null : (
        <ul className="plain stack tight">
          {causes.map((cause) => (
            <li key={cause.id} className="hint-line">
              <span className="grow">
                <span className="strong">{cause.name[language]}</span>{' '}
                <span className="small">{cause.tryFirst[language]}</span>
              </span>
              <Why ruleId="R-EXCL-1" answer="warn" lookedAt={causeFacts(cause, pcChecks, words)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** R-EXCL-1: what support leaves out and seems to apply, with what to try first, as soon as product and kind of request are known. */
export function TriageHints(): ReactNode {
  const id = useDraft((state) => state.draft?.id ?? null);
  const isDue = useDraft((state) => {
    const content = state.draft?.content;
    return (
      content !== undefined &&
      content.productId !== null &&
      content.requestType !== null &&
      content.requestType !== 'theft-or-loss'
    );
  });
  return id !== null && isDue ? <Hints id={id} /> : null;
}
