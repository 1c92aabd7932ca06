import { type ReactNode, useEffect } from 'react';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OwnWords } from '../../shared/domain/own-words.ts';
import { ownWordsMost } from '../../shared/domain/own-words-limits.ts';
import { TextField } from '../components/text-field.tsx';
import { useOwnWords } from '../stores/own-words-store.ts';
import { useTranslation } from '../words/translation.ts';
import { ErrorNotice } from './error-notice.tsx';

const fields = ['plate', 'customer', 'note'] as const;

/** Plate, customer and a private note beside a request; `stored` as main has them. Nothing of it is sent from here. */
export function OwnWordsForm({
  id,
  stored,
}: {
  readonly id: TicketId;
  readonly stored: OwnWords;
}): ReactNode {
  const { t } = useTranslation();
  const written = useOwnWords((state) => state.written.get(id));
  const { put, flush } = useOwnWords.getState();
  useEffect(() => () => void flush(id), [id, flush]);
  const words = written?.words ?? stored;
  const error = written?.error ?? null;
  return (
    <div className="stack own-words">
      <p className="dim small">{t('own.text')}</p>
      {error === null ? null : <ErrorNotice error={error} onRetry={() => void flush(id)} />}
      {fields.map((name) => (
        <TextField
          key={name}
          label={t(`own.${name}`)}
          value={words[name]}
          maxLength={ownWordsMost[name]}
          onBlur={() => void flush(id)}
          onChange={(text) => put(id, { ...words, [name]: text })}
          {...(name === 'note' ? { lines: 3, note: t('own.noteStays') } : {})}
        />
      ))}
    </div>
  );
}
