import { Trash2, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { RemovedDraftView } from '../../../shared/ipc/views.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { useProductWord } from '../../features/product-word.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { attempt, useApp } from '../../stores/app-store.ts';
import { askWithChanges } from '../../stores/request-rows.ts';
import { useRequests } from '../../stores/requests-store.ts';
import { useToast } from '../../stores/toast-store.ts';
import { useTranslation } from '../../words/translation.ts';

/** Asked for while they are looked at, and again with every change. */
function useRemovedDrafts(isOpen: boolean): readonly RemovedDraftView[] | null {
  const [drafts, setDrafts] = useState<readonly RemovedDraftView[] | null>(null);
  useEffect(
    () => (isOpen ? askWithChanges(() => quietly(window.officina.removedDrafts({})), setDrafts) : undefined),
    [isOpen],
  );
  return drafts;
}

/** The way to drafts that were removed, while there are any: restored with one press, or removed for good. */
export function RemovedDrafts(): ReactNode {
  const { t, moment } = useTranslation();
  const productWord = useProductWord();
  const count = useRequests((state) => state.removed);
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<RemovedDraftView | null>(null);
  const drafts = useRemovedDrafts(isOpen);
  const titleOf = ({ title }: RemovedDraftView): string => (title === '' ? t('requests.untitled') : title);
  const restore = async (draft: RemovedDraftView): Promise<void> => {
    const back = await attempt(() => unwrap(window.officina.bringDraftBack({ id: draft.id })));
    if (back === null) return;
    setOpen(false);
    useToast.getState().say(t('removed.restored', { title: titleOf(draft) }), {
      label: t('today.open'),
      run: () => useApp.getState().go({ screen: 'draft', id: draft.id }),
    });
  };
  const forget = (id: TicketId): void => void attempt(() => unwrap(window.officina.forgetDraft({ id })));
  if (count === 0 && !isOpen) return null;
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        <Trash2 size={16} aria-hidden />
        {t('removed.show')} <span className="number">{count}</span>
      </button>
      <Sheet open={isOpen} onOpenChange={setOpen} title={t('removed.title')} close={t('action.close')}>
        <div className="stack">
          <p className="dim small">{t('removed.text')}</p>
          {drafts?.length === 0 ? <p className="dim">{t('removed.none')}</p> : null}
          <ul className="plain stack">
            {(drafts ?? []).map((draft) => (
              <li key={draft.id} className="removed-draft stack tight">
                <p className="strong">{titleOf(draft)}</p>
                <p className="dim small">
                  {[
                    ...(draft.productId === '' ? [] : [productWord(draft.productId)]),
                    t('removed.line', {
                      removed: moment(draft.removedAt),
                      until: moment(draft.staysUntil),
                    }),
                  ].join(' · ')}
                </p>
                <div className="row wrap">
                  <button type="button" className="button" onClick={() => void restore(draft)}>
                    <Undo2 size={16} aria-hidden />
                    {t('removed.restore')}
                  </button>
                  <button type="button" className="button quiet" onClick={() => setAsked(draft)}>
                    {t('removed.forget')}
                  </button>
                </div>
              </li>
            ))}
          </ul>
        </div>
      </Sheet>
      <Confirm
        open={asked !== null}
        onOpenChange={(open) => (open ? undefined : setAsked(null))}
        title={t('removed.forgetTitle')}
        text={t('removed.forgetText', { title: asked === null ? '' : titleOf(asked) })}
        keep={t('removed.keep')}
        go={t('removed.forget')}
        onGo={() => (asked === null ? undefined : forget(asked.id))}
      />
    </>
  );
}
