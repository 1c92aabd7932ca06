import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { perhapsDoneMark } from '../../shared/domain/outbox-item.ts';
import type { Db } from './open-store.ts';

/**
 * After a store that lost its last entries: what stood in the queue, what was set aside or refused, and what was only a draft, may have
 * been sent since by the store that is gone, or carried by hand. Nothing of it is sent before the portal was asked whether it has it: a creation or a reply is
 * in doubt, a file may have been sent to its last byte and not be booked yet, a closing harms nobody when it is repeated, and a draft gets
 * a creation that is set aside, so that sending it begins with a look-up. All of it counts as tried, so that whoever removes it, sets it
 * aside or takes it back meanwhile finds it in doubt as well. Call inside the transaction that notes the loss; a second time changes nothing.
 */
export function doubtUnsent(db: Db, at: string): void {
  db.prepare(
    `update outbox set state = 'unknown', attempts = max(attempts, 1), absent_lookups = 0, next_try_at = null, updated_at = ?
     where kind in ('create-ticket', 'send-message') and state in ('queued', 'sending', 'unknown')`,
  ).run(at);
  db.prepare(
    `update outbox set attempts = max(attempts, 1), absent_lookups = 0, updated_at = ?
     where kind in ('create-ticket', 'send-message') and state = 'set-aside'`,
  ).run(at);
  // Nobody can be asked but the person: what is carried by hand may have been carried since.
  db.prepare(
    "update outbox set attempts = max(attempts, 1), updated_at = ? where kind <> 'close-ticket' and state = 'by-hand'",
  ).run(at);
  db.prepare(
    `update outbox set resume = coalesce(resume, '') || :mark
     where kind = 'upload-attachment' and state in ('queued', 'sending', 'set-aside') and coalesce(resume, '') not like '%#%'`,
  ).run({ mark: perhapsDoneMark });
  db.prepare("update outbox set resume = ? where kind <> 'close-ticket' and state = 'rejected'").run(
    perhapsDoneMark,
  );
  const drafts = db
    .prepare(
      `select id from tickets where stage = 'draft' and not exists (select 1 from outbox o where o.ticket_id = tickets.id and o.kind = 'create-ticket')`,
    )
    .pluck()
    .all();
  const insert =
    db.prepare(`insert into outbox (id, ticket_id, kind, work, idempotency_key, state, attempts, absent_lookups, created_at, updated_at)
    values (?, ?, 'create-ticket', '{"kind":"create-ticket"}', ?, 'set-aside', 1, 0, ?, ?)`);
  for (const id of z.array(z.string()).parse(drafts)) insert.run(randomUUID(), id, randomUUID(), at, at);
}
