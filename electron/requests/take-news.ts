import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import {
  type EvidenceId,
  idempotencyKeySchema,
  messageIdSchema,
  type TicketId,
  ticketIdSchema,
  ticketNumberSchema,
} from '../../shared/domain/ids.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import type { Attachment, Message, Ticket } from '../../shared/domain/ticket.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import {
  type HeardAttachment,
  type HeardMessage,
  type HeardTicket,
  isHeardInPart,
} from '../../shared/portal/heard-changes.ts';
import { isSameWords } from '../../shared/text/same-words.ts';
import type { Clock } from '../platform/clock.ts';
import type { AskedBackRepository } from '../store/asked-back-repository.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { HoldRepository } from '../store/hold-repository.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { ReplyRepository } from '../store/reply-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { SetAsideNews } from '../store/set-aside-news.ts';
import { holdForDecision, letArrivedGo } from './conflicting-replies.ts';
import { askForNumber, takeNumber } from '../store/take-number.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import { learnAskedBack } from './learn-asked-back.ts';
import { queueDoubt } from './queue-work.ts';

export type TakeNewsParts = {
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly replies: ReplyRepository;
  readonly askedBack: AskedBackRepository;
  readonly outbox: OutboxRepository;
  readonly holds: HoldRepository;
  readonly audit: AuditRepository;
  readonly setAside: SetAsideNews;
  readonly clock: Clock;
  /** Frozen files by id, those that exist. */
  readonly evidence: (ids: readonly EvidenceId[]) => readonly Evidence[];
};

/** Whose news are read. */
export type NewsSource = { readonly realm: Realm; readonly recipient: Recipient };

/** `answer` is what an operator wrote, or the session they asked for, and nobody was told yet. */
export type TakenMessage = { readonly ticketId: TicketId; readonly answer: Message | null };

export type TakeNews = {
  /** @throws AppFault portal.badAnswer when the entry contradicts what is known; store.unreadable when our own row cannot be read */
  readonly ticket: (source: NewsSource, entry: HeardTicket) => TicketId;
  /** An entry was set aside for what it contradicts: a number that only news or a person told is asked for. */
  readonly contradicted: (source: NewsSource, entry: HeardTicket) => void;
  /** @throws AppFault as `ticket` */
  readonly message: (source: NewsSource, entry: HeardMessage) => TakenMessage;
};

/** States of an item that the queue itself does not move. */
const decidedByPerson: ReadonlySet<OutboxItem['state']> = new Set([
  'to-verify',
  'rejected',
  'by-hand',
  'set-aside',
]);

const contradiction = (field: string): AppFault => new AppFault('portal.badAnswer', { field });

/** Takes one entry of the portal's news into the store. The portal's word wins where it is one; nothing written here is lost. Call inside a transaction of its own. */
export function takeNews(parts: TakeNewsParts): TakeNews {
  return {
    ticket: (source, entry) => takeTicket(parts, source, entry),
    contradicted: (source, entry) => askAgain(parts, source, entry),
    message: (source, entry) => takeMessage(parts, source, entry),
  };
}

/** @throws AppFault as `TakeNews.ticket` */
function takeTicket(parts: TakeNewsParts, source: NewsSource, entry: HeardTicket): TicketId {
  const { tickets, clock } = parts;
  const own = ownOf(parts, source, entry);
  const byNumber =
    own === null ? tickets.findByNumber(source.recipient, ticketNumberSchema.parse(entry.number)) : null;
  if (own === null && byNumber === null) return foreign(parts, source, entry);
  if (byNumber !== null && entry.clientReference !== null) noteAnothers(tickets, byNumber);
  const known = own === null ? byNumber : numbered(parts, source, own, entry);
  if (known === null) throw contradiction('number');
  const language = entry.language ?? known.text.language;
  if (known.content === null)
    tickets.setText(known.id, textOf({ ...entry, language }, ticketNumberSchema.parse(entry.number)));
  const operator = entry.operator === undefined ? known.operator : entry.operator;
  const at = clock.instant();
  tickets.setState(known.id, entry.state ?? known.state, operator, at);
  if (entry.state === 'closed' && known.state !== 'closed') holdForDecision(parts, known.id, at);
  return known.id;
}

/** Ours by its reference; a draft that was sent by a store lost since becomes the ticket it is. */
function ownOf(parts: TakeNewsParts, source: NewsSource, entry: HeardTicket): Ticket | null {
  const { tickets, clock } = parts;
  if (entry.clientReference === null) return null;
  const id = ticketIdSchema.parse(entry.clientReference);
  const known = tickets.find(id);
  if (known !== null) return known;
  const at = clock.instant();
  const text = textOf(entry, ticketNumberSchema.parse(entry.number));
  if (!tickets.adoptDraft(id, { ...source, text, receivedAt: entry.receivedAt ?? at, at })) return null;
  const adopted = tickets.find(id);
  if (adopted !== null) doubtFiles(parts, adopted, at);
  return adopted;
}

