import { z } from 'zod';
import type { FieldKey } from '../../shared/domain/draft.ts';
import { instantSchema, type TicketId, ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { type Realm, realmSchema, ticketStateSchema } from '../../shared/domain/ticket.ts';
import { requestPageRows } from '../../shared/ipc/page-rows.ts';
import { type RequestFilter, requestFilterSchema } from '../../shared/ipc/views.ts';
import type { Db } from './open-store.ts';

/** Every request stands in exactly one of these, so that the counts add up. */
export type Bucket = Exclude<RequestFilter, 'all'>;

export type RequestPage = { readonly ids: readonly TicketId[]; readonly total: number; readonly counts: Readonly<Record<RequestFilter, number>> };

/** What a line of the list needs of a ticket, and no more: the whole ticket is read when it is opened. */
const listedSchema = z.object({
  id: ticketIdSchema, realm: realmSchema, number: ticketNumberSchema.nullable(), state: ticketStateSchema, subject: z.string(), problem: z.string(), vehicleMake: z.string(),
  vehicleModel: z.string(), ecuFamily: z.string(), productId: z.string(), serial: z.string(), updatedAt: instantSchema, unread: z.number(),
});
export type ListedTicket = z.infer<typeof listedSchema>;
const field = (key: FieldKey): string => `coalesce(json_extract(t.content, '$.fields.${key}.text'), '') as ${key}`;

export type RequestRepository = {
  /** Null when it is no frozen ticket. */
  readonly listed: (id: TicketId) => ListedTicket | null;
  /** One page of drafts and the tickets of one portal, newest move first. Every word of `text` must stand in the request. */
  readonly page: (realm: Realm, filter: RequestFilter, text: string, offset: number) => RequestPage;
  readonly bucketOf: (id: TicketId) => Bucket | null;
};

/**
 * Whose move it is, from the portal's state and the outbox alone. What the person must decide comes before what merely waits; a
 * reply in the queue answers a question of the vendor. What stands in the outbox is read once a question, not once a request.
 */
const held = "t.id in (select ticket_id from outbox where state in ('rejected', 'to-verify', 'by-hand'))";
const moving = "t.id in (select ticket_id from outbox where state in ('queued', 'sending', 'unknown'))";
const bucket = `case
  when t.stage = 'draft' then 'drafts'
  when ${held} then 'you'
  when ${moving} then 'waiting'
  when t.state = 'closed' then 'closed'
  when t.state = 'waiting-customer' then 'you'
  else 'vendor' end`;
const inBucket = `t.realm = ? and ${bucket} = ?`;

const idsSchema = z.array(ticketIdSchema);
const countsSchema = z.array(z.object({ bucket: requestFilterSchema, count: z.number() }));

function likeWords(text: string): string[] {
  return text.toLocaleLowerCase().split(/\s+/u).filter((word) => word !== '').slice(0, 8);
}

export function requestRepository(db: Db): RequestRepository {
  const counted = db.prepare(`select ${bucket} as bucket, count(*) as count from tickets t where t.stage = 'draft' or t.realm = ? group by 1`);
  const one = db.prepare(`select ${bucket} from tickets t where t.id = ?`).pluck();
  const listed = db.prepare(`select t.id, t.realm, t.number, t.state, json_extract(t.text, '$.subject') as subject, ${(['problem', 'vehicleMake', 'vehicleModel', 'ecuFamily'] as const).map(field).join(', ')},
    t.product_id as productId, t.serial, t.updated_at as updatedAt, (select count(*) from messages m where m.ticket_id = t.id and m.read = 0) as unread from tickets t where t.stage = 'frozen' and t.id = ?`);
  const changes = db.prepare('select total_changes()').pluck();
  let known: { readonly realm: Realm; readonly changes: unknown; readonly counts: Record<RequestFilter, number> } | null = null;
  /** Counted anew only after something was written: one screen asks for several pages at once. */
  const countsOf = (realm: Realm): Record<RequestFilter, number> => {
    const now = changes.get();
    if (known?.realm !== realm || known.changes !== now) known = { realm, changes: now, counts: countAll(realm) };
    return { ...known.counts };
  };
  const countAll = (realm: Realm): Record<RequestFilter, number> => {
    const counts: Record<RequestFilter, number> = { all: 0, you: 0, waiting: 0, drafts: 0, vendor: 0, closed: 0 };
    for (const row of countsSchema.parse(counted.all(realm))) {
      counts[row.bucket] = row.count;
      counts.all += row.count;
    }
    return counts;
  };
  return {
    listed: (id) => listedSchema.nullable().parse(listed.get(id) ?? null),
    page: (realm, filter, text, offset) => {
      const words = likeWords(text);
      const counts = countsOf(realm);
      if (counts[filter] === 0) return { ids: [], total: 0, counts };
      const inFilter: Readonly<Record<RequestFilter, string>> = { all: "(t.stage = 'draft' or t.realm = ?)", drafts: "t.stage = 'draft'", you: inBucket, waiting: inBucket, vendor: inBucket, closed: inBucket };
      const conditions = [inFilter[filter], ...words.map(() => 'instr(t.search, ?) > 0')].join(' and ');
      const values = [...(filter === 'drafts' ? [] : filter === 'all' ? [realm] : [realm, filter]), ...words];
      const ids = idsSchema.parse(db.prepare(`select t.id from tickets t where ${conditions} order by t.updated_at desc, t.id limit ${requestPageRows} offset ?`).pluck().all(...values, offset));
      const total = words.length === 0 ? counts[filter] : z.number().parse(db.prepare(`select count(*) from tickets t where ${conditions}`).pluck().get(...values));
      return { ids, total, counts };
    },
    bucketOf: (id) => requestFilterSchema.exclude(['all']).nullable().parse(one.get(id) ?? null),
  };
}
