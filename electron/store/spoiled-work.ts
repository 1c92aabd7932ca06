import { z } from 'zod';
import { appError } from '../../shared/domain/app-error.ts';
import {
  evidenceIdSchema,
  idempotencyKeySchema,
  instantSchema,
  messageIdSchema,
} from '../../shared/domain/ids.ts';
import {
  type OutboxItem,
  outboxItemSchema,
  type OutboxWork,
  outboxWorkSchema,
} from '../../shared/domain/outbox-item.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import type { Db } from './open-store.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import { readRowOrNull, storedJson } from './stored-row.ts';
import { ticketRecipient } from './ticket-repository.ts';

/** Work in the queue whose row a hand or a disk changed (DAMAGE-3). */
export type SpoiledWork = {
  /**
   * What of it can still be told, oldest first, at most 500: set aside, in doubt, with the reason. Its rows are left as they are. `read`:
   * items that were read just now, whose rows are not looked at again.
   */
  readonly shown: (recipient: Recipient, at: string, read: readonly OutboxItem[]) => readonly OutboxItem[];
  /**
   * Writes what can be told into the row and into the others of its request that are spoiled, so that the person can bring it back, remove
   * it or decide; a creation whose request has its number is accepted, and so is a file without its key that news of the request named by
   * its size and hash. The item as it stands from then on; null where it could be read.
   */
  readonly mend: (id: OutboxItem['id'], at: string) => OutboxItem | null;
};

/**
 * Whether a file lost the key it was sent under: the portal cannot be asked about it any more, and under a new key it would take it a
 * second time. Keys are never ids, but for those made here.
 */
export function lostItsKey({ id, work, idempotencyKey }: OutboxItem): boolean {
  return work.kind === 'upload-attachment' && idempotencyKey === idempotencyKeySchema.parse(id);
}

/** Stands for a file or a reply that nobody can name any more: it is never found, so such work can only be removed. */
const nobody = '00000000-0000-4000-8000-000000000000';

const rawSchema = z.object({
  id: outboxItemSchema.shape.id,
  ticketId: outboxItemSchema.shape.ticketId,
  sequence: outboxItemSchema.shape.sequence,
  kind: z.string(),
  work: storedJson(outboxWorkSchema).nullable().catch(null),
  idempotencyKey: idempotencyKeySchema.nullable().catch(null),
  createdAt: instantSchema.nullable().catch(null),
  isNumbered: z.number().transform((flag) => flag === 1),
});
type Raw = z.infer<typeof rawSchema>;

export function spoiledWork(db: Db, outbox: Pick<OutboxRepository, 'find' | 'update'>): SpoiledWork {
  const columns =
    'o.id, o.ticket_id as ticketId, o.sequence, o.kind, o.work, o.idempotency_key as idempotencyKey, o.created_at as createdAt, t.number is not null as isNumbered from outbox o join tickets t on t.id = o.ticket_id';
  // Two ranges, so that the index by state passes over years of what is settled.
  const waiting = db.prepare(
    `select ${columns} where (o.state < 'accepted' or o.state > 'accepted') and ${ticketRecipient} = :recipient
     and o.id not in (select value from json_each(:read)) order by o.sequence`,
  );
  const ofSameRequest = db.prepare(
    `select ${columns} where o.ticket_id = (select ticket_id from outbox where id = ?) order by o.sequence`,
  );
  const rewrite = db.prepare(
    'update outbox set work = ?, kind = ?, idempotency_key = ?, created_at = ? where id = ?',
  );
  /** A reply that waits and that no row of the queue names. */
  const unnamedReply = db
    .prepare(
      `select m.id from messages m where m.ticket_id = ? and m.delivery = 'queued' and not exists (select 1 from outbox o where o.ticket_id = m.ticket_id
       and o.kind = 'send-message' and json_valid(o.work) and json_extract(o.work, '$.messageId') = m.id) order by m.sequence limit 1`,
    )
    .pluck();

  const namedByNews = db
    .prepare(
      `select count(*) from messages m, json_each(case when json_valid(m.attachments) then m.attachments else '[]' end) a
       join evidence e on e.id = :evidenceId where m.ticket_id = :ticketId and json_valid(m.author) and json_extract(m.author, '$.kind') = 'customer'
       and json_extract(a.value, '$.evidenceId') is null and json_extract(a.value, '$.sha256') = e.sha256
       and json_extract(a.value, '$.sizeBytes') = e.size_bytes`,
    )
    .pluck();
  const isThere = (item: OutboxItem): boolean =>
    lostItsKey(item) &&
    item.work.kind === 'upload-attachment' &&
    namedByNews.get({ evidenceId: item.work.evidenceId, ticketId: item.ticketId }) !== 0;

  const workOf = ({ work, kind, ticketId }: Raw): OutboxWork => {
    if (work !== null) return work;
    if (kind === 'create-ticket' || kind === 'close-ticket') return { kind };
    if (kind === 'send-message')
      return {
        kind,
        messageId:
          messageIdSchema.safeParse(unnamedReply.get(ticketId)).data ?? messageIdSchema.parse(nobody),
      };
    return { kind: 'upload-attachment', evidenceId: evidenceIdSchema.parse(nobody), messageId: null };
  };
  /** In doubt whatever its row said: brought back, it begins with the question whether the portal has it (K3). */
  const told = (raw: Raw, at: string): OutboxItem => ({
    id: raw.id,
    ticketId: raw.ticketId,
    sequence: raw.sequence,
    work: workOf(raw),
    idempotencyKey: raw.idempotencyKey ?? idempotencyKeySchema.parse(raw.id),
    state: 'set-aside',
    attempts: 1,
    absentLookups: 0,
    nextTryAt: null,
    lastError: appError('outbox.unreadable'),
    createdAt: raw.createdAt ?? at,
    updatedAt: at,
  });
  const toldOf = (row: unknown, at: string): OutboxItem | null => {
    const raw = rawSchema.safeParse(row).data;
    return raw === undefined || readRowOrNull(() => outbox.find(raw.id)) !== null ? null : told(raw, at);
  };
  return {
    shown: (recipient, at, read) =>
      waiting
        .all({ recipient, read: JSON.stringify(read.map(({ id }) => id)) })
        .flatMap((row) => toldOf(row, at) ?? [])
        .slice(0, 500),
    mend: (id, at) => {
      let mended: OutboxItem | null = null;
      for (const row of ofSameRequest.all(id)) {
        const item = toldOf(row, at);
        if (item === null) continue;
        const isDone = item.work.kind === 'create-ticket' ? rawSchema.parse(row).isNumbered : isThere(item);
        const kept: OutboxItem = isDone ? { ...item, state: 'accepted', lastError: null } : item;
        rewrite.run(JSON.stringify(kept.work), kept.work.kind, kept.idempotencyKey, kept.createdAt, kept.id);
        outbox.update(kept);
        if (kept.id === id) mended = kept;
      }
      return mended;
    },
  };
}
