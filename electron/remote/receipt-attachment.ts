import { AppFault, appError } from '../../shared/domain/app-error.ts';
import type { Language, TicketId } from '../../shared/domain/ids.ts';
import { whoCame } from '../../shared/flows/remote-session.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { FreezeReport, ReplyDraft } from '../../shared/ipc/views.ts';

import type { TicketService } from '../requests/ticket-service.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { BackupReceipts } from './backup-receipts.ts';
import type { ReceiptService } from './receipt-service.ts';
import { receiptsOfTicket } from './ticket-receipts.ts';

export type ReceiptAttachmentParts = {
  readonly context: ServiceContext;
  readonly receipts: Pick<ReceiptService, 'find' | 'write'>;
  readonly ofBackups: Pick<BackupReceipts, 'write'>;
  readonly receiptFolder: string;
  readonly language: () => Language;
  /** Freezes a file that this program wrote itself. */
  readonly takeOwn: (path: string) => Promise<FreezeReport>;
  readonly tickets: Pick<TicketService, 'saveReply'>;
};

export type ReceiptAttachment = {
  /** @throws AppFault notFound, export.failed, and what freezing a file throws */
  readonly attachReceipt: (receiptId: string) => Promise<ReplyDraft>;
  /** @throws AppFault as `attachReceipt` */
  readonly attachBackupReceipt: (ticketId: TicketId, proofId: string) => Promise<ReplyDraft>;
};

/** Puts a receipt under the reply of its ticket. */
export function receiptAttachment(parts: ReceiptAttachmentParts): ReceiptAttachment {
  const { context, receipts, ofBackups, receiptFolder, language } = parts;
  /** A file of ours goes to the reply, frozen like any other; the reply gets its words when it has none. */
  const attach = async (
    ticketId: TicketId,
    path: string,
    words: (language: Language) => string,
  ): Promise<ReplyDraft> => {
    const { frozen, refused } = await parts.takeOwn(path);
    const [file] = frozen;
    if (file === undefined) throw AppFault.of(refused[0]?.error ?? appError('export.failed'));
    const reply = context.replies.find(ticketId);
    const text =
      reply.text.trim() === ''
        ? words(context.tickets.find(ticketId)?.text.language ?? language())
        : reply.text;
    const evidenceIds = [...new Set([...reply.evidenceIds, file.id])];
    parts.tickets.saveReply(ticketId, text, evidenceIds);
    context.publish({ kind: 'ticketChanged', id: ticketId });
    return { text, evidence: [...context.shownEvidence(evidenceIds)] };
  };
  const attachReceipt = async (receiptId: string): Promise<ReplyDraft> => {
    const found = receipts.find(receiptId);
    if (found === null) throw new AppFault('notFound');
    const { ticketId, number, operator } = found.receipt.consent;
    return attach(ticketId, await receipts.write(receiptId, receiptFolder), (spoken) =>
      createTranslator(spoken)(
        found.receipt.proof === 'proved' && whoCame(found.receipt.seen) === 'nobody'
          ? 'remote.feedbackNobody'
          : 'remote.feedback',
        { number, operator },
      ),
    );
  };
  const attachBackupReceipt = async (ticketId: TicketId, proofId: string): Promise<ReplyDraft> => {
    if (!receiptsOfTicket(context, ticketId).some(({ id }) => id === proofId)) throw new AppFault('notFound');
    return attach(ticketId, await ofBackups.write(proofId, receiptFolder), (spoken) =>
      createTranslator(spoken)('remote.backupFeedback'),
    );
  };
  return { attachReceipt, attachBackupReceipt };
}
