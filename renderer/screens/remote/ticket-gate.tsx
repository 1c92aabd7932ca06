import type { ReactNode } from 'react';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { useTranslation } from '../../words/translation.ts';
import { Identifier } from '../../components/identifier.tsx';

/** What the ticket must say before anything else (R-REMOTE-1); nothing here is for the person to do but wait or ask. */
export function TicketGate({ view }: { readonly view: RemoteView }): ReactNode {
  const { t } = useTranslation();
  const { ticket } = view.session.preparation;
  const finding = view.gates.ticket;
  return (
    <section className="stack" aria-label={t('remote.gate_ticket')}>
      <h2>{t('remote.ticketTitle')}</h2>
      <p className="dim">{t('remote.ticketText')}</p>
      <dl className="facts">
        <dt>{t('remote.number')}</dt>
        <dd>{ticket.number === null ? t('remote.no') : <Identifier text={ticket.number} />}</dd>
        <dt>{t('remote.operator')}</dt>
        <dd>{ticket.operator ?? t('remote.no')}</dd>
        <dt>{t('remote.asked')}</dt>
        <dd>{t(ticket.asked ? 'remote.yes' : 'remote.no')}</dd>
        <dt>{t('remote.hours')}</dt>
        <dd>{t(ticket.hours === 'staffed' ? 'remote.yes' : 'remote.no')}</dd>
      </dl>
      {ticket.stated === true ? <p className="hint-line">{t('remote.statedHere')}</p> : null}
      {finding === null ? null : (
        <p className="hint-line">
          {t(`gateFinding.${finding}`)}. {t('remote.ticketWait')}
        </p>
      )}
    </section>
  );
}
