import { z } from 'zod';
import { AppFault } from '../../shared/domain/app-error.ts';
import { outboxItemIdSchema, type TicketId } from '../../shared/domain/ids.ts';
import { type OutboxItem, outboxItemSchema, type OutboxState } from '../../shared/domain/outbox-item.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import { unprovenCodes } from './number-proof.ts';
import type { Db } from './open-store.ts';
import { readable, readRow, storedJson } from './stored-row.ts';
import { customerSql, ticketRecipient } from './ticket-repository.ts';

/** An item not yet stored: the queue gives it its place. */
export type NewOutboxItem = Omit<OutboxItem, 'sequence'>;

/** Whether the turn of an item has come, as it and its place in the queue stand. */
export type IsDue = (
  id: OutboxItem['id'],
  state: OutboxState,
  place: { readonly sequence: number; readonly isCreation: boolean },
) => boolean;

export type OutboxRepository = {
  /**
   * Stores an item at the end of the queue. A second creation of the same ticket, or a key used before, breaks a unique index and
   * with it the caller's transaction (THREAT-13).
   */
  readonly add: (item: NewOutboxItem) => void;
  readonly find: (id: OutboxItem['id']) => OutboxItem | null;
  readonly findByKey: (key: OutboxItem['idempotencyKey']) => OutboxItem | null;
  /** @throws AppFault store.unreadable: a request whose queue cannot be read is told, never taken for sent. */
  readonly ofTicket: (ticketId: TicketId) => readonly OutboxItem[];
  /** As `ofTicket`, without what cannot be read: for places that must go on. */
  readonly readableOfTicket: (ticketId: TicketId) => readonly OutboxItem[];
  /** What is not settled yet, oldest first (R-TICKET-2). */
  readonly open: () => readonly OutboxItem[];
  /** What one recipient still waits for or refused, oldest first, at most 500. */
  readonly shown: (recipient: Recipient) => readonly OutboxItem[];
  /** What waits for another portal address or customer than this, oldest first, at most 500: nothing of it moves until a person decides. */
  readonly elsewhere: (recipient: Recipient) => readonly OutboxItem[];
  /** How many requests those are. */
  readonly countElsewhere: (recipient: Recipient) => number;
  /** How many items of one recipient are not settled yet. */
  readonly countWaiting: (recipient: Recipient) => number;
  /**
   * The first item of one recipient that can move by itself and that `isDue` lets through: its ticket has a number unless it is the
   * creation, and `lane` says whether files are meant or everything else; a reply leaves after those written before it, a file after its reply, and the closing of a ticket after everything else of it.
   * A row that cannot be read keeps none of them waiting, for it never leaves.
   */
  readonly nextDue: (recipient: Recipient, lane: 'words' | 'files', isDue: IsDue) => OutboxItem['id'] | null;
  /** Queued creations after that place, in order, that may be meant; at most so many, and no row is read but for its place. */
  readonly creationsBehind: (
    sequence: number,
    most: number,
    isMeant: (id: OutboxItem['id']) => boolean,
  ) => readonly QueuePlace[];
  /** What stands in one state, whatever the portal. */
  readonly inState: (state: OutboxState) => readonly OutboxItem[];
  readonly update: (item: OutboxItem) => void;
  readonly resumeUrl: (id: OutboxItem['id']) => string | null;
  readonly keepResumeUrl: (id: OutboxItem['id'], url: string | null) => void;
  /** The item goes under a new key from now on: what the portal has under the old one is not it. */
  readonly renewKey: (id: OutboxItem['id'], key: OutboxItem['idempotencyKey']) => void;
  readonly remove: (id: OutboxItem['id']) => void;
};

export type QueuePlace = Pick<OutboxItem, 'id' | 'sequence' | 'attempts'>;
const queuePlaceSchema = outboxItemSchema.pick({ id: true, sequence: true, attempts: true });

const columns = `sequence, id, ticket_id as ticketId, kind, work, idempotency_key as idempotencyKey, state, attempts, absent_lookups as absentLookups,
  next_try_at as nextTryAt, last_error as lastError, created_at as createdAt, updated_at as updatedAt from outbox`;

/** Named one by one, so that the index by state is used: a queue of years is almost all accepted. */
const openStates = "('queued', 'sending', 'unknown', 'to-verify', 'by-hand')";
const shownStates = "('queued', 'sending', 'unknown', 'to-verify', 'by-hand', 'rejected', 'set-aside')";
/** A reply that was taken back in doubt is nobody's to see: its place only remembers its key. */
export const isShownWork = `not (state = 'set-aside' and kind = 'send-message' and exists (select 1 from messages m where m.ticket_id = outbox.ticket_id
  and m.delivery = 'withdrawn' and json_valid(outbox.work) and m.id = json_extract(outbox.work, '$.messageId')))`;
