import { MonitorCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { useTranslation } from '../../words/translation.ts';
import { useApp } from '../../stores/app-store.ts';
import { useRemote } from '../../stores/remote-store.ts';

/** An operator waits for a session: said where the eyes are, with the one thing to do about it (R-REMOTE-1). */
export function SessionBar({ view: { ticket, row } }: { readonly view: TicketView }): ReactNode {
  const { t } = useTranslation();
  const phase = useRemote((state) => (state.view?.ticketId === ticket.id ? state.view.session.phase : null));
  const go = useApp((state) => state.go);
  // One that was held answers the wish: whoever asks after that, or was waited for in vain, asks still.
  const isUnderWay = phase === 'launching' || phase === 'live' || phase === 'ending';
  if (row.sessionAskedBy === null || ticket.state === 'closed' || isUnderWay) return null;
  return (
    <div className="session-bar">
      <MonitorCheck size={18} aria-hidden />
      <p className="grow">{t('remote.asked', { operator: row.sessionAskedBy })}</p>
      <button
        type="button"
        className="button primary"
        onClick={() => go({ screen: 'remote', id: ticket.id })}
      >
        {t('remote.prepare')}
      </button>
    </div>
  );
}
