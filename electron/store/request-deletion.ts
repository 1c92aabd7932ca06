import { z } from 'zod';
import { type EvidenceId, type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import { idsIn } from './ids-in-text.ts';
import type { Db } from './open-store.ts';
import { storedJson } from './stored-row.ts';

/** A request or draft that holds something of a customer, a car or a ticket; `removed`: a draft that a person removed and may still bring back. */
export type HeldRequest = { readonly id: TicketId; readonly kind: 'request' | 'draft' | 'removed' };

export type RequestDeletion = {
  /** Every request whose number, plate, chassis number or customer is exactly this, whatever its capitals and gaps; a chassis number also where a text tells it. */
  readonly holding: (words: string) => readonly HeldRequest[];
  /** Whether something of a request that was finished has not left yet: it would go, or come back, after its data. */
  readonly isQueued: (id: TicketId) => boolean;
  /** Files that these requests name in any place. */
  readonly filesOf: (ids: readonly TicketId[]) => readonly EvidenceId[];
  /** The words by which somebody would know whose they are: plates, customers, chassis numbers, numbers. */
  readonly namesOf: (ids: readonly TicketId[]) => readonly string[];
  /** How many remote sessions were held for them. */
  readonly sessionsOf: (ids: readonly TicketId[]) => number;
  /** Takes out all rows of a request, what news of it were set aside and its words in the search index. Call inside a transaction. */
  readonly remove: (id: TicketId, number: string | null) => void;
  /** From now on the file has no name, and its bytes may go. Call inside a transaction. */
  readonly unname: (id: EvidenceId, at: string) => void;
  /** Forgets rows of files without a name whose bytes are gone. */
  readonly forgetUnnamed: (isGone: (sha256: string) => boolean) => void;
  /** Does the work so that what it deletes is written over in the file as well, and folds it in. */
  readonly overwriting: <T>(work: () => T) => T;
};

/** What stands in place of a name that was deleted. */
const unnamed = '-';
/** Shorter numbers stand in other texts by chance. */
const tellingNumber = 4;

const removedSchema = z.array(z.object({ id: z.string(), rows: z.string(), own: z.string() }));
const textsSchema = z.array(z.object({ id: z.string(), words: z.string() }));
const ownSchema = z.array(z.object({ id: z.string(), plate: z.string(), customer: z.string() }));

const folded = (text: string): string => text.trim().toLocaleLowerCase();
const ungapped = (text: string): string => folded(text).replaceAll(/[\s-]/gu, '');
const sayable = z.string().catch('');
const ownOfRemoved = storedJson(z.array(z.object({ plate: sayable, customer: sayable })));
const rowsOfRemoved = storedJson(
  z.object({ tickets: z.array(z.object({ content: z.string().nullable() })) }),
);
const chassisOfContent = storedJson(
  z.object({ fields: z.object({ vehicleVin: z.object({ text: z.string() }) }) }),
);
const isNamed = (own: Omit<z.infer<typeof ownSchema>[number], 'id'>, plain: string, plate: string): boolean =>
  (own.plate !== '' && ungapped(own.plate) === plate) ||
  (own.customer !== '' && folded(own.customer) === plain);
const isChassis = (text: string): boolean => /^[a-hj-npr-z0-9]{17}$/u.test(text);

const named = `select id, coalesce(number, '') as words from tickets where number is not null`;
const chassis = `select id, cast(coalesce(json_extract(content, '$.fields.vehicleVin.text'), '') as text) as words from tickets where json_valid(content)`;
const telling = `select id, coalesce(content, '') || ' ' || coalesce(text, '') as words from tickets where instr(lower(coalesce(content, '') || ' ' || coalesce(text, '')), :vin) > 0
  union all select ticket_id, text from messages where instr(lower(text), :vin) > 0
  union all select ticket_id, text from reply_drafts where instr(lower(text), :vin) > 0`;
const places = `select content as words from tickets where id = :id and content is not null
  union all select content from draft_versions where ticket_id = :id
  union all select attachments from messages where ticket_id = :id
  union all select evidence_ids from reply_drafts where ticket_id = :id
  union all select work from outbox where ticket_id = :id
  union all select rows from removed_drafts where id in (:id, 'gone ' || :id)`;
const names = `select plate as words from own_words where ticket_id = :id union all select customer from own_words where ticket_id = :id
  union all select number from tickets where id = :id
  union all select json_extract(content, '$.fields.vehicleVin.text') from tickets where id = :id and json_valid(content)
  union all select json_extract(o.value, '$.plate') from removed_drafts r, json_each(r.own) o where r.id = :id and json_valid(r.own)
  union all select json_extract(o.value, '$.customer') from removed_drafts r, json_each(r.own) o where r.id = :id and json_valid(r.own)`;
/** A draft may carry a creation that is set aside for a look-up: nothing of it goes by itself. */
const queued = `select 1 from outbox o join tickets t on t.id = o.ticket_id where o.ticket_id = ?
  and o.state not in ('accepted', 'rejected') and not (t.stage = 'draft' and o.state = 'set-aside') limit 1`;

/** Whether a draft that was removed is of this plate, customer or chassis number; every other word in it is of its form. */
function isOfRemoved(
  { rows, own }: z.infer<typeof removedSchema>[number],
  plain: string,
  plate: string,
): boolean {
  if ((ownOfRemoved.safeParse(own).data ?? []).some((words) => isNamed(words, plain, plate))) return true;
  if (isChassis(plate) && rows.toLowerCase().includes(plate)) return true;
  const contents = (rowsOfRemoved.safeParse(rows).data?.tickets ?? []).map(
    ({ content }) => chassisOfContent.safeParse(content).data?.fields.vehicleVin.text ?? '',
  );
  return contents.some((text) => text !== '' && ungapped(text) === plate);
}

/** @param onLeft told why what was deleted could not be written over at once */
export function requestDeletion(db: Db, onLeft: (error: unknown) => void): RequestDeletion {
  const stageOf = db.prepare('select stage from tickets where id = ?').pluck();
  const ownWords = db.prepare('select ticket_id as id, plate, customer from own_words');
  const removedDrafts = db.prepare('select id, rows, own from removed_drafts');
  const isQueued = db.prepare(queued);
  const inPlaces = db.prepare(places).pluck();
  const tellingNames = db.prepare(names).pluck();
  const sessions = db.prepare('select count(*) from remote_sessions where ticket_id = ?').pluck();
  const removals = [
    'delete from tickets where id = :id',
    "delete from removed_drafts where id in (:id, 'gone ' || :id)",
    'update tickets set begun_from = null where begun_from = :id',
    "delete from set_aside where length(:number) >= :telling and instr(entry, '\"' || :number || '\"') > 0",
  ].map((sql) => db.prepare(sql));
  const unname = db.prepare(
    'update evidence set name = ?, removed_at = coalesce(removed_at, ?) where id = ?',
  );
  const forgotten = db.prepare(
    'select id, sha256 as words from evidence where name = ? and removed_at is not null',
  );
  const forget = db.prepare('delete from evidence where id = ?');
  const texts = (sql: string, values: object = {}): z.infer<typeof textsSchema> =>
    textsSchema.parse(db.prepare(sql).all(values));

  const kindOf = (id: TicketId): HeldRequest => {
    const stage = stageOf.get(id);
    return { id, kind: stage === undefined ? 'removed' : stage === 'draft' ? 'draft' : 'request' };
  };
  return {
    holding: (words) => {
      const [plain, plate] = [folded(words), ungapped(words)];
      const found = [
        ...texts(named).filter((row) => folded(row.words) === plain),
        ...texts(chassis).filter((row) => row.words !== '' && ungapped(row.words) === plate),
        ...ownSchema.parse(ownWords.all()).filter((own) => isNamed(own, plain, plate)),
        ...(isChassis(plate) ? texts(telling, { vin: plate }) : []),
        ...removedSchema.parse(removedDrafts.all()).filter((row) => isOfRemoved(row, plain, plate)),
      ];
      const ids = new Set(found.flatMap(({ id }) => ticketIdSchema.safeParse(id).data ?? []));
      return [...ids].map(kindOf);
    },
    isQueued: (id) => isQueued.get(id) !== undefined,
    filesOf: (ids) => {
      const words = ids.flatMap((id) => inPlaces.all({ id }).map(String));
      return [...new Set(words.flatMap(idsIn))];
    },
    namesOf: (ids) =>
      ids.flatMap((id) =>
        tellingNames.all({ id }).flatMap((text) => (typeof text === 'string' && text !== '' ? [text] : [])),
      ),
    sessionsOf: (ids) => ids.reduce((sum, id) => sum + Number(sessions.get(id)), 0),
    remove: (id, number) => {
      const values = { id, number: number ?? '', telling: tellingNumber };
      for (const step of removals) step.run(values);
    },
    unname: (id, at) => {
      unname.run(unnamed, at, id);
    },
    forgetUnnamed: (isGone) => {
      for (const { id, words } of textsSchema.parse(forgotten.all(unnamed)))
        if (isGone(words)) forget.run(id);
    },
    overwriting: (work) => {
      db.pragma('secure_delete = ON');
      try {
        const value = work();
        try {
          // A word that was taken out of the index stays in the file until its parts are merged, and what an edit or a removal left long
          // ago until the free places go.
          db.exec("insert into request_words (request_words) values ('optimize')");
          db.exec('vacuum');
          db.pragma('wal_checkpoint(TRUNCATE)');
        } catch (error) {
          // The rows are gone; on a full disk what lay under them is written over by and by.
          onLeft(error);
        }
        return value;
      } finally {
        db.pragma('secure_delete = OFF');
      }
    },
  };
}
