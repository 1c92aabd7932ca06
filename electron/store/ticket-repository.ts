import { draftContentSchema } from '../../shared/domain/draft.ts';
import type { TicketId, TicketNumber } from '../../shared/domain/ids.ts';
import { type Realm, type TermsAcceptance, type Ticket, type TicketState, type TicketText, termsAcceptanceSchema, ticketSchema, ticketTextSchema } from '../../shared/domain/ticket.ts';
import type { Db } from './open-store.ts';

export type TicketRepository = {
  /** Tickets of one portal, last moved first; practice and real ones never come together. */
  readonly all: (realm: Realm) => readonly Ticket[];
  readonly find: (id: TicketId) => Ticket | null;
  readonly findByNumber: (realm: Realm, number: TicketNumber) => Ticket | null;
  /** Turns a draft into what will be sent; false when it is no draft of that revision any more. */
  readonly freeze: (id: TicketId, revision: number, frozen: { realm: Realm; text: TicketText; terms: TermsAcceptance; at: string }) => boolean;
  /** R-TICKET-1: the portal's number, once. A second, different number is refused by returning false. */
  readonly setNumber: (id: TicketId, number: TicketNumber, receivedAt: string) => boolean;
  readonly setState: (id: TicketId, state: TicketState, operator: string | null, at: string) => void;
};

const columns = `t.id, t.realm, t.number, t.state, t.text, t.content, t.terms, t.operator, t.frozen_at as frozenAt, t.received_at as receivedAt, t.updated_at as updatedAt,
  (select count(*) from messages m where m.ticket_id = t.id and m.read = 0) as unread from tickets t where t.stage = 'frozen'`;

type Row = { readonly text: string; readonly content: string | null; readonly terms: string | null };

function parse(row: unknown): Ticket {
  const { text, content, terms } = row as Row;
  return ticketSchema.parse({
    ...(row as Row),
    text: ticketTextSchema.parse(JSON.parse(text)),
    content: content === null ? null : draftContentSchema.parse(JSON.parse(content)),
    terms: terms === null ? null : termsAcceptanceSchema.parse(JSON.parse(terms)),
  });
}

export function ticketRepository(db: Db): TicketRepository {
  const all = db.prepare(`select ${columns} and t.realm = ? order by t.updated_at desc`);
  const one = db.prepare(`select ${columns} and t.id = ?`);
  const numbered = db.prepare(`select ${columns} and t.realm = ? and t.number = ?`);
  const freeze = db.prepare("update tickets set stage = 'frozen', realm = ?, text = ?, terms = ?, frozen_at = ?, updated_at = ? where id = ? and revision = ? and stage = 'draft'");
  const setNumber = db.prepare("update tickets set number = ?, received_at = ?, updated_at = ? where id = ? and stage = 'frozen' and (number is null or number = ?)");
  const setState = db.prepare('update tickets set state = ?, operator = ?, updated_at = ? where id = ?');
  const parsed = (row: unknown): Ticket | null => (row === undefined ? null : parse(row));
  return {
    all: (realm) => all.all(realm).map(parse),
    find: (id) => parsed(one.get(id)),
    findByNumber: (realm, number) => parsed(numbered.get(realm, number)),
    freeze: (id, revision, { realm, text, terms, at }) => freeze.run(realm, JSON.stringify(text), JSON.stringify(terms), at, at, id, revision).changes === 1,
    setNumber: (id, number, receivedAt) => setNumber.run(number, receivedAt, receivedAt, id, number).changes === 1,
    setState: (id, state, operator, at) => {
      setState.run(state, operator, at, id);
    },
  };
}
