import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { ReceiptRow } from '../../../shared/ipc/remote-views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { attempt } from '../../stores/app-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';
import { saveReceipt } from '../../features/save-receipt.ts';

/** Receipts of the ticket's sessions and of the backups made for them: each to be saved, or attached to the reply. */
export function TicketReceipts({
  id,
  receipts,
}: {
  readonly id: TicketId;
  readonly receipts: readonly ReceiptRow[];
}): ReactNode {
  const words = useTranslation();
  const { t, moment } = words;
  const save = (receipt: ReceiptRow): void =>
    void saveReceipt(
      () =>
        receipt.kind === 'session'
          ? window.officina.saveReceipt({ receiptId: receipt.id })
          : window.officina.saveBackupReceipt({ proofId: receipt.id }),
      words,
    );
  const attach = async (receipt: ReceiptRow): Promise<void> => {
    const reply = await attempt(() =>
      unwrap(
        receipt.kind === 'session'
          ? window.officina.attachReceipt({ receiptId: receipt.id })
          : window.officina.attachBackupReceipt({ ticketId: id, proofId: receipt.id }),
      ),
    );
    if (reply !== null) useTicket.getState().bring(reply);
  };
  if (receipts.length === 0) return null;
  return (
    <section className="stack tight" aria-label={t('remote.receipts')}>
      <h2>{t('remote.receipts')}</h2>
      <ul className="plain stack tight">
        {receipts.map((receipt) => {
          const name = t(`remote.receipt_${receipt.kind}`, { time: moment(receipt.at) });
          return (
            <li key={receipt.id} className="row between wrap">
              <span className="row">
                <FileText size={16} aria-hidden />
                {name}
              </span>
              <span className="row">
                <button
                  type="button"
                  className="button quiet"
                  aria-label={t('remote.saveOf', { name })}
                  onClick={() => save(receipt)}
                >
                  {t('remote.saveShort')}
                </button>
                <button
                  type="button"
                  className="button quiet"
                  aria-label={t('remote.attachOf', { name })}
                  onClick={() => void attach(receipt)}
                >
                  {t('remote.attachShort')}
                </button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
