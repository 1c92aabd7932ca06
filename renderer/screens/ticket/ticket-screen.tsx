import { CopyPlus } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { portalKinds } from '../../../shared/domain/portal-kind.ts';
import { isPerhapsCarried } from '../../../shared/flows/queue-gate.ts';
import { PracticeAnew } from '../../features/practice-anew.tsx';
import { startFrom } from '../../features/start-from.ts';
import { useTranslation } from '../../words/translation.ts';
import { Sheet } from '../../components/sheet.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { attempt } from '../../stores/app-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';
import { RequestColumn } from '../requests/request-column.tsx';
import { ConflictNotes } from './conflict-note.tsx';
import { Conversation } from './conversation.tsx';
import { FormerCustomer } from './former-customer.tsx';
import { ManualPanel } from './manual-panel.tsx';
import { LookAtPortal } from './look-at-portal.tsx';
import { PortalWords } from './portal-words.tsx';
import { RepliesToCarry } from './replies-to-carry.tsx';
import { ReplyBox } from './reply-box.tsx';
import { SessionBar } from './session-bar.tsx';
import { TicketHead } from './ticket-head.tsx';
import { TicketSide } from './ticket-side.tsx';

/** One request after it was sent: the list beside it, the conversation, and what belongs to it. */
export function TicketScreen({ id }: { readonly id: TicketId }): ReactNode {
  const { t } = useTranslation();
  const view = useTicket((state) => (state.view?.ticket.id === id ? state.view : null));
  const [sideOpen, setSideOpen] = useState(false);
  useEffect(() => {
    void attempt(() => useTicket.getState().open(id));
  }, [id]);
  const isCarried = view !== null && portalKinds[view.ticket.realm].isCarriedByHand;
  return (
    <div className="split">
      <RequestColumn chosen={id} />
      {view === null ? (
        <div className="page">
          <Skeleton lines={8} label={t('action.loading')} />
        </div>
      ) : (
        <>
          <section className="talk" aria-label={t('ticket.conversation')}>
            <TicketHead view={view} onFacts={() => setSideOpen(true)} />
            {portalKinds[view.ticket.realm].isPractice && view.ticket.number !== null ? (
              <PracticeAnew since={view.ticket.receivedAt ?? view.ticket.frozenAt} />
            ) : null}
            <div className="talk-scroll">
              {isCarried ? <FormerCustomer id={id} /> : null}
              {isCarried && view.ticket.number === null ? (
                <ManualPanel
                  id={id}
                  opensHere={portalKinds[view.ticket.realm].opensHere}
                  isDoubted={view.outbox.some(
                    (item) => item.work.kind === 'create-ticket' && isPerhapsCarried(item),
                  )}
                />
              ) : null}
              <Conversation view={view} />
              <ConflictNotes view={view} />
              {isCarried && view.ticket.number !== null ? <RepliesToCarry view={view} /> : null}
              {portalKinds[view.ticket.realm].opensHere && view.ticket.number !== null ? (
                <LookAtPortal id={id} />
              ) : null}
              {isCarried && view.ticket.number !== null && view.ticket.state !== 'closed' ? (
                <PortalWords key={id} view={view} />
              ) : null}
            </div>
            <SessionBar view={view} />
            {view.ticket.state === 'closed' ? (
              <div className="closed-note row between wrap">
                <p className="dim">{t('ticket.closedNote')}</p>
                <button type="button" className="button" onClick={() => startFrom(id)}>
                  <CopyPlus size={16} aria-hidden />
                  {t('origin.start')}
                </button>
              </div>
            ) : (
              <ReplyBox key={id} view={view} />
            )}
          </section>
          <aside className="ticket-side" aria-label={t('ticket.facts')}>
            <TicketSide view={view} />
          </aside>
          <Sheet
            open={sideOpen}
            onOpenChange={setSideOpen}
            title={t('ticket.facts')}
            close={t('action.close')}
          >
            <TicketSide view={view} />
          </Sheet>
        </>
      )}
    </div>
  );
}
