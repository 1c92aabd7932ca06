import { Check, Ellipsis, LoaderCircle, Redo2, Undo2 } from 'lucide-react';
import { Menu } from '@base-ui/react/menu';
import { type ReactNode, useState } from 'react';
import { fieldText } from '../../../shared/domain/draft.ts';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { clockTime } from '../../../shared/i18n/translator.ts';
import { unwrap } from '../../app/bridge.ts';
import { saveToFolder } from '../../app/save-folder.ts';
import { useTranslation } from '../../app/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import type { DraftFacts } from './draft-verdicts.ts';
import { HistoryMenu } from './history-menu.tsx';

function SavedMark(): ReactNode {
  const { t, language } = useTranslation();
  const savedAt = useDraft((state) => state.savedAt);
  const dirty = useDraft((state) => state.dirty);
  const waiting = dirty || savedAt === null;
  return <output className="saved-mark">{waiting ? <LoaderCircle size={14} aria-hidden /> : <Check size={14} aria-hidden />}{waiting ? t('draft.saving') : t('draft.saved', { time: clockTime(savedAt, language) })}</output>;
}

function MoreMenu({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const save = (): void => void useDraft.getState().flush().then(() => saveToFolder(id, t));
  const remove = (): void => void attempt(async () => {
    await useDraft.getState().flush();
    await unwrap(window.officina.removeDraft({ id }));
    useApp.getState().go({ screen: 'requests' });
  });
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="button icon" aria-label={t('draft.more')} title={t('draft.more')}><Ellipsis size={16} aria-hidden /></Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={4} align="end" className="over">
            <Menu.Popup className="popup">
              <Menu.Item className="menu-item" onClick={save}>{t('action.saveFolder')}</Menu.Item>
              <Menu.Item className="menu-item danger" onClick={() => setAsking(true)}>{t('draft.remove')}</Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Confirm open={asking} onOpenChange={setAsking} title={t('draft.removeTitle')} text={t('draft.removeText')} keep={t('draft.keep')} go={t('draft.remove')} onGo={remove} />
    </>
  );
}

/** Title, what is saved, and what can be taken back. */
export function EditorHead({ id, facts }: { readonly id: TicketId; readonly facts: DraftFacts }): ReactNode {
  const { t } = useTranslation();
  const canUndo = useDraft((state) => state.undoStack.length > 0);
  const canRedo = useDraft((state) => state.redoStack.length > 0);
  const { undo, redo } = useDraft.getState();
  const title = fieldText(facts.content, 'problem').split('\n')[0] ?? '';
  return (
    <div className="editor-head">
      <h1>{title === '' ? t('draft.untitled') : title.slice(0, 120)}</h1>
      <div className="row">
        <SavedMark />
        <button type="button" className="button icon" aria-label={t('draft.undo')} title={`${t('draft.undo')} (Ctrl+Z)`} disabled={!canUndo} onClick={undo}><Undo2 size={16} aria-hidden /></button>
        <button type="button" className="button icon" aria-label={t('draft.redo')} title={`${t('draft.redo')} (Ctrl+Shift+Z)`} disabled={!canRedo} onClick={redo}><Redo2 size={16} aria-hidden /></button>
        <HistoryMenu id={id} />
        <MoreMenu id={id} />
      </div>
    </div>
  );
}
