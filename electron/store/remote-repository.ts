import { z } from 'zod';
import { type BackupProof, backupProofSchema } from '../../shared/domain/backup.ts';
import { instantSchema, type TicketId, ticketIdSchema } from '../../shared/domain/ids.ts';
import { type RemoteSession, remoteSessionSchema } from '../../shared/domain/remote-session.ts';
import {
  seenEntrySchema,
  type SignedRecord,
  signedRecordSchema,
} from '../../shared/domain/session-record.ts';
import type { Db } from './open-store.ts';
import { signingAccount } from './signing-account.ts';
import { readable, readRow, storedJson } from './stored-row.ts';

/** What is noted while a session is held; never a code, a title of a window or a path. */
export const sessionFactsSchema = z.object({
  practice: z.boolean(),
  toolVersion: z.string().max(40),
  toolSigner: z.string().max(300),
  consentId: z.uuid().nullable(),
  launchedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  seen: z.array(seenEntrySchema).max(2_000),
  /** Programs installed before the launch, by name, to be compared afterwards; null when the system did not say. */
  installedBefore: z.array(z.string().max(300)).max(2_000).nullable(),
  receiptId: z.uuid().nullable(),
});
export type SessionFacts = z.infer<typeof sessionFactsSchema>;

export type StoredSession = {
  readonly id: string;
  readonly ticketId: TicketId;
  readonly state: RemoteSession;
  readonly facts: SessionFacts;
  readonly startedAt: string;
};

/** Sessions, proofs of backups, and signed records. Records are added and never changed. */
export type RemoteRepository = {
  /** Where in the keychain the key lies that signs for this store. */
  readonly signingAccount: () => string;
  readonly insertSession: (session: StoredSession) => void;
  readonly saveSession: (id: string, state: RemoteSession, facts: SessionFacts, at: string) => void;
  /** Sessions begun last that can be read, newest first. */
  readonly newest: (limit: number) => readonly StoredSession[];
  readonly ofTicket: (ticketId: TicketId) => readonly StoredSession[];
  /** Every session that is over and can be read, newest first. */
  readonly ended: () => readonly StoredSession[];
  /** @throws AppFault store.unreadable, and so do one proof and one record */
  readonly find: (id: string) => StoredSession | null;
  readonly addProof: (proof: BackupProof, at: string) => void;
  readonly findProof: (id: string) => BackupProof | null;
  readonly addRecord: (
    id: string,
    sessionId: string,
    kind: 'consent' | 'receipt',
    record: SignedRecord,
    at: string,
  ) => void;
  readonly findRecord: (id: string) => SignedRecord | null;
  /** Those that can be read; the audit names one that is left out, and whoever verifies it says so. */
  readonly records: () => readonly SignedRecord[];
};

const rowSchema = z.object({
  id: z.uuid(),
  ticketId: ticketIdSchema,
  state: storedJson(remoteSessionSchema),
  facts: storedJson(sessionFactsSchema),
  startedAt: instantSchema,
});
const storedProofSchema = storedJson(backupProofSchema);
const columns = 'id, ticket_id as ticketId, state, facts, started_at as startedAt from remote_sessions';
const recordColumns = 'record, signature, public_key as publicKey from signed_records';

function parse(row: unknown): StoredSession {
  return readRow(() => rowSchema.parse(row));
}

export function remoteRepository(db: Db): RemoteRepository {
  const insert = db.prepare(
    'insert into remote_sessions (id, ticket_id, state, facts, started_at, updated_at) values (?, ?, ?, ?, ?, ?)',
  );
  const save = db.prepare('update remote_sessions set state = ?, facts = ?, updated_at = ? where id = ?');
  const newest = db.prepare(`select ${columns} order by sequence desc limit ?`);
  const ofTicket = db.prepare(`select ${columns} where ticket_id = ? order by sequence desc limit 20`);
  const ended = db.prepare(
    `select ${columns} where case when json_valid(state) then json_extract(state, '$.phase') = 'ended' end order by sequence desc`,
  );
  const one = db.prepare(`select ${columns} where id = ?`);
  const addProof = db.prepare('insert into backup_proofs (id, proof, at) values (?, ?, ?)');
  const proof = db.prepare('select proof from backup_proofs where id = ?').pluck();
  const addRecord = db.prepare(
    'insert into signed_records (id, session_id, kind, record, signature, public_key, at) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const record = db.prepare(`select ${recordColumns} where id = ?`);
  const records = db.prepare(`select ${recordColumns} order by sequence`);
  return {
    signingAccount: () => signingAccount(db),
    insertSession: ({ id, ticketId, state, facts, startedAt }) => {
      insert.run(id, ticketId, JSON.stringify(state), JSON.stringify(facts), startedAt, startedAt);
    },
    saveSession: (id, state, facts, at) => {
      save.run(JSON.stringify(state), JSON.stringify(facts), at, id);
    },
    newest: (limit) => readable(newest.all(limit), parse),
    ofTicket: (ticketId) => readable(ofTicket.all(ticketId), parse),
    ended: () => readable(ended.all(), parse),
    find: (id) => {
      const row = one.get(id);
      return row === undefined ? null : parse(row);
    },
    addProof: (kept, at) => {
      addProof.run(kept.id, JSON.stringify(kept), at);
    },
    findProof: (id) => {
      const text = proof.get(id);
      return text === undefined ? null : readRow(() => storedProofSchema.parse(text));
    },
    addRecord: (id, sessionId, kind, signed, at) => {
      addRecord.run(id, sessionId, kind, signed.record, signed.signature, signed.publicKey, at);
    },
    findRecord: (id) => readRow(() => signedRecordSchema.nullable().parse(record.get(id) ?? null)),
    records: () => readable(records.all(), (row) => signedRecordSchema.parse(row)),
  };
}
