import { LayoutTemplate, MessagesSquare } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { openRequest } from '../../features/open-request.ts';
import { useTranslation } from '../../words/translation.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useTemplates } from '../../stores/template-store.ts';
import { useRequests } from '../../stores/requests-store.ts';
import { ElsewhereNote } from './elsewhere-note.tsx';
import { FilterChips } from './filter-chips.tsx';
import { RemovedDrafts } from './removed-drafts.tsx';
import { RequestTable } from './request-table.tsx';
import { SavedSearches } from './saved-searches.tsx';

/** The way to the workshop's own templates, while there are any. */
function TemplatesButton(): ReactNode {
  const { t } = useTranslation();
  const count = useTemplates((state) => state.templates.length);
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="button quiet"
      onClick={() => useTemplates.getState().show({ kind: 'all' })}
    >
      <LayoutTemplate size={16} aria-hidden />
      {t('template.title')} <span className="number">{count}</span>
    </button>
  );
}

/** Everything asked so far, in one list: drafts, waiting, open and closed. */
export function Requests(): ReactNode {
  const { t } = useTranslation();
  const { text, search, loaded, total, need } = useRequests();
  const go = useApp((state) => state.go);
  useEffect(() => need(0), [need]);
  return (
    <div className="page filled">
      <div className="page-head">
        <h1>{t('requests.title')}</h1>
        <div className="find">
          <TextField
            label={t('requests.search')}
            hideLabel
            placeholder={t('requests.search')}
            value={text}
            onChange={search}
            maxLength={200}
          />
        </div>
      </div>
      <div className="row between wrap">
        <FilterChips />
        <div className="row wrap">
          <TemplatesButton />
          <RemovedDrafts />
        </div>
      </div>
      <SavedSearches />
      <ElsewhereNote />
      {loaded ? (
        total === 0 ? (
          <EmptyState
            icon={MessagesSquare}
            title={t(text === '' ? 'requests.emptyTitle' : 'requests.nothingFound')}
            text={t(text === '' ? 'requests.empty' : 'requests.tryOther')}
          />
        ) : (
          <RequestTable onOpen={(row) => openRequest(row, go)} />
        )
      ) : (
        <Skeleton lines={8} label={t('action.loading')} />
      )}
    </div>
  );
}
