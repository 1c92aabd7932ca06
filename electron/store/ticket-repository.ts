import { z } from 'zod';
import { draftContentSchema } from '../../shared/domain/draft.ts';
import type { TicketId, TicketNumber } from '../../shared/domain/ids.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import {
  type TermsAcceptance,
  type Ticket,
  type TicketState,
  type TicketText,
  termsAcceptanceSchema,
  ticketSchema,
  ticketTextSchema,
} from '../../shared/domain/ticket.ts';
import { customerRealms, type Realm } from '../../shared/domain/portal-kind.ts';
import { type AbsorbTicket, absorbTicket } from './absorb-ticket.ts';
import { type NumberProof, numberProof } from './number-proof.ts';
import type { Db } from './open-store.ts';
import { searchText } from './search-text.ts';
import { readRow, storedJson } from './stored-row.ts';

export type TicketRepository = AbsorbTicket &
  NumberProof & {
    /** Null when there is none. @throws AppFault store.unreadable, here and by number */
    readonly find: (id: TicketId) => Ticket | null;
    readonly findByNumber: (recipient: Recipient, number: TicketNumber) => Ticket | null;
    /** As `find` and `findByNumber`, without counting a conversation that may be of thousands of messages. */
    readonly head: (id: TicketId) => TicketHead | null;
    readonly headByNumber: (recipient: Recipient, number: TicketNumber) => TicketHead | null;
    /** How far the practice portal has counted its tickets, as far as this PC knows; 0 for not at all. */
    readonly lastPracticeNumber: () => number;
    /** Turns a draft into what will be sent; false when it is no draft of that revision any more. */
    readonly freeze: (
      id: TicketId,
      revision: number,
      frozen: {
        realm: Realm;
        recipient?: Recipient;
        text: TicketText;
        terms: TermsAcceptance | null;
        at: string;
      },
    ) => boolean;
    /** R-ACCEPT-1: the terms accepted for a request that has no number yet. */
    readonly acceptAgain: (id: TicketId, terms: TermsAcceptance) => void;
    /** R-TICKET-1: the portal's number, once; `receivedAt` by the portal's clock, `at` by this PC's. A second, different number is refused by returning false. */
    readonly setNumber: (id: TicketId, number: TicketNumber, receivedAt: string, at: string) => boolean;
    /** As the ticket was sent: the tool may have changed since. */
    readonly productAndSerial: (id: TicketId) => { readonly productId: string; readonly serial: string };
    /** Since when it is closed is kept with it; a reopened one is closed no more. */
    readonly setState: (id: TicketId, state: TicketState, operator: string | null, at: string) => void;
    /** The words of a ticket that was opened elsewhere, as the portal holds them. */
    readonly setText: (id: TicketId, text: TicketText) => void;
    /** A ticket first seen on the portal: opened on the web form or on another PC. */
    readonly insertForeign: (ticket: ForeignTicket) => void;
    /**
     * The portal's own list names a draft of this PC as a ticket: it is sent, by a store that was lost since. False when it is no draft.
     */
    readonly adoptDraft: (
      id: TicketId,
      sent: Pick<Ticket, 'realm' | 'recipient' | 'text'> & {
        readonly receivedAt: string;
        readonly at: string;
      },
    ) => boolean;
    /** The portal a request was made for answers at another address now, or knows its customer by another code. */
    readonly moveTo: (id: TicketId, recipient: Recipient) => void;
    /** Makes a ticket that certainly never reached the portal a draft again; false when it has a number. */
    readonly thaw: (id: TicketId, at: string) => boolean;
  };

/** Everything of a ticket but what has to be counted. */
export type TicketHead = Omit<Ticket, 'unread'>;

export type ForeignTicket = Pick<Ticket, 'id' | 'realm' | 'state' | 'text' | 'operator' | 'updatedAt'> & {
  /** Left out: the realm says it all. */
  readonly recipient?: Recipient;
  readonly number: TicketNumber;
  readonly productId: string;
  readonly serial: string;
  readonly receivedAt: string;
};

/** Whom a row of the table `t` was made for; the unique index is on these very words. */
export const ticketRecipient = 'coalesce(t.recipient, t.realm)';
/** The kinds of portal of which each customer is a recipient of its own, as SQL. */
export const customerSql = customerRealms.map((realm) => `'${realm}'`).join(', ');
const headColumns = `t.id, t.realm, ${ticketRecipient} as recipient, t.number, t.state, t.text, t.content, t.terms, t.operator, t.frozen_at as frozenAt, t.received_at as receivedAt, t.updated_at as updatedAt`;
/** Everything of a ticket but its conversation, of the table under the name `t`. */
export const ticketColumns = `${headColumns},
  (select count(*) from messages m where m.ticket_id = t.id and m.read = 0) as unread`;
const columns = `${ticketColumns} from tickets t where t.stage = 'frozen'`;

const rowSchema = ticketSchema.extend({
  text: storedJson(ticketTextSchema),
  content: storedJson(draftContentSchema).nullable(),
  terms: storedJson(termsAcceptanceSchema).nullable(),
});

const headSchema = rowSchema.omit({ unread: true });

function storedRecipient(realm: Realm, recipient: Recipient | undefined): Recipient | null {
  return recipient === undefined || recipient === realm ? null : recipient;
}

/** A row of `ticketColumns`. @throws AppFault store.unreadable, whichever part of it is no ticket's */
export function parseTicket(row: unknown): Ticket {
  return readRow(() => rowSchema.parse(row));
}

