import { z } from 'zod';
import { type EvidenceId, type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import { copyUseKinds } from '../../shared/domain/copy-use.ts';
import type { CopyUseKind } from '../../shared/domain/copy-use.ts';
import type { FileUse } from '../../shared/rules/retention.ts';
import { idsIn } from './ids-in-text.ts';
import type { Db } from './open-store.ts';
import { forgottenSql } from './removed-drafts.ts';
import { readRow } from './stored-row.ts';

export type FileUseRepository = {
  /** Every place that names a file: drafts and their history, removed ones, replies being written, requests, messages, the queue. */
  readonly all: () => readonly FileUse[];
  /**
   * Where one file is named today, the queue before what it carries. What a draft was before is no use: its history keeps the name and the hash.
   * @throws AppFault store.unreadable where a place that names it has no readable name itself: nobody can say that it needs the file no longer
   */
  readonly of: (id: EvidenceId) => readonly PlacedUse[];
};

/** A place that names a file. `isNeeded` is false once the request is closed. */
export type PlacedUse = {
  readonly kind: CopyUseKind;
  readonly ticketId: TicketId;
  readonly isNeeded: boolean;
};

const rowSchema = z.object({ words: z.string().nullable(), closedAt: z.string().nullable() });

/**
 * The places, each as raw text beside the moment since which it needs its files no longer; null: it needs them. A closing is never taken
 * for older than what the portal's own clock said of the request, for this PC's may have stood years back when it was noted (CLOCK-1).
 */
const closed = `
with closed as (
  select id, max(closed_at, coalesce(received_at, ''), coalesce((select max(at) from messages where ticket_id = tickets.id), '')) as at
  from tickets where stage = 'frozen' and state = 'closed' and closed_at is not null)`;
const places = `${closed}
select t.content as words, c.at as closedAt from tickets t left join closed c on c.id = t.id
union all select v.content, c.at from draft_versions v left join closed c on c.id = v.ticket_id
union all select m.attachments, c.at from messages m left join closed c on c.id = m.ticket_id
union all select evidence_ids, null from reply_drafts
union all select rows, case when ${forgottenSql} then removed_at end from removed_drafts
union all select o.work, case when o.state = 'accepted' then c.at end from outbox o left join closed c on c.id = o.ticket_id`;

const placesOfOne = `${closed}
select 'queue' as kind, o.ticket_id as ticketId, c.at as closedAt, 1 as rank from outbox o left join closed c on c.id = o.ticket_id
  where o.state <> 'accepted' and instr(o.work, @id) > 0
union all select 'draft', t.id, null, 2 from tickets t where t.stage = 'draft' and instr(t.content, @id) > 0
union all select 'removed-draft', id, null, 3 from removed_drafts where instr(rows, @id) > 0 and not ${forgottenSql}
union all select 'reply', ticket_id, null, 3 from reply_drafts where instr(evidence_ids, @id) > 0
union all select 'request', t.id, c.at, 4 from tickets t left join closed c on c.id = t.id where t.stage <> 'draft' and instr(t.content, @id) > 0
union all select 'request', m.ticket_id, c.at, 5 from messages m left join closed c on c.id = m.ticket_id where instr(m.attachments, @id) > 0
order by rank`;
const placedSchema = z.object({
  kind: z.enum(copyUseKinds),
  ticketId: ticketIdSchema,
  closedAt: z.string().nullable(),
});

/** Reads the raw text of each place and not its shape: a row that a hand or a disk spoiled still keeps the files it names (DAMAGE-3). */
export function fileUseRepository(db: Db): FileUseRepository {
  const rows = db.prepare(places);
  const ofOne = db.prepare(placesOfOne);
  return {
    of: (id) =>
      ofOne.all({ id }).map((row) => {
        const { kind, ticketId, closedAt } = readRow(() => placedSchema.parse(row));
        return { kind, ticketId, isNeeded: closedAt === null || Number.isNaN(Date.parse(closedAt)) };
      }),
    all: () =>
      rows.all().flatMap((row) => {
        const { words, closedAt } = rowSchema.parse(row);
        // A day that is none is no closing.
        const closedAtMs =
          closedAt === null || Number.isNaN(Date.parse(closedAt)) ? null : Date.parse(closedAt);
        return words === null ? [] : idsIn(words).map((id) => ({ id, closedAtMs }));
      }),
  };
}
