import { AppFault } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Message } from '../../shared/domain/ticket.ts';
import { isPerhapsThere } from '../../shared/flows/queue-gate.ts';
import { replyMaxChars } from '../../shared/ipc/views.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { ReplyRepository } from '../store/reply-repository.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';

export type TakeBackWorkParts = {
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly replies: ReplyRepository;
  readonly outbox: OutboxRepository;
  readonly audit: AuditRepository;
};

/**
 * Takes one item out of the queue, and what was written for it goes back where it was written. Call inside a transaction.
 *
 * @throws AppFault draft.frozen where the portal has it, or its request can be no draft again
 */
export function takeBackWork(parts: TakeBackWorkParts, item: OutboxItem, at: string): void {
  const { outbox } = parts;
  const { work } = item;
  if (item.state === 'accepted') throw new AppFault('draft.frozen');
  if (work.kind === 'create-ticket') backToDraft(parts, item, at);
  else if (work.kind === 'send-message') removeReply(parts, item, work.messageId, at);
  else outbox.remove(item.id);
  parts.audit.append(at, 'outbox-removed', item.ticketId, { work: work.kind });
}

/**
 * A reply goes back where it was written, before what stands there by now; where both together are too long it stays in the
 * conversation as not sent. One that may have arrived keeps its key: the same words sent again begin with the look-up (K3).
 */
function removeReply(parts: TakeBackWorkParts, item: OutboxItem, messageId: Message['id'], at: string): void {
  const { messages, outbox } = parts;
  const message = messages.find(messageId);
  for (const other of outbox.ofTicket(item.ticketId))
    if (other.work.kind === 'upload-attachment' && other.work.messageId === messageId)
      outbox.remove(other.id);
  const isKept = message !== null && putBack(parts, item.ticketId, [message]);
  if (isKept && isPerhapsThere(item)) {
    messages.update({ ...message, delivery: 'withdrawn' }, null);
    outbox.update({ ...item, state: 'set-aside', absentLookups: 0, nextTryAt: null, updatedAt: at });
    return;
  }
  if (message !== null && isKept) messages.remove(messageId);
  outbox.remove(item.id);
}

/** Puts words back into the reply box, before what was begun there. False where it does not fit: then they stay in the conversation as not sent. */
function putBack(
  { messages, replies }: TakeBackWorkParts,
  id: TicketId,
  written: readonly Message[],
): boolean {
  const begun = replies.find(id);
  const text = [...written.map((message) => message.text), begun.text]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
  if (text.length > replyMaxChars) {
    for (const message of written) messages.update({ ...message, delivery: 'failed' }, null);
    return false;
  }
  const files = [
    ...written.flatMap(({ attachments }) => attachments.flatMap((file) => file.evidenceId ?? [])),
    ...begun.evidenceIds,
  ];
  replies.save(id, { text, evidenceIds: [...new Set(files)] });
  return true;
}

/** Words written behind a request that becomes a draft again go where replies are written, in their order. */
function keepReplies(parts: TakeBackWorkParts, id: TicketId): void {
  const { messages } = parts;
  const written = messages
    .ofTicket(id)
    .filter((message) => message.author.kind === 'customer' && message.delivery !== 'delivered');
  if (written.length > 0 && putBack(parts, id, written))
    for (const message of written) messages.remove(message.id);
}

function backToDraft(parts: TakeBackWorkParts, item: OutboxItem, at: string): void {
  const { tickets, outbox } = parts;
  keepReplies(parts, item.ticketId);
  for (const other of outbox.ofTicket(item.ticketId))
    if (other.id !== item.id || !isPerhapsThere(item)) outbox.remove(other.id);
  if (isPerhapsThere(item))
    outbox.update({ ...item, state: 'set-aside', absentLookups: 0, nextTryAt: null, updatedAt: at });
  if (!tickets.thaw(item.ticketId, at)) throw new AppFault('draft.frozen');
}
