import { z } from 'zod';
import { type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { type RequestFilter, requestFilterSchema, type RequestSort } from '../../shared/ipc/views.ts';
import type { Db } from './open-store.ts';
import { isShownWork } from './outbox-repository.ts';
import { readRow } from './stored-row.ts';
import { parseTicket, ticketColumns, ticketRecipient } from './ticket-repository.ts';

/** Every request stands in exactly one of these, so that the counts add up. */
export type Bucket = Exclude<RequestFilter, 'all'>;

export type RequestPage = {
  readonly ids: readonly TicketId[];
  readonly total: number;
  readonly counts: Readonly<Record<RequestFilter, number>>;
};

/** A ticket with the product and the serial it was sent with, for its line in the list. */
export type ListedTicket = Ticket & { readonly productId: string; readonly serial: string };
const sentWithSchema = z.object({ productId: z.string(), serial: z.string() });

/** What a list is put in order by, and whether the other way round. */
export type RequestOrder = { readonly sort: RequestSort; readonly isTurned: boolean };
const newestFirst: RequestOrder = { sort: 'moved', isTurned: false };

export type RequestRepository = {
  /** Null when it is no frozen ticket. @throws AppFault store.unreadable wherever opening it would say so: no line promises what cannot be opened */
  readonly listed: (id: TicketId) => ListedTicket | null;
  /** Part of the drafts and the tickets of one recipient, newest move first unless another order is asked for, of `you` those with a session asked for before the rest. Every word of `text` must stand in the request. */
  readonly page: (
    recipient: Recipient,
    filter: RequestFilter,
    text: string,
    part: { readonly offset: number; readonly limit: number },
    order?: RequestOrder,
  ) => RequestPage;
  /** How many requests were made for others than this recipient, the most first. */
  readonly countsElsewhere: (
    recipient: Recipient,
  ) => readonly { readonly recipient: Recipient; readonly count: number }[];
  readonly bucketOf: (id: TicketId) => Bucket | null;
  /** Whether a remote session was asked for and the portal has not said since that it was ended (R-REMOTE-1). */
  readonly asksForSession: (id: TicketId) => boolean;
  /** Numbers of open tickets that ask for one, newest move first. */
  readonly askedSessions: (recipient: Recipient) => readonly string[];
};

/**
 * Whose move it is, from the portal's word and the outbox alone. What the person must decide comes before what merely waits; a
 * reply in the queue answers a question of the vendor, but no wish for a session. What stands in the outbox is read once a question, not once a request.
 */
const held = `t.id in (select ticket_id from outbox where state in ('rejected', 'to-verify', 'by-hand', 'set-aside') and ${isShownWork})`;
const moving = "t.id in (select ticket_id from outbox where state in ('queued', 'sending', 'unknown'))";
/** A file that was sent with the request itself answers nothing the vendor asked since. */
const answering = `t.id in (select ticket_id from outbox where state in ('queued', 'sending', 'unknown') and not
  (kind = 'upload-attachment' and json_valid(work) and json_extract(work, '$.messageId') is null))`;
/** What an entry of a conversation tells of, null for a person's words and for a row that somebody edited by hand. */
const eventOf = "case when json_valid(m.author) then json_extract(m.author, '$.event') end";
const ofSessions = `messages m indexed by messages_of_sessions where instr(m.author, '"session-') > 0`;
/**
 * The portal's last word about sessions of a ticket: the operator who waits for one cannot be told from the state alone once a reply
 * went. Almost no ticket has such an entry, and those are known before any other is looked at.
 */
const asksForSession = `t.id in (select m.ticket_id from ${ofSessions})
  and (select ${eventOf} from ${ofSessions} and m.ticket_id = t.id and ${eventOf} in ('session-requested', 'session-ended') order by m.sequence desc limit 1) = 'session-requested'`;
const isAsked = `coalesce(${asksForSession}, 0)`;
const bucket = `case
  when t.stage = 'draft' then 'drafts'
  when ${held} then 'you'
  when t.state <> 'closed' and ${asksForSession} then 'you'
  when t.state = 'waiting-customer' and not ${answering} then 'you'
  when ${moving} then 'waiting'
  when t.state = 'closed' then 'closed'
  else 'vendor' end`;
const inBucket = `${ticketRecipient} = ? and ${bucket} = ?`;

/** Both count every ticket at the first list: whatever they ask of one stands in the index `tickets_to_count`. */
export const countedBucketsSql = `select ${bucket} as bucket, count(*) as count from tickets t where t.stage = 'draft' or ${ticketRecipient} = ? group by 1`;
export const countedElsewhereSql = `select ${ticketRecipient} as recipient, count(*) as count from tickets t
  where t.stage = 'frozen' and ${ticketRecipient} <> ? group by 1 order by count(*) desc`;

const fieldOf = (name: string): string =>
  `coalesce(case when json_valid(t.content) then json_extract(t.content, '$.fields.${name}.text') end, '')`;
/** What is compared, the first that differs deciding; what a request does not have comes last either way. */
const orders: Readonly<
  Record<Exclude<RequestSort, 'moved'>, { readonly lacks: string; readonly by: readonly string[] }>
> = {
  number: { lacks: 't.number is null', by: ['length(t.number)', 't.number'] },
  tool: { lacks: "t.product_id = ''", by: ['t.product_id', 't.serial'] },
  vehicle: {
    lacks: `${fieldOf('vehicleMake')} = ''`,
    by: [`lower(${fieldOf('vehicleMake')})`, `lower(${fieldOf('vehicleModel')})`],
  },
  subject: { lacks: `${fieldOf('problem')} = ''`, by: [`lower(${fieldOf('problem')})`] },
  state: { lacks: '0', by: [bucket] },
};

/** The newest-first order stands in an index; any other sorts what was found. */
function orderSql({ sort, isTurned }: RequestOrder): string {
  if (sort === 'moved') return `t.updated_at ${isTurned ? 'asc' : 'desc'}, t.id`;
  const { lacks, by } = orders[sort];
  const parts = by.map((part) => `${part} ${isTurned ? 'desc' : 'asc'}`);
  return `${lacks}, ${parts.join(', ')}, t.updated_at desc, t.id`;
}

/** In what the request says, or in the workshop's own words beside it. */
const hasWord =
  '(instr(t.search, ?) > 0 or t.id in (select w.ticket_id from own_words w where instr(w.search, ?) > 0))';

/** An id that is none is somebody's edit by hand: it is counted and not listed. */
const idsOfTickets = (rows: readonly unknown[]): TicketId[] =>
  rows.flatMap((id) => ticketIdSchema.safeParse(id).data ?? []);
const elsewhereSchema = z.array(z.object({ recipient: z.string(), count: z.number() }));
const countsSchema = z.array(z.object({ bucket: requestFilterSchema, count: z.number() }));

function likeWords(text: string): string[] {
  return text
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, 8);
}

