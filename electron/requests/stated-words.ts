import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type Instant, type MessageId, messageIdSchema, type TicketId } from '../../shared/domain/ids.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import { isSameWords } from '../../shared/text/same-words.ts';
import type { Clock } from '../platform/clock.ts';
import type { AskedBackRepository } from '../store/asked-back-repository.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { RequestRepository } from '../store/request-repository.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import { learnAskedBack } from './learn-asked-back.ts';

export type StatedWordsParts = {
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly askedBack: AskedBackRepository;
  readonly audit: AuditRepository;
  readonly clock: Clock;
};

/** What a person read on a portal that only they can read: who is in charge, their words, and whether they ask for a session. */
export type StatedWords = {
  readonly ticketId: TicketId;
  readonly name: string;
  /** When it was written, as the page says. */
  readonly at: Instant;
  /** Empty where they wrote nothing, and only took the request in charge or asked for a session. */
  readonly text: string;
  readonly asksForSession: boolean;
};

type SystemEvent = Extract<Message['author'], { kind: 'system' }>['event'];

/** Stands where a portal's own id would, so that it is told from what was written here. */
const referenceOf = (id: MessageId): string => `stated:${id}`;

/** @throws AppFault notFound where the portal tells its own news, or the request has no number yet; portal.rejected on a closed one */
function statable(ticket: Ticket | null): Ticket {
  if (ticket === null || ticket.number === null || !portalKinds[ticket.realm].isCarriedByHand)
    throw new AppFault('notFound');
  if (ticket.state === 'closed') throw new AppFault('portal.rejected', { reason: 'ticket-closed' });
  return ticket;
}

/**
 * Takes what a person says the portal shows into the conversation, marked as theirs. The same words of the same person twice are one
 * entry: whoever pastes again has not been answered again. Call inside a transaction.
 *
 * @throws AppFault notFound, portal.rejected on a closed request
 */
export function stateWords(
  parts: StatedWordsParts,
  { ticketId, name, at, text, asksForSession }: StatedWords,
): void {
  const { tickets, messages, audit, clock } = parts;
  const ticket = statable(tickets.find(ticketId));
  const words = text.trim();
  const add = (author: Message['author'], said: string): Message => {
    const id = messageIdSchema.parse(randomUUID());
    const message: Message = {
      id,
      ticketId,
      author,
      text: said,
      attachments: [],
      at,
      delivery: 'delivered',
      read: true,
    };
    messages.add(message, referenceOf(id));
    return message;
  };
  const event = (kind: SystemEvent): Message =>
    add({ kind: 'system', event: kind, detail: name, stated: true }, '');
  const isKnown = messages
    .ofTicket(ticketId)
    .some(
      ({ author, text: said }) =>
        author.kind === 'operator' && author.name === name && words !== '' && isSameWords(said, words),
    );
  if (ticket.operator !== name) event('assigned');
  if (words !== '' && !isKnown) learnAskedBack(parts, add({ kind: 'operator', name, stated: true }, words));
  if (asksForSession) event('session-requested');
  const isCustomersTurn = words !== '' || asksForSession || ticket.state === 'waiting-customer';
  tickets.setState(ticketId, isCustomersTurn ? 'waiting-customer' : 'assigned', name, clock.instant());
  audit.append(clock.instant(), 'words-stated', ticketId, {
    operator: name,
    characters: words.length,
    session: asksForSession ? 1 : 0,
  });
}

/**
 * Takes an entry out again that a person wrote down wrongly. Call inside a transaction.
 *
 * @throws AppFault notFound for anything that was not stated here
 */
export function withdrawStated({ messages, audit, clock }: StatedWordsParts, id: MessageId): TicketId {
  const message = messages.find(id);
  if (message === null || message.author.kind === 'customer' || message.author.stated !== true)
    throw new AppFault('notFound');
  messages.remove(id);
  audit.append(clock.instant(), 'stated-withdrawn', message.ticketId);
  return message.ticketId;
}

/**
 * A session is over by this PC's own word, and nobody waits for one any more: where the portal tells nothing, and where somebody was in
 * and the portal has not told yet. An operator who never came in still waits (R-REMOTE-1).
 */
export function stateSessionEnd(
  parts: Pick<StatedWordsParts, 'tickets' | 'messages'> & {
    readonly requests: Pick<RequestRepository, 'asksForSession'>;
  },
  { ticketId, at, wasHeld }: { readonly ticketId: TicketId; readonly at: Instant; readonly wasHeld: boolean },
): void {
  const ticket = parts.tickets.head(ticketId);
  if (ticket === null || !parts.requests.asksForSession(ticketId)) return;
  if (!portalKinds[ticket.realm].isCarriedByHand && !wasHeld) return;
  const id = messageIdSchema.parse(randomUUID());
  const author: Message['author'] = { kind: 'system', event: 'session-ended', detail: '', stated: true };
  parts.messages.add(
    { id, ticketId, author, text: '', attachments: [], at, delivery: 'delivered', read: true },
    referenceOf(id),
  );
}
