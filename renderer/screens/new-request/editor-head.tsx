import {
  Check,
  CircleAlert,
  CopyPlus,
  Ellipsis,
  FolderDown,
  LayoutTemplate,
  LoaderCircle,
  Redo2,
  Trash2,
  Undo2,
} from 'lucide-react';
import { Menu } from '@base-ui/react/menu';
import { type ReactNode, useState } from 'react';
import { fieldText } from '../../../shared/domain/draft.ts';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { clockTime } from '../../../shared/i18n/translator.ts';
import { removeDraft } from '../../features/remove-draft.ts';
import { askTemplateName } from '../../features/templates.ts';
import { startFrom } from '../../features/start-from.ts';
import { saveAsShown } from '../../features/print-shown.ts';
import { useTranslation } from '../../words/translation.ts';
import { Confirm } from '../../components/confirm.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import type { DraftFacts } from './draft-results.ts';
import { HistoryMenu } from './history-menu.tsx';

function SavedMark(): ReactNode {
  const { t, language } = useTranslation();
  const savedAt = useDraft((state) => state.savedAt);
  const dirty = useDraft((state) => state.dirty);
  const failed = useDraft((state) => state.dirty && state.error !== null);
  const isUntouched = useDraft((state) => state.draft?.revision === 0 && !state.dirty);
  const words = {
    notSaved: t('draft.notSaved'),
    saving: t('draft.saving'),
    saved: t('draft.saved', { time: savedAt === null ? '00:00' : clockTime(savedAt, language) }),
    untouched: t('draft.savesItself'),
  };
  const state = failed
    ? 'notSaved'
    : dirty || savedAt === null
      ? 'saving'
      : isUntouched
        ? 'untouched'
        : 'saved';
  const Icon = { notSaved: CircleAlert, saving: LoaderCircle, saved: Check, untouched: Check }[state];
  // Room for the longest of its words: a mark that grows while saving moves the form under a finger that is on its way down.
  return (
    <span className="saved-mark">
      <output>
        <Icon size={14} aria-hidden />
        {words[state]}
      </output>
      {Object.values(words).map((word) => (
        <span key={word} className="room" data-word={word} aria-hidden />
      ))}
    </span>
  );
}

function titleNow(id: TicketId): string {
  const { draft } = useDraft.getState();
  return draft?.id === id ? (fieldText(draft.content, 'problem').split('\n')[0] ?? '').slice(0, 120) : '';
}

function MoreMenu({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const remove = (): void =>
    void attempt(async () => {
      await useDraft.getState().flush();
      if (await removeDraft({ id, title: titleNow(id) }, t)) useApp.getState().go({ screen: 'requests' });
    });
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="button icon" aria-label={t('draft.more')} title={t('draft.more')}>
          <Ellipsis size={16} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <section aria-label={t('draft.more')}>
            <Menu.Positioner sideOffset={4} align="end" className="over">
              <Menu.Popup className="popup">
                <Menu.Item className="menu-item" onClick={() => startFrom(id)}>
                  <CopyPlus size={16} aria-hidden />
                  {t('origin.start')}
                </Menu.Item>
                <Menu.Item className="menu-item" onClick={() => askTemplateName(id, titleNow(id))}>
                  <LayoutTemplate size={16} aria-hidden />
                  {t('template.saveAs')}
                </Menu.Item>
                <Menu.Item className="menu-item" onClick={() => void saveAsShown(id, t)}>
                  <FolderDown size={16} aria-hidden />
                  <span className="grow">{t('action.saveFolder')}</span>
                  <kbd aria-hidden>Ctrl P</kbd>
                </Menu.Item>
                <Menu.Item className="menu-item danger" onClick={() => setAsking(true)}>
                  <Trash2 size={16} aria-hidden />
                  {t('draft.remove')}
                </Menu.Item>
              </Menu.Popup>
            </Menu.Positioner>
          </section>
        </Menu.Portal>
      </Menu.Root>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('draft.removeTitle')}
        text={t('draft.removeText')}
        keep={t('draft.keep')}
        go={t('draft.remove')}
        onGo={remove}
      />
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
      <h1 title={title}>{title === '' ? t('draft.untitled') : title.slice(0, 120)}</h1>
      <div className="row">
        <SavedMark />
        <button
          type="button"
          className="button icon"
          aria-label={t('draft.undo')}
          title={`${t('draft.undo')} (Ctrl+Z)`}
          disabled={!canUndo}
          onClick={undo}
        >
          <Undo2 size={16} aria-hidden />
        </button>
        <button
          type="button"
          className="button icon"
          aria-label={t('draft.redo')}
          title={`${t('draft.redo')} (Ctrl+Shift+Z)`}
          disabled={!canRedo}
          onClick={redo}
        >
          <Redo2 size={16} aria-hidden />
        </button>
        <HistoryMenu id={id} />
        <MoreMenu id={id} />
      </div>
    </div>
  );
}
