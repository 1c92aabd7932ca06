import type { TicketId } from '../../shared/domain/ids.ts';
import { type Waiver, waiverSchema } from '../../shared/domain/waiver.ts';
import type { Db } from './open-store.ts';

export type WaiverRepository = {
  readonly ofTicket: (id: TicketId) => readonly Waiver[];
  /** Replaces an earlier reason for the same warning. */
  readonly add: (id: TicketId, waiver: Waiver) => void;
};

export function waiverRepository(db: Db): WaiverRepository {
  const all = db.prepare(
    'select rule_id as ruleId, about, reason, at from waivers where ticket_id = ? order by at, rule_id, about',
  );
  const insert = db.prepare(
    'insert or replace into waivers (ticket_id, rule_id, about, reason, at) values (?, ?, ?, ?, ?)',
  );
  return {
    ofTicket: (id) => all.all(id).flatMap((row) => waiverSchema.safeParse(row).data ?? []),
    add: (id, { ruleId, about, reason, at }) => {
      insert.run(id, ruleId, about, reason, at);
    },
  };
}
