import type { ReactNode } from 'react';
import type { AppError } from '../../../shared/domain/app-error.ts';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { useTranslation } from '../../words/translation.ts';
import { CopyButton } from '../../features/copy-button.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { useDraft } from '../../stores/draft-store.ts';
import type { DraftFacts } from './draft-results.ts';
import { useVendorText } from './vendor-text.ts';

/** Why the last edit is not on disk, and two ways to carry it elsewhere meanwhile: it stands nowhere but in this window (D1). */
export function UnsavedNotice({
  id,
  facts,
  error,
}: {
  readonly id: TicketId;
  readonly facts: DraftFacts;
  readonly error: AppError;
}): ReactNode {
  const { t } = useTranslation();
  const text = useVendorText(id, facts);
  const dirty = useDraft((state) => state.dirty);
  const written =
    text === null
      ? Object.values(facts.content.fields)
          .map((field) => field.text)
          .join('\n\n')
      : `${text.subject}\n\n${text.body}`;
  return (
    <div className="stack tight">
      <ErrorNotice error={error} onRetry={() => void useDraft.getState().flush()} />
      {dirty ? (
        <div className="row wrap">
          <span className="small grow">{t('draft.unsavedHere')}</span>
          <CopyButton text={written} label={t('draft.copyWritten')} words />
        </div>
      ) : null}
    </div>
  );
}