/** What something else of the same ticket may have to wait for. */
const underWay = "('queued', 'sending', 'unknown', 'to-verify')";

/** An item's place in the queue. */
const placeSchema = z.object({
  id: outboxItemIdSchema,
  sequence: z.number().int(),
  isCreation: z.number().transform((flag) => flag === 1),
});

const rowSchema = outboxItemSchema.extend({
  work: storedJson(outboxItemSchema.shape.work),
  lastError: storedJson(outboxItemSchema.shape.lastError).nullable(),
});

const nothing = z.unknown().transform(() => null);
/** What is settled needs nothing of what the queue noted of it: spoiled notes keep no request from being opened. */
const settledSchema = rowSchema.extend({
  state: z.literal('accepted'),
  attempts: rowSchema.shape.attempts.catch(1),
  absentLookups: rowSchema.shape.absentLookups.catch(0),
  nextTryAt: nothing,
  lastError: nothing,
});
const itemSchema = z.union([rowSchema, settledSchema]);
/** The kind stands beside the work as well, for the table's own questions: where the two differ, nothing of the row is believed. */
const kindSchema = z.object({ kind: z.string() });

const namedSchema = z.object({ id: z.string() });

/** Under which key an item goes, and how far that has come. */
function keptTransfers(db: Db): Pick<OutboxRepository, 'resumeUrl' | 'keepResumeUrl' | 'renewKey'> {
  const resume = db.prepare('select resume from outbox where id = ?').pluck();
  const keepResume = db.prepare('update outbox set resume = ? where id = ?');
  const renewKey = db.prepare('update outbox set idempotency_key = ?, resume = null where id = ?');
  return {
    resumeUrl: (id) => {
      const url = resume.get(id);
      return typeof url === 'string' ? url : null;
    },
    keepResumeUrl: (id, url) => {
      keepResume.run(url, id);
    },
    renewKey: (id, key) => {
      renewKey.run(key, id);
    },
  };
}

/** Which items may move, by the table alone. `spoiled`: rows that could not be read, for which nothing waits. */
function dueItems(
  db: Db,
  spoiled: ReadonlySet<string>,
): Pick<OutboxRepository, 'nextDue' | 'creationsBehind'> {
  // What goes with a request waits while its creation is under way: a number that news told meanwhile may be another's.
  // One state at a time: then the index gives them oldest first, and a long queue is not sorted anew for each step.
  const movable =
    db.prepare(`select o.id, o.sequence, o.kind = 'create-ticket' as isCreation from outbox o join tickets t on t.id = o.ticket_id
    where o.state = :state and ${ticketRecipient} = :recipient and (o.kind = 'upload-attachment') = :files and (o.kind = 'create-ticket' or t.number is not null)
      and not exists (select 1 from outbox c where o.kind <> 'create-ticket' and c.kind = 'create-ticket' and c.ticket_id = o.ticket_id
        and (c.state in ('queued', 'sending', 'unknown') or (c.state = 'to-verify' and t.heard_of in ${unprovenCodes})) and c.id not in (select value from json_each(:spoiled)))
      and not exists (select 1 from outbox m where o.kind = 'upload-attachment' and m.kind = 'send-message' and m.ticket_id = o.ticket_id and m.state <> 'accepted'
        and json_valid(m.work) and json_valid(o.work) and json_extract(m.work, '$.messageId') = json_extract(o.work, '$.messageId'))
      and not exists (select 1 from outbox e where o.kind = 'send-message' and e.kind = 'send-message' and e.ticket_id = o.ticket_id and e.state in ${underWay}
        and e.sequence < o.sequence and e.id not in (select value from json_each(:spoiled)))
      and not exists (select 1 from outbox e where o.kind = 'close-ticket' and e.kind <> 'close-ticket' and e.ticket_id = o.ticket_id and e.state in ${underWay} and e.id not in (select value from json_each(:spoiled)))
    order by o.sequence`);
  const behind = db.prepare(
    "select id, sequence, attempts from outbox where state = 'queued' and sequence > ? and kind = 'create-ticket' order by sequence",
  );
  return {
    nextDue: (recipient, lane, isDue) => {
      const first = (state: OutboxState): z.infer<typeof placeSchema> | null => {
        for (const row of movable.iterate({
          state,
          recipient,
          files: lane === 'files' ? 1 : 0,
          spoiled: JSON.stringify([...spoiled]),
        })) {
          // A row that was spoiled harms only itself: the others go, and it is told where it is read whole.
          const place = placeSchema.safeParse(row).data;
          if (place !== undefined && isDue(place.id, state, place)) return place;
        }
        return null;
      };
      const [queued, unknown] = [first('queued'), first('unknown')];
      if (queued === null || unknown === null) return (queued ?? unknown)?.id ?? null;
      return queued.sequence < unknown.sequence ? queued.id : unknown.id;
    },
    creationsBehind: (sequence, most, isMeant) => {
      const found: QueuePlace[] = [];
      for (const row of behind.iterate(sequence)) {
        const place = queuePlaceSchema.safeParse(row).data;
        if (place !== undefined && isMeant(place.id)) found.push(place);
        if (found.length >= most) break;
      }
      return found;
    },
  };
}

