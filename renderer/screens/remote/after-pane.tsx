import { FolderDown, Paperclip, RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../shared/domain/app-error.ts';
import { displayName } from '../../../shared/domain/display-name.ts';
import type { RemoteView } from '../../../shared/ipc/remote-views.ts';
import { durationText } from '../../words/duration.ts';
import { useTranslation } from '../../words/translation.ts';
import { Identifier } from '../../components/identifier.tsx';
import { ErrorNotice } from '../../features/error-notice.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';
import { remoteAct } from '../../features/remote-act.ts';
import { saveReceipt } from '../../features/save-receipt.ts';

/** Why a receipt or its files are missing, and the way to try at once. */
function Missing({ problem }: { readonly problem: AppError }): ReactNode {
  const { t } = useTranslation();
  const [trying, setTrying] = useState(false);
  const retry = (): void => {
    setTrying(true);
    void remoteAct(() => window.officina.retryReceipts({})).then(() => setTrying(false));
  };
  return (
    <>
      <ErrorNotice error={problem} />
      <div>
        <button type="button" className="button" disabled={trying} onClick={retry}>
          <RotateCw size={16} aria-hidden />
          {t('remote.receiptRetry')}
        </button>
      </div>
    </>
  );
}

/** Afterwards: how it ended, what stayed, and the receipt (R-REMOTE-7). */
export function AfterPane({ view }: { readonly view: RemoteView }): ReactNode {
  const words = useTranslation();
  const { t } = words;
  const { session, receipt, receiptProblem } = view;
  if (session.phase !== 'ended') return null;
  const attach = async (receiptId: string): Promise<void> => {
    const reply = await remoteAct(() => window.officina.attachReceipt({ receiptId }));
    if (reply === null) return;
    // The ticket may have been on screen before, with the reply as it was then.
    useTicket.getState().bring(reply);
    useApp.getState().go({ screen: 'ticket', id: view.ticketId });
  };
  return (
    <section className="stack" aria-label={t('remote.overTitle')}>
      <h2>{t(view.nobodyCame ? 'remote.nobodyTitle' : 'remote.overTitle')}</h2>
      <p>
        {t(session.by === 'person' ? 'remote.overBy_person' : 'remote.overBy_elsewhere', {
          time: durationText(view.elapsedMs ?? 0),
        })}{' '}
        {t(view.nobodyCame ? 'remote.proof_nobody' : `remote.proof_${session.proof}`)}
      </p>
      {view.nobodyCame ? <p>{t('remote.nobodyNext')}</p> : null}
      {session.lastStep === null ? null : (
        <p className="dim">
          {t('receipt.lastStep')}: {t(`lastStep.${session.lastStep}`)}
        </p>
      )}
      {receipt === null ? (
        receiptProblem === null ? (
          <p className="dim">{t('remote.receiptPending')}</p>
        ) : (
          <>
            <Missing problem={receiptProblem} />
            <p className="dim">{t('remote.receiptLater')}</p>
          </>
        )
      ) : (
        <>
          <section className="card roomy stack tight" aria-label={t('remote.receiptTitle')}>
            <h3>{t('remote.receiptTitle')}</h3>
            {receiptProblem === null ? null : <Missing problem={receiptProblem} />}
            <p>{t(receiptProblem === null ? 'remote.receiptText' : 'remote.receiptUnwritten')}</p>
            <div className="row wrap">
              <button
                type="button"
                className="button"
                onClick={() =>
                  void saveReceipt(() => window.officina.saveReceipt({ receiptId: receipt.id }), words)
                }
              >
                <FolderDown size={16} aria-hidden />
                {t('remote.save')}
              </button>
              <button type="button" className="button" onClick={() => void attach(receipt.id)}>
                <Paperclip size={16} aria-hidden />
                {t('remote.attach')}
              </button>
            </div>
            <details className="licence small">
              <summary>{t('action.details')}</summary>
              <dl className="facts">
                <dt>{t('remote.receiptKey')}</dt>
                <dd>
                  <Identifier text={receipt.fingerprint} />
                </dd>
              </dl>
            </details>
          </section>
          <section className="stack tight" aria-label={t('remote.stayed')}>
            <h3>{t('remote.stayed')}</h3>
            {receipt.stayed.length === 0 ? (
              <p className="dim">{t('remote.stayedNone')}</p>
            ) : (
              <ul className="points">
                {receipt.stayed.map((place) => (
                  <li key={place}>
                    <bdi>{displayName(place)}</bdi>
                  </li>
                ))}
              </ul>
            )}
            {receipt.programsUnread ? <p className="hint-line">{t('receipt.programsUnread')}</p> : null}
            {receipt.newFilesTotal === 0 ? null : (
              <details className="licence">
                <summary>{t('remote.newFiles', { count: receipt.newFilesTotal })}</summary>
                <ul className="points">
                  {receipt.newFiles.map((name, index) => (
                    <li key={`${index}:${name}`}>
                      <bdi>{displayName(name)}</bdi>
                    </li>
                  ))}
                </ul>
              </details>
            )}
            {receipt.filesUnread ? <p className="hint-line">{t('receipt.filesUnread')}</p> : null}
          </section>
        </>
      )}
      <div>
        <button
          type="button"
          className="button"
          onClick={() => void remoteAct(() => window.officina.prepareSession({ ticketId: view.ticketId }))}
        >
          {t('remote.again2')}
        </button>
      </div>
    </section>
  );
}
