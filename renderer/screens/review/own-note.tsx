import type { ReactNode } from 'react';
import type { ReviewView } from '../../../shared/ipc/views.ts';
import { CheckField } from '../../components/check-field.tsx';
import { useTranslation } from '../../words/translation.ts';

/** The workshop's own plate and customer: they stay here unless somebody ticks this, each time anew. Nothing where there are none. */
export function OwnNote({
  review,
  isShown,
  onChange,
}: {
  readonly review: ReviewView;
  readonly isShown: boolean;
  readonly onChange: (isShown: boolean) => void;
}): ReactNode {
  const { t } = useTranslation();
  const words = [review.own.plate, review.own.customer].filter((part) => part.trim() !== '');
  if (words.length === 0) return null;
  return (
    <section className="stack tight" aria-label={t('own.title')}>
      <h2>{t('own.title')}</h2>
      <CheckField
        label={t('own.send', { words: words.join(' · ') })}
        checked={isShown}
        onChange={onChange}
        note={t('own.sendText')}
      />
    </section>
  );
}
