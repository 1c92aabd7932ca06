import { Check, FolderDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OutboxItem } from '../../../shared/domain/outbox-item.ts';
import { isPerhapsCarried } from '../../../shared/flows/queue-gate.ts';
import type { TicketView } from '../../../shared/ipc/views.ts';
import { unwrap } from '../../bridge/bridge.ts';
import { TextBlock } from '../../components/text-block.tsx';
import { CopyButton } from '../../features/copy-button.tsx';
import { saveToFolder } from '../../features/save-folder.ts';
import { attempt } from '../../stores/app-store.ts';
import { useTicket } from '../../stores/ticket-store.ts';
import { useTranslation } from '../../words/translation.ts';

type Carried = { readonly reply: OutboxItem; readonly text: string; readonly files: readonly OutboxItem[] };

/** Replies that a person still has to write on the portal, oldest first, each with its files. */
function repliesToCarry({ outbox, messages }: TicketView): readonly Carried[] {
  const byHand = outbox.filter(({ state }) => state === 'by-hand');
  return byHand.flatMap((reply) => {
    const { work } = reply;
    const message =
      work.kind === 'send-message' ? messages.find(({ id }) => id === work.messageId) : undefined;
    if (message === undefined) return [];
    const files = byHand.filter(
      (other) => other.work.kind === 'upload-attachment' && other.work.messageId === message.id,
    );
    return [{ reply, text: message.text, files }];
  });
}

/** What was written here and has to be written on the portal by hand: copied, its files saved, and said to be there. */
export function RepliesToCarry({ view }: { readonly view: TicketView }): ReactNode {
  const { t } = useTranslation();
  const toCarry = repliesToCarry(view);
  if (toCarry.length === 0) return null;
  const sent = ({ reply, files }: Carried): void =>
    void attempt(async () => {
      for (const { id } of [reply, ...files])
        await unwrap(window.officina.decideOutboxItem({ id, decision: { kind: 'carried' } }));
      await useTicket.getState().refresh();
    });
  return (
    <section className="card stack tight" aria-label={t('carryReply.title')}>
      <h2>{t('carryReply.title')}</h2>
      <p className="dim small">{t('carryReply.hint')}</p>
      {toCarry.map((carried) => (
        <div key={carried.reply.id} className="stack tight">
          {isPerhapsCarried(carried.reply) ? <p className="notice warn">{t('carryReply.doubt')}</p> : null}
          <TextBlock text={carried.text} label={t('carryReply.title')} />
          <div className="row wrap">
            <CopyButton text={carried.text} label={t('carryReply.copy')} words />
            {carried.files.length === 0 ? null : (
              <button type="button" className="button" onClick={() => void saveToFolder(view.ticket.id, t)}>
                <FolderDown size={16} aria-hidden />
                {t('carryReply.files', { count: carried.files.length })}
              </button>
            )}
            <button type="button" className="button primary" onClick={() => sent(carried)}>
              <Check size={16} aria-hidden />
              {t('carryReply.sent')}
            </button>
          </div>
        </div>
      ))}
    </section>
  );
}
