import { ExternalLink, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GuideRead } from '../../../shared/domain/draft.ts';
import type { GuideWord } from '../../../shared/domain/product.ts';
import { fingerprintOf } from '../../../shared/rules/failure-fingerprint.ts';
import { guidesFor } from '../../../shared/rules/guide-search.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { DatabankLink } from '../../features/databank-link.tsx';
import { TextField } from '../../components/text-field.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { useDraftFacts } from './draft-results.ts';

const most = 30;

/** True for an address that opens a site and no page of it: it would be the same for every guide. */
const isHome = (url: string): boolean => URL.canParse(url) && new URL(url).pathname === '/';

/** Guides read before asking, and what they said (R-DOCS-1); the vendor's own ones are one click away, those about this failure first. */
export function GuidesSection(): ReactNode {
  const { t, language } = useTranslation();
  const change = useDraft((state) => state.change);
  const facts = useDraftFacts();
  if (facts === null) return null;
  const { content, product, tool } = facts;
  const { guides } = content;
  const set = (next: (now: readonly GuideRead[]) => GuideRead[], place?: string): void =>
    change((now) => ({ ...now, guides: next(now.guides) }), place);
  const edit = (id: string, part: Partial<GuideRead>): void =>
    set((now) => now.map((item) => (item.id === id ? { ...item, ...part } : item)), id);
  const add = (title: string): void => {
    const id = crypto.randomUUID();
    set((now) => [...now, { id, title, finding: '' }]);
    requestAnimationFrame(() =>
      document.getElementById(`${title === '' ? 'guide' : 'finding'}-${id}`)?.focus(),
    );
  };
  const remove = (id: string): void => {
    set((now) => now.filter((item) => item.id !== id));
    document.getElementById('draft-addGuide')?.focus();
  };
  const offered = guidesFor(product?.guides ?? [], fingerprintOf(content, tool?.serial ?? ''));
  const wordOf = (word: GuideWord): string => (typeof word === 'string' ? word : word[language]);
  return (
    <div className="stack">
      {offered.some(({ guide }) => isHome(guide.url)) ? (
        <div className="row between wrap">
          <p className="dim small">{t('draft.guidesAtHome')}</p>
          <DatabankLink />
        </div>
      ) : null}
      {offered.length === 0 ? null : (
        <ul className="list">
          {offered.map(({ guide, about }) => (
            <li key={guide.title.en} className="line">
              <span className="grow">
                {guide.title[language]}
                {about.length === 0 ? null : (
                  <span className="note">
                    {t('draft.guideAbout', { words: about.map(wordOf).join(', ') })}
                  </span>
                )}
              </span>
              {isHome(guide.url) ? null : (
                <button
                  type="button"
                  className="button quiet"
                  aria-label={`${t('draft.openGuide')}: ${guide.title[language]}`}
                  onClick={() =>
                    void attempt(() => unwrap(window.officina.openExternalLink({ url: guide.url })))
                  }
                >
                  <ExternalLink size={16} aria-hidden />
                  {t('draft.openGuide')}
                </button>
              )}
              <button
                type="button"
                className="button"
                aria-label={`${t('draft.guideRead')}: ${guide.title[language]}`}
                disabled={
                  guides.length >= most || guides.some((item) => item.title === guide.title[content.language])
                }
                onClick={() => add(guide.title[content.language])}
              >
                {t('draft.guideRead')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {guides.map((guide, index) => (
        <div key={guide.id} className="guide">
          <TextField
            id={`guide-${guide.id}`}
            label={`${t('draft.guide')} ${index + 1}`}
            value={guide.title}
            maxLength={200}
            onChange={(title) => edit(guide.id, { title })}
          />
          <TextField
            id={`finding-${guide.id}`}
            label={`${t('draft.finding')} ${index + 1}`}
            value={guide.finding}
            lines={2}
            maxLength={1_000}
            onChange={(finding) => edit(guide.id, { finding })}
          />
          <button
            type="button"
            className="button icon"
            aria-label={`${t('draft.removeGuide')} ${index + 1}`}
            title={t('draft.removeGuide')}
            onClick={() => remove(guide.id)}
          >
            <Trash2 size={16} aria-hidden />
          </button>
        </div>
      ))}
      <div>
        <button
          id="draft-addGuide"
          type="button"
          className="button"
          disabled={guides.length >= most}
          onClick={() => add('')}
        >
          <Plus size={16} aria-hidden />
          {t('draft.addGuide')}
        </button>
      </div>
    </div>
  );
}
