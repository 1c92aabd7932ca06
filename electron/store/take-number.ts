import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type TicketId, ticketIdSchema, type TicketNumber } from '../../shared/domain/ids.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import type { MessageRepository } from './message-repository.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { NumberTrust } from './number-proof.ts';
import { isPlaceOf } from './place-of.ts';
import type { SetAsideNews } from './set-aside-news.ts';
import { readRowOrNull } from './stored-row.ts';
import type { TicketRepository } from './ticket-repository.ts';

/** Who told a number: the portal in answer to our own reference, its news, or a person. */
export type ToldBy = 'answer' | 'news' | 'person';

export type TakeNumberParts = {
  readonly tickets: TicketRepository;
  readonly outbox: OutboxRepository;
  readonly messages: Pick<MessageRepository, 'heardOf' | 'move' | 'find' | 'update'>;
  readonly setAside: Pick<SetAsideNews, 'add'>;
};

/**
 * What was said under a number that was not the request's may be on another ticket: each reply is looked up under the right one and goes
 * there when it is not, files and closing are done again, which changes nothing where they were done. Nobody but a person carries by hand.
 */
function doubtWhatLeft(
  { outbox, messages }: Pick<TakeNumberParts, 'outbox' | 'messages'>,
  { id, realm }: Ticket,
  at: string,
): void {
  if (portalKinds[realm].isCarriedByHand) return;
  for (const item of outbox.readableOfTicket(id)) {
    if (item.state !== 'accepted' || item.work.kind === 'create-ticket') continue;
    const { work } = item;
    const message = work.kind === 'send-message' ? readRowOrNull(() => messages.find(work.messageId)) : null;
    if (message !== null) messages.update({ ...message, delivery: 'queued' }, null);
    outbox.update({
      ...item,
      state: work.kind === 'send-message' ? 'unknown' : 'queued',
      absentLookups: 0,
      nextTryAt: at,
      updatedAt: at,
    });
  }
}

/**
 * Takes a number that is not proven away from a request written here. What the portal said under it belongs to that number and not to the
 * request: it goes along, to a row that only the number names, and that is told. What was written here stays, and what of it had left
 * under that number is in doubt.
 */
export function partWithNumber(parts: TakeNumberParts, ticket: Ticket, at: string): void {
  const { tickets, messages, setAside } = parts;
  const { id, realm, recipient, number } = ticket;
  if (number === null || tickets.numberTrust(id) === 'proven') return;
  tickets.releaseNumber(id, at);
  doubtWhatLeft(parts, ticket, at);
  const heard = messages.heardOf(id);
  if (heard.length === 0) return;
  const place = ticketIdSchema.parse(randomUUID());
  const text = { ...ticket.text, subject: number, body: '' };
  tickets.insertForeign({
    id: place,
    realm,
    recipient,
    number,
    state: 'open',
    text,
    operator: null,
    updatedAt: at,
    productId: '',
    serial: '',
    receivedAt: at,
  });
  messages.move(heard, place);
  const about = `${number}\nwas of ${id}`;
  setAside.add(
    recipient,
    [{ why: 'contradiction', entry: JSON.stringify({ number, messages: heard.length }), about }],
    at,
  );
}

/** The number of a request is in doubt: the portal is asked for it, whatever became of its creation. Its creation is never sent again for it. */
export function askForNumber({ outbox }: Pick<TakeNumberParts, 'outbox'>, id: TicketId, at: string): void {
  for (const item of outbox.readableOfTicket(id))
    if (item.work.kind === 'create-ticket' && item.state === 'accepted')
      outbox.update({
        ...item,
        state: 'unknown',
        attempts: Math.max(1, item.attempts),
        absentLookups: 0,
        nextTryAt: at,
        updatedAt: at,
      });
}

/** The portal's own answer stands behind it: no word about another request takes it away. */
const isAnswered = (trust: NumberTrust): boolean => trust === 'proven' || trust === 'questioned';

/** Another request written here that has this number, or null; of one whose row is spoiled nothing can be asked. */
export function otherOwner(
  { tickets }: Pick<TakeNumberParts, 'tickets'>,
  { id, recipient }: Ticket,
  number: TicketNumber,
): Ticket | null {
  const owner = readRowOrNull(() => tickets.findByNumber(recipient, number));
  return owner === null || owner.id === id || owner.content === null ? null : owner;
}

/**
 * A look-up by our own reference named a number that another request written here has by an answer as well: one of the two answers is
 * false, so the other request is asked for too, and keeps its number until the portal answers it another one. Call it in a transaction.
 */
export function questionOwner(
  parts: TakeNumberParts,
  ticket: Ticket,
  number: TicketNumber,
  at: string,
): void {
  const { tickets } = parts;
  const owner = otherOwner(parts, ticket, number);
  if (owner === null || tickets.numberTrust(owner.id) !== 'proven') return;
  tickets.trustNumber(owner.id, 'questioned');
  askForNumber(parts, owner.id, at);
}

/** Makes room for a number that another row has; true where it was free or is now. */
function makeRoom(
  parts: TakeNumberParts,
  ticket: Ticket,
  number: TicketNumber,
  by: ToldBy,
  at: string,
): boolean {
  const { tickets, setAside } = parts;
  const owner = tickets.findByNumber(ticket.recipient, number);
  if (owner === null || owner.id === ticket.id) return true;
  if (owner.content !== null) {
    if (by !== 'answer' || isAnswered(tickets.numberTrust(owner.id))) return false;
    partWithNumber(parts, owner, at);
    askForNumber(parts, owner.id, at);
    const place = tickets.findByNumber(ticket.recipient, number);
    if (place !== null) tickets.absorb(place.id, ticket.id);
    return true;
  }
  if (!isPlaceOf(tickets, owner, ticket)) {
    if (by === 'news' || ticket.content === null) return false;
    // News gave it to a reference that was not made here; what they said of it is kept.
    const { state, text, operator } = owner;
    setAside.add(
      ticket.recipient,
      [{ why: 'contradiction', entry: JSON.stringify({ number, state, text, operator }) }],
      at,
    );
  }
  tickets.absorb(owner.id, ticket.id);
  return true;
}

/**
 * Gives a request written here the number it was told to have. An answer to our own reference decides, and corrects what news or a
 * person told; these take no number that is proven, a person one that is in question, and news none that was ever told for another reference (R-TICKET-1).
 * @throws AppFault portal.badAnswer where it contradicts what is known; call it in a transaction that this undoes
 */
export function takeNumber(
  parts: TakeNumberParts,
  ticket: Ticket,
  {
    number,
    by,
    receivedAt,
  }: { readonly number: TicketNumber; readonly by: ToldBy; readonly receivedAt: string },
  at: string,
): void {
  const { tickets } = parts;
  const isOther = ticket.number !== null && ticket.number !== number;
  const trust = tickets.numberTrust(ticket.id);
  // What the portal answered to two requests is nobody's for certain: a person who looks there knows better.
  const isFixed = by === 'news' || trust === 'proven';
  const refused = new AppFault('portal.badAnswer', { field: 'number' });
  if (isOther && isFixed) throw refused;
  if (isOther) partWithNumber(parts, ticket, at);
  if (!makeRoom(parts, ticket, number, by, at) || !tickets.setNumber(ticket.id, number, receivedAt, at))
    throw refused;
  if (by === 'answer') tickets.trustNumber(ticket.id, 'proven');
  // What a person said after news had contradicted each other, news do not contradict again.
  else if (ticket.number !== number)
    tickets.trustNumber(ticket.id, trust === 'contradicted' ? trust : 'unproven');
}