/** The files of a request whose sending this store has forgotten: what the news name is there, and of the rest a person must say. */
function doubtFiles({ outbox }: TakeNewsParts, { id, content }: Ticket, at: string): void {
  for (const evidenceId of content?.evidenceIds ?? [])
    queueDoubt(outbox, id, { kind: 'upload-attachment', evidenceId, messageId: null }, at);
}

/** Our ticket under the number the portal gives it; only its reference proves that it is ours (R-TICKET-1). */
function numbered(parts: TakeNewsParts, source: NewsSource, own: Ticket, entry: HeardTicket): Ticket {
  const { tickets, audit, clock } = parts;
  const number = ticketNumberSchema.parse(entry.number);
  if (own.realm !== source.realm) throw contradiction('number');
  // A reference made here and known there: the portal has moved, it is no other.
  if (own.recipient !== source.recipient) tickets.moveTo(own.id, source.recipient);
  const at = clock.instant();
  takeNumber(
    parts,
    { ...own, recipient: source.recipient },
    { number, by: 'news', receivedAt: entry.receivedAt ?? at },
    at,
  );
  if (own.number !== null) return own;
  audit.append(at, 'ticket-numbered', own.id, { number });
  settleCreation(parts, own.id, at);
  return tickets.find(own.id) ?? own;
}

/** What a person was to decide is decided: the portal's own list names it. What moves by itself finds the number when its turn comes. */
function settleCreation({ outbox }: TakeNewsParts, id: TicketId, at: string): void {
  for (const item of outbox.ofTicket(id))
    if (item.work.kind === 'create-ticket' && decidedByPerson.has(item.state))
      outbox.update({
        ...item,
        state: 'accepted',
        absentLookups: 0,
        lastError: null,
        nextTryAt: null,
        updatedAt: at,
      });
}

function foreign(
  { tickets, clock }: TakeNewsParts,
  { realm, recipient }: NewsSource,
  entry: Pick<HeardTicket, 'number'> & Partial<HeardTicket>,
): TicketId {
  const id = ticketIdSchema.parse(randomUUID());
  const number = ticketNumberSchema.parse(entry.number);
  const at = clock.instant();
  tickets.insertForeign({
    id,
    realm,
    recipient,
    number,
    state: entry.state ?? 'open',
    text: textOf(entry, number),
    operator: entry.operator ?? null,
    updatedAt: at,
    productId: entry.productId ?? '',
    serial: entry.serial ?? '',
    receivedAt: entry.receivedAt ?? at,
  });
  if (typeof entry.clientReference === 'string') tickets.markAnothers(id);
  return id;
}

/** The requests an entry names by reference or number, and whose number is not proven, are asked for: once, whatever news say after that. */
function askAgain(
  parts: TakeNewsParts,
  { recipient }: NewsSource,
  { clientReference, number }: HeardTicket,
): void {
  const { tickets, clock } = parts;
  const named = [
    clientReference === null
      ? null
      : readRowOrNull(() => tickets.find(ticketIdSchema.parse(clientReference))),
    readRowOrNull(() => tickets.findByNumber(recipient, ticketNumberSchema.parse(number))),
  ];
  for (const own of named) {
    if (own === null || own.number === null || tickets.numberTrust(own.id) !== 'unproven') continue;
    tickets.trustNumber(own.id, 'contradicted');
    askForNumber(parts, own.id, clock.instant());
  }
}

/** Keeps that the portal named another's reference for a ticket. @throws AppFault portal.badAnswer where it is a request written here */
function noteAnothers(tickets: TicketRepository, { id, content }: Ticket): void {
  if (content !== null) throw contradiction('clientReference');
  tickets.markAnothers(id);
}

function textOf(entry: Partial<HeardTicket>, number: string): Ticket['text'] {
  const { language, subject, body } = entry;
  return {
    language: language ?? 'it',
    subject: subject === undefined || subject === '' ? number : subject,
    body: body ?? '',
  };
}

