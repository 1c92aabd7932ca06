import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Hold } from '../../shared/domain/hold.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import {
  type EvidenceId,
  type MessageId,
  messageIdSchema,
  type OutboxItemId,
  type TicketId,
  type TicketNumber,
} from '../../shared/domain/ids.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { assertHold } from '../outbox/held-work.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import type { AskedBackRepository } from '../store/asked-back-repository.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { HoldRepository } from '../store/hold-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { ReplyRepository } from '../store/reply-repository.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import { queueAgain, queueFile, queueWork } from './queue-work.ts';
import { type StatedWords, stateWords, withdrawStated } from './stated-words.ts';
import { takeBackWork } from './take-back-work.ts';

export type TicketServiceParts = {
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly replies: ReplyRepository;
  readonly outbox: OutboxRepository;
  readonly holds: HoldRepository;
  /** Now by the portal's clock, in milliseconds. */
  readonly portalNowMs: () => number;
  readonly audit: AuditRepository;
  readonly askedBack: AskedBackRepository;
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
  readonly sendReply: (id: TicketId, hold?: Hold | null) => Message;
  readonly close: (id: TicketId) => void;
  /** The number the vendor's web form gave, typed in by the person (R-TICKET-1). */
  readonly setManualNumber: (id: TicketId, number: TicketNumber) => void;
  /** Takes down what a person read on a portal that only they can read. @throws AppFault as `stateWords` */
  readonly state: (words: StatedWords) => void;
  /** Takes an entry back that was stated wrongly. @throws AppFault notFound */
  readonly withdrawStated: (id: MessageId) => void;
  /**
   * Takes work out of the queue; a ticket without a number becomes a draft again, and replies that waited behind it stand in its reply
   * box. What may have reached the portal leaves a mark behind: sent again, it begins with the question whether it is there (K3).
   */
  readonly removeWork: (id: OutboxItemId) => void;
};

/** The stored reply becomes a message that waits, with its files behind it. @throws AppFault portal.rejected on a closed ticket, E_INPUT without words and files */
function queueReply(parts: TicketServiceParts, ticket: Ticket, hold: Hold | null): Message {
  const { messages, replies, outbox } = parts;
  if (ticket.state === 'closed') throw new AppFault('portal.rejected', { reason: 'ticket-closed' });
  const { text, evidenceIds } = replies.find(ticket.id);
  const files = parts.evidence(evidenceIds);
  if (text.trim() === '' && files.length === 0) throw new AppFault('E_INPUT', { field: 'text' });
  const at = parts.clock.instant();
  const t = createTranslator(ticket.text.language);
  const words =
    text.trim() === ''
      ? `${t('ticketText.attachments')}: ${files.map((file) => file.name).join(', ')}`
      : text.trim();
  const attachments = files.map((file) => ({
    evidenceId: file.id,
    name: file.name,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
  }));
  const before = messages.withdrawnWith(ticket.id, words);
  const written: Message = {
    id: before?.id ?? messageIdSchema.parse(randomUUID()),
    ticketId: ticket.id,
    author: { kind: 'customer' },
    text: words,
    attachments,
    at,
    delivery: 'queued',
    read: true,
  };
  if (before === null) {
    messages.add(written, null);
    parts.holds.keep(
      queueWork(outbox, ticket.realm, ticket.id, { kind: 'send-message', messageId: written.id }, at),
      hold,
    );
  } else {
    messages.update(written, null);
    parts.holds.keep(queueAgain(outbox, ticket.realm, ticket.id, before.id, at), hold);
  }
  for (const { id: evidenceId } of files)
    queueFile(
      outbox,
      ticket.realm,
      ticket.id,
      { kind: 'upload-attachment', evidenceId, messageId: written.id },
      { at, isInDoubt: before !== null },
    );
  replies.clear(ticket.id);
  parts.audit.append(at, 'message-queued', ticket.id, { files: files.length });
  return written;
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
  return {
    existing,
    markRead: (id) => {
      if (transact(() => messages.markRead(existing(id).id))) tell(id);
    },
    saveReply: (id, text, evidenceIds) => {
      transact(() => replies.save(existing(id).id, { text, evidenceIds }));
    },
    sendReply: (id, hold = null) => {
      assertHold(hold, parts.portalNowMs());
      const message = transact(() => queueReply(parts, existing(id), hold));
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
          .some(
            (item) =>
              item.work.kind === 'close-ticket' && item.state !== 'accepted' && item.state !== 'rejected',
          );
        if (ticket.state === 'closed' || waiting) return;
        if (!portalKinds[ticket.realm].isCarriedByHand)
          return queueWork(outbox, ticket.realm, id, { kind: 'close-ticket' }, at);
        tickets.setState(id, 'closed', ticket.operator, at);
        audit.append(at, 'ticket-closed', id);
      });
      tell(id);
      parts.sender.wake();
    },
    setManualNumber: (id, number) => {
      const ticket = existing(id);
      if (!portalKinds[ticket.realm].isCarriedByHand) throw new AppFault('E_INPUT', { field: 'number' });
      const items = outbox.ofTicket(id).filter((item) => item.state === 'by-hand');
      const creation = items.find((item) => item.work.kind === 'create-ticket');
      if (creation === undefined) throw new AppFault('notFound');
      parts.sender.decide(
        creation.id,
        { kind: 'carriedByHand' },
        { kind: 'numbered', number, receivedAt: clock.instant(), by: 'person' },
      );
      // The files were attached to the web form together with the text.
      for (const item of items)
        if (item.work.kind === 'upload-attachment' && item.work.messageId === null)
          parts.sender.decide(item.id, { kind: 'carriedByHand' }, { kind: 'uploaded', receipt: null });
      tell(id);
    },
    state: (words) => {
      transact(() => stateWords(parts, words));
      tell(words.ticketId);
      publish({ kind: 'remoteChanged' });
    },
    withdrawStated: (id) => {
      tell(transact(() => withdrawStated(parts, id)));
      publish({ kind: 'remoteChanged' });
    },
    removeWork: (id) => {
      const item = outbox.find(id);
      if (item === null) throw new AppFault('notFound');
      transact(() => takeBackWork(parts, item, clock.instant()));
      tell(item.ticketId);
    },
  };
}
