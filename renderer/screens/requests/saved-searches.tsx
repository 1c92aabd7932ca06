import { BookmarkPlus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { type SavedSearch, savedSearchesMost } from '../../../shared/ipc/views.ts';
import { saveSettings } from '../../features/save-settings.ts';
import { useTranslation } from '../../words/translation.ts';
import { useApp } from '../../stores/app-store.ts';
import { useRequests } from '../../stores/requests-store.ts';

const isSame = (a: SavedSearch, b: SavedSearch): boolean => a.filter === b.filter && a.text === b.text;

/** Searches a person kept, one press away, and the way to keep the one on screen. */
export function SavedSearches(): ReactNode {
  const { t } = useTranslation();
  const saved = useApp((state) => state.info?.settings.savedSearches) ?? [];
  const { filter, text, recall } = useRequests();
  const present: SavedSearch = { filter, text: text.trim() };
  const isKept = saved.some((search) => isSame(search, present));
  const words = (search: SavedSearch): string =>
    search.filter === 'all' ? search.text : `${t(`filter.${search.filter}`)}: ${search.text}`;
  if (saved.length === 0 && present.text === '') return null;
  return (
    <fieldset className="filters">
      <legend className="unseen">{t('requests.saved')}</legend>
      {saved.map((search) => (
        <span key={`${search.filter} ${search.text}`} className="pill-pair">
          <button
            type="button"
            className="pill"
            aria-pressed={isSame(search, present)}
            onClick={() => recall(search)}
          >
            {words(search)}
          </button>
          <button
            type="button"
            className="mini"
            aria-label={t('requests.forget', { search: words(search) })}
            onClick={() => saveSettings({ savedSearches: saved.filter((other) => other !== search) })}
          >
            <X size={14} aria-hidden />
          </button>
        </span>
      ))}
      {present.text === '' || isKept || saved.length >= savedSearchesMost ? null : (
        <button
          type="button"
          className="button quiet"
          onClick={() => saveSettings({ savedSearches: [...saved, present] })}
        >
          <BookmarkPlus size={16} aria-hidden />
          {t('requests.keep')}
        </button>
      )}
    </fieldset>
  );
}
