import { Lock } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { OwnWordsForm } from '../../features/own-words.tsx';
import { useDraft } from '../../stores/draft-store.ts';
import { useOwnWords } from '../../stores/own-words-store.ts';
import { useTranslation } from '../../words/translation.ts';

/** Behind the sections of the form, for it is none of them: what the workshop keeps beside the request. Open or one line, as they are. */
export function OwnCard({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const stored = useDraft((state) => state.own);
  const words = useOwnWords((state) => state.written.get(id)?.words) ?? stored;
  const panelId = useId();
  const line = [words.plate, words.customer, words.note].filter((part) => part.trim() !== '').join(' · ');
  return (
    <section className={isOpen ? 'section-card open' : 'section-card'} data-status="free">
      <div className="section-head">
        <Lock size={16} aria-hidden />
        <h2>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={panelId}
            onClick={() => setOpen(!isOpen)}
          >
            {t('own.title')}
          </button>
        </h2>
        {isOpen ? null : (
          <p className="section-line">
            <span className="dim">{line === '' ? t('own.nothing') : line}</span>
          </p>
        )}
        {isOpen ? null : (
          <span className="section-go" aria-hidden>
            {t('draft.change')}
          </span>
        )}
      </div>
      <div id={panelId} className="section-panel" hidden={!isOpen}>
        {isOpen ? <OwnWordsForm id={id} stored={stored} /> : null}
      </div>
    </section>
  );
}
