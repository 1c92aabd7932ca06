import { randomUUID } from 'node:crypto';
import type { SignedPack } from '../../shared/domain/data-pack.ts';
import { idempotencyKeySchema, messageIdSchema, type TicketId, ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import type { Attachment, Message, Realm, Ticket } from '../../shared/domain/ticket.ts';
import { askedBackFor } from '../../shared/rules/asked-back.ts';
import type { WireMessage, WireTicket } from '../../shared/portal/wire.ts';
import type { PublishEvent } from '../ipc/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { Portal, PortalChanges } from '../portal/port.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { AskedBackRepository } from '../store/asked-back-repository.ts';
import type { MessageRepository } from '../store/message-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';
import type { PortalRepository } from '../store/portal-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';

export type ConversationSyncParts = {
  readonly tickets: TicketRepository;
  readonly messages: MessageRepository;
  readonly askedBack: AskedBackRepository;
  readonly outbox: OutboxRepository;
  readonly portals: PortalRepository;
  readonly link: PortalLink;
  readonly clock: Clock;
  readonly transact: <T>(work: () => T) => T;
  readonly publish: PublishEvent;
  /** Data the portal hands out, not believed yet. */
  readonly onPacks: (packs: readonly SignedPack[]) => void;
  /** An operator wrote; told after it is on disk. */
  readonly onAnswered: (ticket: Ticket, message: Message) => void;
};

export type ConversationSync = {
  /** Reads everything newer than the cursor, page by page; each page and its cursor are one transaction. False when the portal did not answer. */
  readonly pull: () => Promise<boolean>;
  /** Reads notices, the terms in force, the products' newest versions and what the portal takes (R-HOURS-2, R-ACCEPT-1, R-VERSION-1). */
  readonly pullAnnouncements: () => Promise<void>;
  /** One read for the sake of the portal's time, once each time it was opened: of its notices where it has any, for they may take back what closes it. A failure is noted nowhere. */
  readonly askTime: () => Promise<void>;
};

/** Whose news are read. */
type Source = { readonly realm: Realm; readonly recipient: Recipient };

/** Brings what the portal holds into the store: state, operator, conversation. The portal's word wins; nothing written here is lost. */
export function conversationSync(parts: ConversationSyncParts): ConversationSync {
  const { tickets, messages, outbox, portals, link, clock, transact, publish } = parts;

  const foreign = ({ realm, recipient }: Source, entry: Pick<WireTicket, 'number' | 'receivedAt'> & Partial<WireTicket>): TicketId => {
    const id = ticketIdSchema.parse(randomUUID());
    const text = { language: entry.language ?? 'it', subject: entry.subject ?? entry.number, body: entry.body ?? '' };
    tickets.insertForeign({
      id,
      realm,
      recipient,
      number: entry.number,
      state: entry.state ?? 'open',
      text,
      operator: entry.operator ?? null,
      updatedAt: clock.instant(),
      productId: entry.productId ?? '',
      serial: entry.serial ?? '',
      receivedAt: entry.receivedAt,
    });
    return id;
  };

  /** Our own ticket by its reference, a known one by number, or a new one that was opened elsewhere. */
  const takeTicket = (source: Source, entry: WireTicket): TicketId => {
    const number = ticketNumberSchema.parse(entry.number);
    const own = entry.clientReference === null ? null : tickets.find(ticketIdSchema.parse(entry.clientReference));
    const known = own?.recipient === source.recipient ? own : tickets.findByNumber(source.recipient, number);
    if (known === null) return foreign(source, entry);
    // The portal's list names our ticket before its answer was read: that is the portal's own word (R-TICKET-1).
    if (known.number === null) tickets.setNumber(known.id, number, entry.receivedAt, clock.instant());
    if (known.content === null)
      tickets.setText(known.id, { language: entry.language, subject: entry.subject === '' ? number : entry.subject, body: entry.body });
    tickets.setState(known.id, entry.state, entry.operator, clock.instant());
    return known.id;
  };

  const attachmentsOf = (entry: WireMessage): Attachment[] =>
    entry.attachments.map(({ clientReference, name, sizeBytes, sha256 }) => {
      const upload = outbox.findByKey(idempotencyKeySchema.parse(clientReference));
      return { evidenceId: upload?.work.kind === 'upload-attachment' ? upload.work.evidenceId : null, name, sizeBytes, sha256 };
    });

  /** What this operator asks back for is worth asking for before sending, next time (offline, on this PC only). */
  const learn = (message: Message): void => {
    const content = tickets.find(message.ticketId)?.content ?? null;
    const asked = askedBackFor(message.text);
    if (content === null || content.productId === null || content.requestType === null || asked.length === 0) return;
    parts.askedBack.add(message.id, { productId: content.productId, requestType: content.requestType }, asked);
  };

  const takeMessage = (source: Source, entry: WireMessage): { readonly ticketId: TicketId; readonly answer: Message | null } => {
    const number = ticketNumberSchema.parse(entry.number);
    const ticketId = tickets.findByNumber(source.recipient, number)?.id ?? foreign(source, { number, receivedAt: entry.at });
    const own = entry.clientReference === null ? null : messages.find(messageIdSchema.parse(entry.clientReference));
    const known = own?.ticketId === ticketId ? own : messages.findByPortalReference(ticketId, entry.id);
    const attachments = attachmentsOf(entry);
    if (known !== null) {
      messages.update(
        {
          id: known.id,
          delivery: 'delivered',
          attachments: attachments.length >= known.attachments.length ? attachments : known.attachments,
        },
        entry.id,
      );
      return { ticketId, answer: null };
    }
    const message: Message = {
      id: messageIdSchema.parse(randomUUID()),
      ticketId,
      author: entry.author,
      text: entry.text,
      attachments,
      at: entry.at,
      delivery: 'delivered',
      read: entry.author.kind !== 'operator',
    };
    messages.add(message, entry.id);
    if (entry.author.kind === 'operator') learn(message);
    return { ticketId, answer: entry.author.kind === 'operator' ? message : null };
  };

  const takePage = (source: Source, page: PortalChanges): void => {
    const changed = new Set<TicketId>();
    const answers: Message[] = [];
    transact(() => {
      for (const entry of page.tickets) {
        // A request of ours that cannot be read any more keeps no other from coming in.
        const id = readRowOrNull(() => takeTicket(source, entry));
        if (id !== null) changed.add(id);
      }
      for (const entry of page.messages) {
        const taken = readRowOrNull(() => takeMessage(source, entry));
        if (taken === null) continue;
        changed.add(taken.ticketId);
        if (taken.answer !== null) answers.push(taken.answer);
      }
      portals.keepCursor(source.recipient, page.cursor);
      failpoint('sync.inTx');
    });
    if (changed.size > 0) publish({ kind: 'requestsChanged' });
    for (const id of changed) publish({ kind: 'ticketChanged', id });
    for (const message of answers) {
      const ticket = readRowOrNull(() => tickets.find(message.ticketId));
      if (ticket !== null) parts.onAnswered(ticket, message);
    }
  };

  const syncing = (): Portal | null => {
    const portal = link.portal();
    return portal?.capabilities.sync === true ? portal : null;
  };

  let askedTimeOf: Portal | null = null;

  return {
    askTime: async () => {
      const portal = syncing();
      if (portal === null || portal === askedTimeOf) return;
      askedTimeOf = portal;
      if (!portal.capabilities.calendar) {
        const terms = await portal.terms();
        if (terms.kind === 'done' && portal === link.portal()) link.observe('read', terms);
        return;
      }
      const notices = await portal.notices();
      if (notices.kind !== 'done' || portal !== link.portal()) return;
      link.observe('read', notices);
      transact(() => portals.keepPortalNotices(notices.value));
      publish({ kind: 'portalStatusChanged' });
    },
    pull: async () => {
      const portal = syncing();
      const source = { realm: link.realm(), recipient: link.recipient() };
      while (portal !== null && portal === link.portal()) {
        const outcome = link.observe('read', await portal.changesSince(portals.cursor(source.recipient)));
        if (outcome.kind !== 'done') return false;
        takePage(source, outcome.value);
        if (!outcome.value.hasMore) return true;
      }
      return false;
    },
    pullAnnouncements: async () => {
      const portal = syncing();
      if (portal === null) return;
      const key = link.key();
      const known = portals.terms(key)?.sha256;
      const notices = portal.capabilities.calendar ? link.observe('read', await portal.notices()) : null;
      const terms = link.observe('read', await portal.terms());
      const products = link.observe('read', await portal.products());
      const requirements = link.observe('read', await portal.requirements());
      transact(() => {
        if (requirements.kind === 'done') portals.keepRequirements(key, requirements.value);
        if (notices?.kind === 'done') portals.keepPortalNotices(notices.value);
        if (terms.kind === 'done') portals.keepTerms(key, terms.value);
        if (products.kind === 'done')
          portals.keepLatestVersions(key, {
            at: clock.instant(),
            versions: Object.fromEntries(
              products.value.flatMap(({ id, latestVersion }) => (latestVersion === null ? [] : [[id, latestVersion]])),
            ),
          });
      });
      if (portals.terms(key)?.sha256 !== known) publish({ kind: 'outboxChanged' });
      // Not noted as an answer about the portal: one without packs of its own is no broken portal.
      const packs = await portal.packs();
      if (packs.kind === 'done') parts.onPacks(packs.value);
      publish({ kind: 'portalStatusChanged' });
    },
  };
}