/** How many requests stand where, as far as they were counted since the last write: one screen asks for several pages at once. */
function keptCounts(db: Db) {
  const counted = db.prepare(countedBucketsSql);
  const others = db.prepare(countedElsewhereSql);
  const changes = db.prepare('select total_changes()').pluck();
  type Elsewhere = ReturnType<RequestRepository['countsElsewhere']>;
  type Known = {
    readonly recipient: Recipient;
    readonly changes: unknown;
    readonly counts: Record<RequestFilter, number>;
    readonly elsewhere: Elsewhere;
  };
  const countAll = (recipient: Recipient): Record<RequestFilter, number> => {
    const counts: Record<RequestFilter, number> = {
      all: 0,
      you: 0,
      waiting: 0,
      drafts: 0,
      vendor: 0,
      closed: 0,
    };
    for (const row of countsSchema.parse(counted.all(recipient))) {
      counts[row.bucket] = row.count;
      counts.all += row.count;
    }
    return counts;
  };
  let known: Known | null = null;
  const knownOf = (recipient: Recipient): Known => {
    const now = changes.get();
    if (known?.recipient !== recipient || known.changes !== now)
      known = {
        recipient,
        changes: now,
        counts: countAll(recipient),
        elsewhere: elsewhereSchema.parse(others.all(recipient)),
      };
    return known;
  };
  return {
    countsOf: (recipient: Recipient): Record<RequestFilter, number> => ({ ...knownOf(recipient).counts }),
    countsElsewhere: (recipient: Recipient): Elsewhere => knownOf(recipient).elsewhere,
  };
}