/** @throws AppFault as `TakeNews.ticket` */
function takeMessage(parts: TakeNewsParts, source: NewsSource, told: HeardMessage): TakenMessage {
  const { messages, clock } = parts;
  const own =
    told.clientReference === null ? null : messages.find(messageIdSchema.parse(told.clientReference));
  const ticketId = ticketOf(parts, source, told, own);
  const entry = own === null ? asReworded(parts, ticketId, told) : told;
  const known = knownOf(parts, ticketId, entry, own);
  const attachments = entry.attachments.map((file) => attachmentOf(parts, file));
  settleFiles(parts, ticketId, entry.attachments);
  if (known !== null) {
    const kept = attachments.length >= known.attachments.length ? attachments : known.attachments;
    messages.update({ id: known.id, delivery: 'delivered', attachments: kept }, entry.id);
    if (own !== null) letArrivedGo(parts, ticketId, own.id);
    if (own === null && isHeardInPart(known.text) && !isHeardInPart(entry.text))
      messages.reword(known.id, entry.text);
    return { ticketId, answer: null };
  }
  const message: Message = {
    id: messageIdSchema.parse(randomUUID()),
    ticketId,
    author: entry.author,
    text: entry.text,
    attachments,
    at: entry.at ?? clock.instant(),
    delivery: 'delivered',
    read: entry.author.kind !== 'operator',
  };
  messages.add(message, entry.id);
  if (message.author.kind === 'customer') {
    forgetSentReply(parts, message);
    holdForDecision(parts, ticketId, clock.instant());
  }
  // Who waits for a session sits and waits now: it is told like an answer.
  if (message.author.kind === 'system')
    return { ticketId, answer: message.author.event === 'session-requested' ? message : null };
  if (message.author.kind !== 'operator') return { ticketId, answer: null };
  learnAskedBack(parts, message);
  return { ticketId, answer: message };
}

function ticketOf(
  parts: TakeNewsParts,
  source: NewsSource,
  entry: HeardMessage,
  own: Message | null,
): TicketId {
  const number = ticketNumberSchema.parse(entry.number);
  const known = parts.tickets.headByNumber(source.recipient, number);
  if (own !== null && own.ticketId !== known?.id) throw contradiction('clientReference');
  return known?.id ?? foreign(parts, source, { number });
}

/** An operator's message that was written anew is another one: what was read and answered before stays as it was. */
function asReworded({ messages }: TakeNewsParts, ticketId: TicketId, entry: HeardMessage): HeardMessage {
  if (entry.rewordedId === undefined) return entry;
  const named = messages.findByPortalReference(ticketId, entry.id);
  if (named?.author.kind !== 'operator' || isSameWords(named.text, entry.text)) return entry;
  return isHeardInPart(named.text) || isHeardInPart(entry.text) ? entry : { ...entry, id: entry.rewordedId };
}

/** The message the entry speaks of, if it is here already. */
function knownOf(
  { messages }: TakeNewsParts,
  ticketId: TicketId,
  entry: HeardMessage,
  own: Message | null,
): Message | null {
  const named = messages.findByPortalReference(ticketId, entry.id);
  if (own === null) {
    const isInPart = named !== null && (isHeardInPart(named.text) || isHeardInPart(entry.text));
    if (named !== null && !isInPart && !isSameWords(named.text, entry.text)) throw contradiction('id');
    return named;
  }
  if (named === null || named.id === own.id) return own;
  if (named.author.kind !== 'customer' || !isSameWords(named.text, own.text)) throw contradiction('id');
  // It came in before its reference was known to be ours: the same words once.
  messages.remove(named.id);
  return own;
}

function attachmentOf(
  { outbox }: TakeNewsParts,
  { clientReference, name, sizeBytes, sha256 }: HeardAttachment,
): Attachment {
  const upload =
    clientReference === null ? null : outbox.findByKey(idempotencyKeySchema.parse(clientReference));
  return {
    evidenceId: upload?.work.kind === 'upload-attachment' ? upload.work.evidenceId : null,
    name,
    sizeBytes,
    sha256,
  };
}

function settleFiles(
  parts: TakeNewsParts,
  ticketId: TicketId,
  attachments: readonly HeardAttachment[],
): void {
  const { outbox, clock } = parts;
  if (attachments.length === 0) return;
  const there = new Set(attachments.map(({ sha256 }) => sha256));
  for (const item of outbox.readableOfTicket(ticketId)) {
    if (item.state !== 'to-verify' || item.work.kind !== 'upload-attachment') continue;
    const file = parts.evidence([item.work.evidenceId])[0];
    if (file !== undefined && there.has(file.sha256))
      outbox.update({ ...item, state: 'accepted', updatedAt: clock.instant() });
  }
}

/** Words that are on the portal already are not offered again as unsent: a store that came back from a backup may still hold them. */
function forgetSentReply({ replies }: TakeNewsParts, { ticketId, text, attachments }: Message): void {
  const reply = readRowOrNull(() => replies.find(ticketId));
  if (reply === null || text === '' || reply.evidenceIds.length > attachments.length) return;
  if (isSameWords(reply.text, text)) replies.clear(ticketId);
}