/** Tickets of which the portal was the first to tell: opened elsewhere, or sent by a store that was lost since. */
function heardTickets(db: Db): Pick<TicketRepository, 'insertForeign' | 'setText' | 'adoptDraft'> {
  const insertForeign =
    db.prepare(`insert into tickets (id, stage, realm, recipient, number, state, revision, text, operator, created_at, frozen_at, received_at, updated_at, product_id, serial, search, closed_at)
    values (?, 'frozen', ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const setText = db.prepare('update tickets set text = ? where id = ? and content is null');
  const adopt = db.prepare(
    "update tickets set stage = 'frozen', realm = ?, recipient = ?, text = ?, terms = null, frozen_at = ?, updated_at = ?, search = lower(?) || ' ' || search where id = ? and stage = 'draft'",
  );
  return {
    adoptDraft: (id, { realm, recipient, text, receivedAt, at }) =>
      adopt.run(
        realm,
        storedRecipient(realm, recipient),
        JSON.stringify(text),
        receivedAt,
        at,
        text.subject,
        id,
      ).changes === 1,
    setText: (id, text) => {
      setText.run(JSON.stringify(text), id);
    },
    insertForeign: (ticket) => {
      const {
        id,
        realm,
        recipient,
        number,
        state,
        text,
        operator,
        receivedAt,
        updatedAt,
        productId,
        serial,
      } = ticket;
      insertForeign.run(
        id,
        realm,
        storedRecipient(realm, recipient),
        number,
        state,
        JSON.stringify(text),
        operator,
        receivedAt,
        receivedAt,
        receivedAt,
        updatedAt,
        productId,
        serial,
        searchText(null, number, serial, productId, text.subject, text.body),
        state === 'closed' ? updatedAt : null,
      );
    },
  };
}

/** The tickets of this PC, over one database: what was sent, and what the portal tells of it. */
export function ticketRepository(db: Db): TicketRepository {
  const one = db.prepare(`select ${columns} and t.id = ?`);
  const headOf = db.prepare(`select ${headColumns} from tickets t where t.stage = 'frozen' and t.id = ?`);
  const headNumbered = db.prepare(
    `select ${headColumns} from tickets t where t.stage = 'frozen' and ${ticketRecipient} = ? and t.number = ?`,
  );
  const numbered = db.prepare(`select ${columns} and ${ticketRecipient} = ? and t.number = ?`);
  const freeze = db.prepare(
    "update tickets set stage = 'frozen', realm = ?, recipient = ?, text = ?, terms = ?, frozen_at = ?, updated_at = ?, search = lower(?) || ' ' || search where id = ? and revision = ? and stage = 'draft'",
  );
  const setNumber = db.prepare(
    "update tickets set number = ?, received_at = ?, updated_at = ?, search = lower(?) || ' ' || search where id = ? and stage = 'frozen' and number is null",
  );
  const numberOf = db.prepare('select number from tickets where id = ?').pluck();
  const thaw = db.prepare(
    "update tickets set stage = 'draft', realm = null, recipient = null, text = null, terms = null, frozen_at = null, state = 'open', revision = revision + 1, updated_at = ? where id = ? and stage = 'frozen' and number is null and content is not null",
  );
  const setState = db.prepare(
    "update tickets set state = :state, operator = :operator, updated_at = :at, closed_at = case when :state = 'closed' then coalesce(closed_at, :at) end where id = :id",
  );
  const rebind = db.prepare(
    "update tickets set terms = ? where id = ? and stage = 'frozen' and number is null",
  );
  const move = db.prepare(
    `update tickets set recipient = ? where id = ? and stage = 'frozen' and realm in (${customerSql})`,
  );
  const lastPractice = db
    .prepare(
      "select max(cast(substr(number, 3) as integer)) from tickets where realm = 'practice' and number glob 'P-[0-9]*' and length(number) <= 17",
    )
    .pluck();
  const sentWith = db.prepare('select product_id as productId, serial from tickets where id = ?');
  const parsed = (row: unknown): Ticket | null => (row === undefined ? null : parseTicket(row));
  const parsedHead = (row: unknown): TicketHead | null =>
    row === undefined ? null : readRow(() => headSchema.parse(row));
  return {
    ...absorbTicket(db),
    ...numberProof(db),
    ...heardTickets(db),
    moveTo: (id, recipient) => {
      move.run(recipient, id);
    },
    find: (id) => parsed(one.get(id)),
    head: (id) => parsedHead(headOf.get(id)),
    headByNumber: (recipient, number) => parsedHead(headNumbered.get(recipient, number)),
    findByNumber: (recipient, number) => parsed(numbered.get(recipient, number)),
    lastPracticeNumber: () => Number(lastPractice.get() ?? 0),
    acceptAgain: (id, terms) => {
      rebind.run(JSON.stringify(terms), id);
    },
    freeze: (id, revision, { realm, recipient, text, terms, at }) =>
      freeze.run(
        realm,
        storedRecipient(realm, recipient),
        JSON.stringify(text),
        terms === null ? null : JSON.stringify(terms),
        at,
        at,
        text.subject,
        id,
        revision,
      ).changes === 1,
    setNumber: (id, number, receivedAt, at) => {
      const known = numberOf.get(id);
      if (known !== null && known !== undefined) return known === number;
      return setNumber.run(number, receivedAt, at, number, id).changes === 1;
    },
    productAndSerial: (id) =>
      z
        .object({ productId: z.string(), serial: z.string() })
        .catch({ productId: '', serial: '' })
        .parse(sentWith.get(id)),
    setState: (id, state, operator, at) => {
      setState.run({ state, operator, at, id });
    },
    thaw: (id, at) => thaw.run(at, id).changes === 1,
  };
}