/** The list of requests, over one database: which stand where, and which of them a search finds. */
export function requestRepository(db: Db): RequestRepository {
  const withSessions = db.prepare(`select distinct m.ticket_id from ${ofSessions}`).pluck();
  const numbersAsked = db
    .prepare(
      // The few that have such an entry lead, and no other ticket is read.
      `select t.number from (select distinct m.ticket_id as id from ${ofSessions}) s cross join tickets t
       where t.id = s.id and ${ticketRecipient} = ? and t.number is not null and t.state <> 'closed' and ${isAsked} order by t.updated_at desc`,
    )
    .pluck();
  const asked = db.prepare(`select ${isAsked} from tickets t where t.id = ?`).pluck();
  const one = db.prepare(`select ${bucket} from tickets t where t.id = ?`).pluck();
  const listed = db.prepare(
    `select ${ticketColumns}, t.product_id as productId, t.serial from tickets t where t.stage = 'frozen' and t.id = ?`,
  );
  const { countsOf, countsElsewhere } = keptCounts(db);
  return {
    listed: (id) => {
      const row = listed.get(id);
      return row === undefined
        ? null
        : readRow(() => ({ ...parseTicket(row), ...sentWithSchema.parse(row) }));
    },
    page: (recipient, filter, text, { offset, limit }, order = newestFirst) => {
      const words = likeWords(text);
      const counts = countsOf(recipient);
      if (counts[filter] === 0) return { ids: [], total: 0, counts };
      const inFilter: Readonly<Record<RequestFilter, string>> = {
        all: `(t.stage = 'draft' or ${ticketRecipient} = ?)`,
        drafts: "t.stage = 'draft'",
        you: inBucket,
        waiting: inBucket,
        vendor: inBucket,
        closed: inBucket,
      };
      const conditions = [inFilter[filter], ...words.map(() => hasWord)].join(' and ');
      const values = [
        ...(filter === 'drafts' ? [] : filter === 'all' ? [recipient] : [recipient, filter]),
        ...words.flatMap((word) => [word, word]),
      ];
      const totalOf = (): number =>
        words.length === 0
          ? counts[filter]
          : z.number().parse(
              db
                .prepare(`select count(*) from tickets t where ${conditions}`)
                .pluck()
                .get(...values),
            );
      const idsOf = (
        among: string,
        part: { readonly offset: number; readonly limit: number },
        ...more: string[]
      ): readonly TicketId[] =>
        idsOfTickets(
          db
            .prepare(
              `select t.id from tickets t where ${conditions} and ${among} order by ${orderSql(order)} limit ? offset ?`,
            )
            .pluck()
            .all(...values, ...more, part.limit, part.offset),
        );
      // The operator of a session sits and waits within the hours: nothing else that is the person's turn comes before it. The few are
      // asked for by name, so that the others still come in the order of their index.
      const isNewest = order.sort === 'moved' && !order.isTurned;
      const few = filter === 'you' && isNewest ? idsOfTickets(withSessions.all()) : [];
      if (few.length === 0) return { ids: idsOf('true', { offset, limit }), total: totalOf(), counts };
      const asking = idsOf(
        `${isAsked} and t.id in (${few.map(() => '?').join(', ')})`,
        { offset: 0, limit: few.length },
        ...few,
      );
      const first = asking.slice(offset, offset + limit);
      const rest = idsOf(`not ${isAsked}`, {
        offset: Math.max(0, offset - asking.length),
        limit: limit - first.length,
      });
      return { ids: [...first, ...rest], total: totalOf(), counts };
    },
    askedSessions: (recipient) => z.array(z.string()).parse(numbersAsked.all(recipient)),
    asksForSession: (id) => asked.get(id) === 1,
    countsElsewhere,
    bucketOf: (id) =>
      requestFilterSchema
        .exclude(['all'])
        .nullable()
        .parse(one.get(id) ?? null),
  };
}
