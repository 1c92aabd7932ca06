import { type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';

export type OriginRepository = {
  /** The request another one was begun from; null where it began by itself. */
  readonly of: (id: TicketId) => TicketId | null;
  readonly keep: (id: TicketId, from: TicketId) => void;
};

/** From which request another one was begun: a name and no more, so that either may go without the other. */
export function originRepository(db: Db): OriginRepository {
  const one = db.prepare('select begun_from from tickets where id = ?').pluck();
  const keep = db.prepare('update tickets set begun_from = ? where id = ?');
  return {
    of: (id) => ticketIdSchema.safeParse(one.get(id)).data ?? null,
    keep: (id, from) => {
      keep.run(from, id);
    },
  };
}
