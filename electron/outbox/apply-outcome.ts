import type { AppError } from '../../shared/domain/app-error.ts';
import { fileReceiptSchema } from '../../shared/domain/file-receipt.ts';
import { type TicketId, ticketNumberSchema } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { assertNever } from '../../shared/domain/result.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { FileReceiptRepository } from '../store/file-receipt-repository.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import type { SetAsideNews } from '../store/set-aside-news.ts';
import { takeNumber } from '../store/take-number.ts';
import type { AttachmentReceipt } from '../portal/port.ts';
import type { WorkDone } from './perform-work.ts';

export type OutcomeParts = {
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly outbox: OutboxRepository;
  readonly audit: AuditRepository;
  readonly setAside: SetAsideNews;
  readonly fileReceipts: FileReceiptRepository;
};

/** A year, in milliseconds: this PC's clock may stand back, but a closing further ahead of it is a slip. */
const furthestAheadMs = 366 * 24 * 3_600_000;

/** When the request was closed by the portal's word, where that is neither before it was received nor far ahead; this PC's otherwise. */
function closingAt({ receivedAt }: Ticket, told: string, at: string): string {
  const toldMs = Date.parse(told);
  const receivedMs = receivedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(receivedAt);
  const latestMs = Math.max(Date.parse(at), receivedMs) + furthestAheadMs;
  return toldMs >= receivedMs && toldMs <= latestMs ? new Date(toldMs).toISOString() : at;
}

/** Keeps the portal's own word on a file; where it named none, or one that cannot be read back, there is no receipt to show. */
function keepReceipt(
  { fileReceipts }: OutcomeParts,
  { work, idempotencyKey }: OutboxItem,
  { id }: Ticket,
  receipt: AttachmentReceipt | null,
): void {
  if (receipt === null || work.kind !== 'upload-attachment') return;
  const kept = fileReceiptSchema.safeParse({
    reference: idempotencyKey,
    evidenceId: work.evidenceId,
    name: receipt.name,
    sizeBytes: receipt.sizeBytes,
    sha256: receipt.sha256,
    receivedAt: receipt.receivedAt,
  });
  if (kept.success) fileReceipts.keep(id, kept.data);
}

/**
 * Writes what the portal confirmed; call it inside the transaction that settles the item.
 * @throws AppFault portal.badAnswer when the number already belongs to another ticket, or this one has another number (P6)
 */
export function applyOutcome(
  parts: OutcomeParts,
  item: OutboxItem,
  ticket: Ticket,
  done: WorkDone,
  at: string,
): void {
  switch (done.kind) {
    case 'numbered': {
      const number = ticketNumberSchema.parse(done.number);
      // News of our own ticket may have come before its answer did.
      takeNumber(parts, parts.tickets.find(ticket.id) ?? ticket, { ...done, number }, at);
      parts.audit.append(at, 'ticket-numbered', ticket.id, { number });
      return;
    }
    case 'delivered': {
      const message = messageOf(parts, item);
      if (message !== null)
        parts.messages.update({ ...message, delivery: 'delivered' }, done.portalReference);
      // Nobody else says whose turn it is where a person carries the words.
      if (portalKinds[ticket.realm].isCarriedByHand && ticket.state === 'waiting-customer')
        parts.tickets.setState(ticket.id, 'assigned', ticket.operator, at);
      parts.audit.append(at, 'message-delivered', ticket.id);
      return;
    }
    case 'uploaded':
      parts.outbox.keepResumeUrl(item.id, null);
      keepReceipt(parts, item, ticket, done.receipt);
      parts.audit.append(at, 'attachment-uploaded', ticket.id);
      return;
    case 'closed':
      parts.tickets.setState(ticket.id, 'closed', ticket.operator, closingAt(ticket, done.at, at));
      parts.audit.append(at, 'ticket-closed', ticket.id);
      return;
    default:
      assertNever(done);
  }
}

/** The reply an item sends; null for other work, and for a row that cannot be read, which must not keep the item from being settled. */
export function messageOf(parts: Pick<OutcomeParts, 'messages'>, item: OutboxItem): Message | null {
  const { work } = item;
  return work.kind === 'send-message' ? readRowOrNull(() => parts.messages.find(work.messageId)) : null;
}

/** Writes that the portal refused for good: the words stay, marked as not delivered, and the files of a reply are refused with it. */
export function applyRefusal(
  parts: OutcomeParts,
  item: OutboxItem,
  ticketId: TicketId,
  error: AppError,
  at: string,
): void {
  const message = messageOf(parts, item);
  if (message !== null) parts.messages.update({ ...message, delivery: 'failed' }, null);
  for (const file of filesOfReply(parts, item))
    if (file.state === 'queued')
      parts.outbox.update({ ...file, state: 'rejected', lastError: error, nextTryAt: null, updatedAt: at });
  parts.audit.append(at, 'ticket-rejected', ticketId, { code: error.code, work: item.work.kind });
}

/** The files that belong to the reply an item sends: they go after it, and never without it. */
export function filesOfReply(parts: Pick<OutcomeParts, 'outbox'>, item: OutboxItem): readonly OutboxItem[] {
  const { work } = item;
  if (work.kind !== 'send-message') return [];
  return parts.outbox
    .readableOfTicket(item.ticketId)
    .filter((other) => other.work.kind === 'upload-attachment' && other.work.messageId === work.messageId);
}

/** A reply refused by an earlier version of this program left its files behind in the queue, where nothing ever comes for them. */
export function settleLeftFiles(parts: Pick<OutcomeParts, 'outbox'>): void {
  for (const item of parts.outbox.inState('rejected'))
    for (const file of filesOfReply(parts, item))
      if (file.state === 'queued')
        parts.outbox.update({ ...file, state: 'rejected', lastError: item.lastError, nextTryAt: null });
}
