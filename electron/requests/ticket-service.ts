import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { type EvidenceId, messageIdSchema, type OutboxItemId, type TicketId, type TicketNumber } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { ReplyRepository } from '../store/reply-repository.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import { replyMaxChars } from '../../shared/ipc/views.ts';
import { queueAgain, queueWork } from './queue-work.ts';

export type TicketServiceParts = {
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly replies: ReplyRepository;
  readonly outbox: OutboxRepository;
  readonly audit: AuditRepository;
  readonly sender: Pick<OutboxSender, 'wake' | 'decide'>;
  readonly evidence: (ids: readonly EvidenceId[]) => readonly Evidence[];
  readonly clock: Clock;
  readonly transact: <T>(work: () => T) => T;
  readonly publish: PublishEvent;
};

export type TicketService = {
  readonly existing: (id: TicketId) => Ticket;
  readonly markRead: (id: TicketId) => void;
  readonly saveReply: (id: TicketId, text: string, evidenceIds: readonly EvidenceId[]) => void;
  /** Takes the stored reply into the conversation and the queue, in one transaction. */
  readonly sendReply: (id: TicketId) => Message;
  readonly close: (id: TicketId) => void;
  /** The number the vendor's web form gave, typed in by the person (R-TICKET-1). */
  readonly setManualNumber: (id: TicketId, number: TicketNumber) => void;
  /**
   * Takes work out of the queue; a ticket without a number becomes a draft again, and replies that waited behind it stand in its reply
   * box. What may have reached the portal leaves a mark behind: sent again, it begins with the question whether it is there (K3).
   */
  readonly removeWork: (id: OutboxItemId) => void;
};

/** States that say for certain that the portal does not have it; anything else that was ever sent may be there. */
const certainlyNotThere: ReadonlySet<OutboxItem['state']> = new Set(['queued', 'rejected', 'by-hand']);

function mayBeThere({ state, attempts }: OutboxItem): boolean {
  return attempts > 0 && !certainlyNotThere.has(state);
}

