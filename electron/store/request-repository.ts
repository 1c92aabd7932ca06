import { z } from 'zod';
import { type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import type { Realm } from '../../shared/domain/ticket.ts';
import { type RequestFilter, requestFilterSchema, requestPageRows } from '../../shared/ipc/views.ts';
import type { Db } from './open-store.ts';

/** Every request stands in exactly one of these, so that the counts add up. */
export type Bucket = Exclude<RequestFilter, 'all'>;

export type RequestPage = { readonly ids: readonly TicketId[]; readonly total: number; readonly counts: Readonly<Record<RequestFilter, number>> };

export type RequestRepository = {
  /** One page of drafts and the tickets of one portal, newest move first. Every word of `text` must stand in the request. */
  readonly page: (realm: Realm, filter: RequestFilter, text: string, offset: number) => RequestPage;
  readonly bucketOf: (id: TicketId) => Bucket | null;
};

/**
 * Whose move it is, from the portal's state and the outbox alone. What the person must decide comes before what merely waits; a
 * reply in the queue answers a question of the vendor.
 */
const bucket = `case
  when t.stage = 'draft' then 'drafts'
  when exists (select 1 from outbox o where o.ticket_id = t.id and o.state in ('rejected', 'to-verify', 'by-hand')) then 'you'
  when exists (select 1 from outbox o where o.ticket_id = t.id and o.state in ('queued', 'sending', 'unknown')) then 'waiting'
  when t.state = 'closed' then 'closed'
  when t.state = 'waiting-customer' then 'you'
  else 'vendor' end`;

const idsSchema = z.array(ticketIdSchema);
const countsSchema = z.array(z.object({ bucket: requestFilterSchema, count: z.number() }));

function likeWords(text: string): string[] {
  return text.toLocaleLowerCase().split(/\s+/u).filter((word) => word !== '').slice(0, 8);
}

export function requestRepository(db: Db): RequestRepository {
  const counted = db.prepare(`select ${bucket} as bucket, count(*) as count from tickets t where t.stage = 'draft' or t.realm = ? group by 1`);
  const one = db.prepare(`select ${bucket} from tickets t where t.id = ?`).pluck();
  const countsOf = (realm: Realm): Record<RequestFilter, number> => {
    const counts: Record<RequestFilter, number> = { all: 0, you: 0, waiting: 0, drafts: 0, vendor: 0, closed: 0 };
    for (const row of countsSchema.parse(counted.all(realm))) {
      counts[row.bucket] = row.count;
      counts.all += row.count;
    }
    return counts;
  };
  return {
    page: (realm, filter, text, offset) => {
      const words = likeWords(text);
      const conditions = ["(t.stage = 'draft' or t.realm = ?)", ...(filter === 'all' ? [] : [`${bucket} = ?`]), ...words.map(() => 'instr(t.search, ?) > 0')].join(' and ');
      const values = [realm, ...(filter === 'all' ? [] : [filter]), ...words];
      const ids = idsSchema.parse(db.prepare(`select t.id from tickets t where ${conditions} order by t.updated_at desc, t.id limit ${requestPageRows} offset ?`).pluck().all(...values, offset));
      const counts = countsOf(realm);
      const total = words.length === 0 ? counts[filter] : z.number().parse(db.prepare(`select count(*) from tickets t where ${conditions}`).pluck().get(...values));
      return { ids, total, counts };
    },
    bucketOf: (id) => requestFilterSchema.exclude(['all']).nullable().parse(one.get(id) ?? null),
  };
}
