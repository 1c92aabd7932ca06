import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GuideRead } from '../../../shared/domain/draft.ts';
import { useTranslation } from '../../app/translation.ts';
import { TextField } from '../../components/text-field.tsx';
import { useDraft } from '../../stores/draft-store.ts';

/** Guides read before asking, and what they said (R-DOCS-1). */
export function GuidesSection(): ReactNode {
  const { t } = useTranslation();
  const content = useDraft((state) => state.draft?.content);
  const put = useDraft((state) => state.change);
  if (content === undefined) return null;
  const { guides } = content;
  const set = (next: GuideRead[]): void => put({ ...content, guides: next });
  const edit = (id: string, part: Partial<GuideRead>): void => set(guides.map((item) => (item.id === id ? { ...item, ...part } : item)));
  return (
    <div className="stack">
      {guides.map((guide, index) => (
        <div key={guide.id} className="row">
          <div className="grow stack">
            <TextField label={`${t('draft.guide')} ${index + 1}`} value={guide.title} maxLength={200} onChange={(title) => edit(guide.id, { title })} />
            <TextField label={`${t('draft.finding')} ${index + 1}`} value={guide.finding} maxLength={1_000} onChange={(finding) => edit(guide.id, { finding })} />
          </div>
          <button type="button" className="button quiet" aria-label={`${t('draft.removeGuide')} ${index + 1}`} onClick={() => set(guides.filter((item) => item.id !== guide.id))}><Trash2 size={16} aria-hidden /></button>
        </div>
      ))}
      <div><button type="button" className="button" disabled={guides.length >= 30} onClick={() => set([...guides, { id: crypto.randomUUID(), title: '', finding: '' }])}><Plus size={16} aria-hidden />{t('draft.addGuide')}</button></div>
    </div>
  );
}