/** What a person does with a ticket that left: read, answer, close, number by hand, call back. */
export function ticketService(parts: TicketServiceParts): TicketService {
  const { tickets, messages, replies, outbox, audit, clock, transact, publish } = parts;
  const existing = (id: TicketId): Ticket => {
    const ticket = tickets.find(id);
    if (ticket === null) throw new AppFault('notFound');
    return ticket;
  };
  const tell = (id: TicketId): void => {
    publish({ kind: 'ticketChanged', id });
    publish({ kind: 'requestsChanged' });
    publish({ kind: 'outboxChanged' });
  };
  /**
   * A reply goes back where it was written, before what stands there by now; where both together are too long it stays in the
   * conversation as not sent. One that may have arrived keeps its key: the same words sent again begin with the look-up (K3).
   */
  const removeReply = (item: OutboxItem, messageId: Message['id'], at: string): void => {
    const message = messages.find(messageId);
    for (const other of outbox.ofTicket(item.ticketId))
      if (other.work.kind === 'upload-attachment' && other.work.messageId === messageId) outbox.remove(other.id);
    const isKept = message !== null && putBack(item.ticketId, [message]);
    if (isKept && mayBeThere(item)) {
      messages.update({ ...message, delivery: 'withdrawn' }, null);
      outbox.update({ ...item, state: 'set-aside', absentLookups: 0, nextTryAt: null, updatedAt: at });
      return;
    }
    if (message !== null && isKept) messages.remove(messageId);
    outbox.remove(item.id);
  };
  /** Puts words back into the reply box, before what was begun there. False where it does not fit: then they stay in the conversation as not sent. */
  const putBack = (id: TicketId, written: readonly Message[]): boolean => {
    const begun = replies.find(id);
    const text = [...written.map((message) => message.text), begun.text].filter((part) => part.trim() !== '').join('\n\n');
    if (text.length > replyMaxChars) {
      for (const message of written) messages.update({ ...message, delivery: 'failed' }, null);
      return false;
    }
    const files = [...written.flatMap(({ attachments }) => attachments.flatMap((file) => file.evidenceId ?? [])), ...begun.evidenceIds];
    replies.save(id, { text, evidenceIds: [...new Set(files)] });
    return true;
  };
  /** Words written behind a request that becomes a draft again go where replies are written, in their order. */
  const keepReplies = (id: TicketId): void => {
    const written = messages.ofTicket(id).filter((message) => message.author.kind === 'customer' && message.delivery !== 'delivered');
    if (written.length > 0 && putBack(id, written)) for (const message of written) messages.remove(message.id);
  };
  const backToDraft = (item: OutboxItem, at: string): void => {
    keepReplies(item.ticketId);
    for (const other of outbox.ofTicket(item.ticketId)) if (other.id !== item.id || !mayBeThere(item)) outbox.remove(other.id);
    if (mayBeThere(item)) outbox.update({ ...item, state: 'set-aside', absentLookups: 0, nextTryAt: null, updatedAt: at });
    if (!tickets.thaw(item.ticketId, at)) throw new AppFault('draft.frozen');
  };
  return {
    existing,
    markRead: (id) => {
      if (transact(() => messages.markRead(existing(id).id))) tell(id);
    },
    saveReply: (id, text, evidenceIds) => {
      transact(() => replies.save(existing(id).id, { text, evidenceIds }));
    },
    sendReply: (id) => {
      const message = transact(() => {
        const ticket = existing(id);
        if (ticket.state === 'closed') throw new AppFault('portal.rejected', { reason: 'ticket-closed' });
        const { text, evidenceIds } = replies.find(id);
        const files = parts.evidence(evidenceIds);
        if (text.trim() === '' && files.length === 0) throw new AppFault('E_INPUT', { field: 'text' });
        const at = clock.instant();
        const t = createTranslator(ticket.text.language);
        const words = text.trim() === '' ? `${t('ticketText.attachments')}: ${files.map((file) => file.name).join(', ')}` : text.trim();
        const attachments = files.map((file) => ({ evidenceId: file.id, name: file.name, sizeBytes: file.sizeBytes, sha256: file.sha256 }));
        const before = messages.withdrawnWith(id, words);
        const written: Message = {
          id: before?.id ?? messageIdSchema.parse(randomUUID()),
          ticketId: id,
          author: { kind: 'customer' },
          text: words,
          attachments,
          at,
          delivery: 'queued',
          read: true,
        };
        if (before === null) {
          messages.add(written, null);
          queueWork(outbox, ticket.realm, id, { kind: 'send-message', messageId: written.id }, at);
        } else {
          messages.update(written, null);
          queueAgain(outbox, ticket.realm, id, before.id, at);
        }
        for (const file of files)
          queueWork(outbox, ticket.realm, id, { kind: 'upload-attachment', evidenceId: file.id, messageId: written.id }, at);
        replies.clear(id);
        audit.append(at, 'message-queued', id, { files: files.length });
        return written;
      });
      tell(id);
      parts.sender.wake();
      return message;
    },
    close: (id) => {
      transact(() => {
        const ticket = existing(id);
        if (ticket.number === null) throw new AppFault('notFound');
        const at = clock.instant();
        const waiting = outbox
          .ofTicket(id)
          .some((item) => item.work.kind === 'close-ticket' && item.state !== 'accepted' && item.state !== 'rejected');
        if (ticket.state === 'closed' || waiting) return;
        if (ticket.realm !== 'manual') return queueWork(outbox, ticket.realm, id, { kind: 'close-ticket' }, at);
        tickets.setState(id, 'closed', ticket.operator, at);
        audit.append(at, 'ticket-closed', id);
      });
      tell(id);
      parts.sender.wake();
    },
    setManualNumber: (id, number) => {
      const ticket = existing(id);
      if (ticket.realm !== 'manual') throw new AppFault('E_INPUT', { field: 'number' });
      const items = outbox.ofTicket(id).filter((item) => item.state === 'by-hand');
      const creation = items.find((item) => item.work.kind === 'create-ticket');
      if (creation === undefined) throw new AppFault('notFound');
      parts.sender.decide(creation.id, { kind: 'carriedByHand' }, { kind: 'numbered', number, receivedAt: clock.instant(), by: 'person' });
      // The files were attached to the web form together with the text.
      for (const item of items)
        if (item.work.kind === 'upload-attachment' && item.work.messageId === null)
          parts.sender.decide(item.id, { kind: 'carriedByHand' }, { kind: 'uploaded' });
      tell(id);
    },
    removeWork: (id) => {
      const item = outbox.find(id);
      if (item === null) throw new AppFault('notFound');
      transact(() => {
        const at = clock.instant();
        if (item.state === 'accepted') throw new AppFault('draft.frozen');
        if (item.work.kind === 'create-ticket') backToDraft(item, at);
        else if (item.work.kind === 'send-message') removeReply(item, item.work.messageId, at);
        else outbox.remove(id);
        audit.append(at, 'outbox-removed', item.ticketId, { work: item.work.kind });
      });
      tell(item.ticketId);
    },
  };
}
