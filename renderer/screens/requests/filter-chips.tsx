import type { ReactNode } from 'react';
import { requestFilterSchema } from '../../../shared/ipc/views.ts';
import { useTranslation } from '../../words/translation.ts';
import { useRequests } from '../../stores/requests-store.ts';

/** Which requests are shown, with how many each holds. */
export function FilterChips(): ReactNode {
  const { t } = useTranslation();
  const filter = useRequests((state) => state.filter);
  const counts = useRequests((state) => state.counts);
  const choose = useRequests((state) => state.choose);
  return (
    <fieldset className="filters">
      <legend className="unseen">{t('requests.filter')}</legend>
      {requestFilterSchema.options.map((name) => (
        <button
          key={name}
          type="button"
          className="pill"
          aria-pressed={filter === name}
          onClick={() => choose(name)}
        >
          {t(`filter.${name}`)} <span className="number">{counts?.[name] ?? ''}</span>
        </button>
      ))}
    </fieldset>
  );
}
