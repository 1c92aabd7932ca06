import { type Hold, holdSchema } from '../../shared/domain/hold.ts';
import type { OutboxItemId } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';
import { storedJson } from './stored-row.ts';

export type HoldRepository = {
  /** Null where nobody holds it back, or what was stored of it cannot be read: then it goes when its turn comes (R-TICKET-2). */
  readonly ofItem: (id: OutboxItemId) => Hold | null;
  /** Null lets it go. */
  readonly keep: (id: OutboxItemId, hold: Hold | null) => void;
  /** Of everything that is held back now. */
  readonly ofQueued: () => readonly Hold[];
};

const storedHold = storedJson(holdSchema);

/** What a person holds back, until when. */
export function holdRepository(db: Db): HoldRepository {
  const read = db.prepare('select hold from outbox where id = ?').pluck();
  const write = db.prepare('update outbox set hold = ? where id = ?');
  const queued = db
    .prepare("select distinct hold from outbox where state = 'queued' and hold is not null")
    .pluck();
  return {
    ofItem: (id) => storedHold.safeParse(read.get(id)).data ?? null,
    keep: (id, hold) => {
      write.run(hold === null ? null : JSON.stringify(hold), id);
    },
    ofQueued: () => queued.all().flatMap((text) => storedHold.safeParse(text).data ?? []),
  };
}
