import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { useTranslation } from '../../words/translation.ts';
import { TicketPaper } from '../../components/ticket-paper.tsx';
import { useApp } from '../../stores/app-store.ts';
import { Checklist } from './checklist.tsx';
import type { DraftFacts } from './draft-results.ts';
import { useVendorText } from './vendor-text.ts';

/** The checklist and the words the vendor will read, live; both are made by the same rules as what is sent. */
export function Summary({
  id,
  facts,
  onLeave,
}: {
  readonly id: TicketId;
  readonly facts: DraftFacts;
  readonly onLeave?: () => void;
}): ReactNode {
  const { t, size } = useTranslation();
  const go = useApp((state) => state.go);
  const { content, files } = facts;
  const text = useVendorText(id, facts);
  const bytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return (
    <div className="summary">
      <Checklist facts={facts} {...(onLeave === undefined ? {} : { onLeave })} />
      <section className="stack tight" aria-label={t('draft.vendorReads')}>
        <h2>{t('draft.vendorReads')}</h2>
        {text === null ? <p className="dim small">{t('draft.noPreview')}</p> : <TicketPaper text={text} />}
        <p className="dim small">
          {t('draft.leaving', {
            files: t('draft.fileCount', { count: files.length }),
            size: size(bytes),
            language: t(`draft.in_${content.language}`),
          })}
        </p>
      </section>
      <button
        type="button"
        data-sends
        className="button primary wide"
        onClick={() => go({ screen: 'review', id })}
      >
        {t('draft.reviewAndSend')}
      </button>
    </div>
  );
}
