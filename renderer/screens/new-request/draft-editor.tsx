import { ChevronDown, ChevronRight, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { fieldText } from '../../../shared/domain/draft.ts';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { DraftSection } from '../../../shared/domain/verdict.ts';
import { clockTime } from '../../../shared/i18n/translator.ts';
import { completeness } from '../../../shared/rules/completeness.ts';
import { unwrap } from '../../app/bridge.ts';
import { useTranslation } from '../../app/translation.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { Checklist } from './checklist.tsx';
import { GuidesSection } from './guides-section.tsx';
import { HistoryMenu } from './history-menu.tsx';
import { ProblemSection } from './problem-section.tsx';
import { RemoveDraft } from './remove-draft.tsx';
import { StepsSection } from './steps-section.tsx';
import { ToolSection } from './tool-section.tsx';
import { VehicleSection } from './vehicle-section.tsx';

const sections = { tool: ToolSection, problem: ProblemSection, vehicle: VehicleSection, steps: StepsSection, guides: GuidesSection } as const;
type ShownSection = keyof typeof sections;
const order: readonly ShownSection[] = ['tool', 'problem', 'vehicle', 'steps', 'guides'];
/** Evidence has no section of its own yet: its one question, why there is no LOG, stands under the problem. */
const placeOf = (section: DraftSection): ShownSection => (section === 'evidence' ? 'problem' : section);

/** One request being written: one section open, the others one line each, the vendor's list beside. */
export function DraftEditor({ id }: { readonly id: TicketId }): ReactNode {
  const { t, language } = useTranslation();
  const [openSection, setOpenSection] = useState<ShownSection>('tool');
  const { draft, savedAt, dirty, error, undoStack, undo } = useDraft();
  const { products, tools, info } = useApp();
  useEffect(() => {
    void useApp.getState().attempt(() => useDraft.getState().open(id));
    return () => void useDraft.getState().flush();
  }, [id]);
  if (draft === null || draft.id !== id) return null;
  const { content } = draft;
  const verdicts = completeness(content, {
    customerCode: info?.profile?.customerCode ?? null,
    product: products.find((item) => item.id === content.productId) ?? null,
    tool: tools.find((item) => item.id === content.toolId) ?? null,
    evidenceKinds: [],
  });
  const title = fieldText(content, 'problem').split('\n')[0] ?? '';
  const remove = (): void => void useApp.getState().attempt(async () => {
    await useDraft.getState().flush();
    await unwrap(window.officina.removeDraft({ id }));
    useApp.getState().go({ screen: 'requests' });
  });
  return (
    <div className="stack">
      <div className="row between">
        <h1 className="grow">{title === '' ? t('draft.untitled') : title.slice(0, 120)}</h1>
        <output className="small dim">{dirty || savedAt === null ? t('draft.saving') : t('draft.saved', { time: clockTime(savedAt, language) })}</output>
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="editor">
        <div className="stack">
          {order.map((name) => {
            const Section = sections[name];
            const isOpen = openSection === name;
            const Mark = isOpen ? ChevronDown : ChevronRight;
            return (
              <section key={name} className="card">
                <h2><button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpenSection(name)}><Mark size={16} aria-hidden />{t(`section.${name}`)}</button></h2>
                {isOpen ? <div className="panel"><Section /></div> : null}
              </section>
            );
          })}
          <div className="row">
            <button type="button" className="button quiet" disabled={undoStack.length === 0} onClick={undo}><Undo2 size={16} aria-hidden />{t('draft.undo')}</button>
            <HistoryMenu id={id} />
            <RemoveDraft onRemove={remove} />
          </div>
        </div>
        <Checklist verdicts={verdicts} onGo={(section) => setOpenSection(placeOf(section))} />
      </div>
    </div>
  );
}