/** What is to be sent, in its order, over one database. */
export function outboxRepository(db: Db): OutboxRepository {
  /** Rows that could not be read when somebody last tried: they never leave, so nothing waits for them. */
  const spoiled = new Set<string>();
  const parse = (row: unknown): OutboxItem => {
    const id = namedSchema.safeParse(row).data?.id ?? '';
    spoiled.add(id);
    const item = readRow(() => {
      const read = itemSchema.parse(row);
      if (kindSchema.parse(row).kind !== read.work.kind) throw new AppFault('store.unreadable');
      return read;
    });
    spoiled.delete(id);
    return item;
  };
  const insert =
    db.prepare(`insert into outbox (id, ticket_id, kind, work, idempotency_key, state, attempts, absent_lookups, next_try_at, last_error, created_at, updated_at)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const one = db.prepare(`select ${columns} where id = ?`);
  const byKey = db.prepare(`select ${columns} where idempotency_key = ?`);
  const ofTicket = db.prepare(`select ${columns} where ticket_id = ? order by sequence`);
  const open = db.prepare(`select ${columns} where state in ${openStates} order by sequence`);
  const shown = db.prepare(
    `select ${columns} where state in ${shownStates} and ${isShownWork} and exists (select 1 from tickets t where t.id = ticket_id and ${ticketRecipient} = ?) order by sequence limit 500`,
  );
  const ofOthers = `from outbox where state in ${shownStates} and ${isShownWork} and exists (select 1 from tickets t where t.id = ticket_id and t.realm in (${customerSql}) and ${ticketRecipient} <> ?)`;
  const elsewhere = db.prepare(
    `select ${columns.replace(' from outbox', '')} ${ofOthers} order by sequence limit 500`,
  );
  const countElsewhere = db.prepare(`select count(distinct ticket_id) ${ofOthers}`).pluck();
  const waiting = db
    .prepare(
      `select count(*) from outbox o join tickets t on t.id = o.ticket_id where o.state in ${openStates} and ${ticketRecipient} = ?`,
    )
    .pluck();
  const inState = db.prepare(`select ${columns} where state = ? order by sequence`);
  const update = db.prepare(
    'update outbox set state = ?, attempts = ?, absent_lookups = ?, next_try_at = ?, last_error = ?, updated_at = ? where id = ?',
  );
  const remove = db.prepare('delete from outbox where id = ?');
  const errorText = (item: { lastError: OutboxItem['lastError'] }): string | null =>
    item.lastError === null ? null : JSON.stringify(item.lastError);
  return {
    add: (item) => {
      insert.run(
        item.id,
        item.ticketId,
        item.work.kind,
        JSON.stringify(item.work),
        item.idempotencyKey,
        item.state,
        item.attempts,
        item.absentLookups,
        item.nextTryAt,
        errorText(item),
        item.createdAt,
        item.updatedAt,
      );
    },
    find: (id) => {
      const row = one.get(id);
      return row === undefined ? null : parse(row);
    },
    findByKey: (key) => {
      const row = byKey.get(key);
      return row === undefined ? null : parse(row);
    },
    ofTicket: (ticketId) => ofTicket.all(ticketId).map(parse),
    readableOfTicket: (ticketId) => readable(ofTicket.all(ticketId), parse),
    open: () => readable(open.all(), parse),
    shown: (recipient) => readable(shown.all(recipient), parse),
    elsewhere: (recipient) => readable(elsewhere.all(recipient), parse),
    countElsewhere: (recipient) => Number(countElsewhere.get(recipient)),
    countWaiting: (recipient) => Number(waiting.get(recipient)),
    ...dueItems(db, spoiled),
    inState: (state) => readable(inState.all(state), parse),
    update: (item) => {
      update.run(
        item.state,
        item.attempts,
        item.absentLookups,
        item.nextTryAt,
        errorText(item),
        item.updatedAt,
        item.id,
      );
    },
    ...keptTransfers(db),
    remove: (id) => {
      remove.run(id);
    },
  };
}
