import { CircleAlert, CircleCheck, MonitorCheck, Radio } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import { useTranslation } from '../../words/translation.ts';
import { Chip } from '../../components/chip.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useRemote } from '../../stores/remote-store.ts';
import { TicketReceipts } from './ticket-receipts.tsx';

/** The readiness light of a remote session (R-REMOTE-1): whether one may be prepared now, and what is missing where not. */
export function RemoteLight({
  id,
  changed,
  isAsked,
}: {
  readonly id: TicketId;
  readonly changed: string;
  readonly isAsked: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const view = useRemote((state) => (state.view?.ticketId === id ? state.view : null));
  const go = useApp((state) => state.go);
  useEffect(() => {
    if (changed !== '')
      void useRemote
        .getState()
        .open(id)
        .catch(() => undefined);
  }, [id, changed]);
  if (view === null) return null;
  const { phase } = view.session;
  const running = phase === 'launching' || phase === 'live' || phase === 'ending';
  const missing = view.gates.ticket;
  // Where nobody asked for one and none was held there is nothing to say.
  if (!isAsked && missing !== null && !running && phase !== 'ended')
    return <TicketReceipts id={id} receipts={view.receipts} />;
  return (
    <>
      <section className="stack tight" aria-label={t('remote.title')}>
        <div className="row between wrap">
          <h2>{t('remote.title')}</h2>
          {running ? (
            <Chip tone="bad" icon={Radio}>
              {t('remote.running')}
            </Chip>
          ) : phase === 'ended' ? (
            <Chip tone="plain" icon={CircleCheck}>
              {t('remote.over')}
            </Chip>
          ) : missing === null ? (
            <Chip tone="ok" icon={CircleCheck}>
              {t('remote.ready')}
            </Chip>
          ) : (
            <Chip tone="plain" icon={CircleAlert}>
              {t('remote.notReady')}
            </Chip>
          )}
        </div>
        {!running && phase !== 'ended' && missing !== null ? (
          <p className="dim small">{t(`gateFinding.${missing}`)}</p>
        ) : null}
        <div>
          <button type="button" className="button" onClick={() => go({ screen: 'remote', id })}>
            <MonitorCheck size={16} aria-hidden />
            {t(running || phase === 'ended' ? 'remote.goOn' : 'remote.prepare')}
          </button>
        </div>
      </section>
      <TicketReceipts id={id} receipts={view.receipts} />
    </>
  );
}
