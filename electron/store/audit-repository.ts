import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { type AuditAction, type AuditEntry, auditEntrySchema } from '../../shared/domain/audit-entry.ts';
import { sha256Schema } from '../../shared/domain/ids.ts';
import { auditHash, genesisHash } from './audit-hash.ts';
import type { Db } from './open-store.ts';
import { readable, storedJson } from './stored-row.ts';

const headSchema = z.object({ sequence: z.number().int().nonnegative(), hash: sha256Schema });
const rowSchema = auditEntrySchema.extend({ detail: storedJson(auditEntrySchema.shape.detail) });
export type AuditHead = z.infer<typeof headSchema>;
/** The mark outside the store: how far the chain had come, and the entry with which the store last went back to a copy. */
const markSchema = headSchema.extend({ fork: headSchema.optional() });
export type AuditMark = z.infer<typeof markSchema>;

export type AuditRepository = {
  /** Adds an entry inside the caller's transaction; `head` must be published after the commit. */
  readonly append: (at: string, action: AuditAction, subject: string, detail?: AuditEntry['detail']) => void;
  readonly head: () => AuditHead;
  /** One that cannot be read is left out: its number is missing from the chain, and whoever verifies it says so. */
  readonly entries: (afterSequence: number, limit: number) => readonly AuditEntry[];
  /** Newest first, of these kinds only; null for every kind. `total` counts all that match; one that cannot be read is left out. */
  readonly page: (
    actions: readonly AuditAction[] | null,
    offset: number,
    limit: number,
  ) => { readonly entries: readonly AuditEntry[]; readonly total: number };
};

/** A number that somebody wrote in by hand and that no further one could follow is nobody's last. */
const lastEntry =
  'select sequence, hash from audit where sequence between 1 and 9007199254740000 order by sequence desc limit 1';

/** A hash that is none, because somebody edited it, is taken for the first: what is wrong with the entry shows when the chain is verified. */
const lastSchema = headSchema.extend({ hash: sha256Schema.catch(genesisHash) });

/** The last entry of the chain in a database. @throws SQLite's own errors */
export function headOf(db: Db): AuditHead {
  return lastSchema.parse(db.prepare(lastEntry).get() ?? { sequence: 0, hash: genesisHash });
}

/** The hash of one entry in a database; null when there is no such entry. */
export function hashAt(db: Db, sequence: number): string | null {
  const hash = db.prepare('select hash from audit where sequence = ?').pluck().get(sequence);
  return typeof hash === 'string' ? hash : null;
}

export function auditRepository(db: Db): AuditRepository {
  const last = db.prepare(lastEntry);
  const insert = db.prepare(
    'insert into audit (sequence, at, action, subject, detail, previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const page = db.prepare(
    'select sequence, at, action, subject, detail, previous_hash as previousHash, hash from audit where sequence > ? order by sequence limit ?',
  );
  const columns =
    'sequence, at, action, subject, detail, previous_hash as previousHash, hash from audit where (:all = 1 or action in (select value from json_each(:actions)))';
  const newest = db.prepare(`select ${columns} order by sequence desc limit :limit offset :offset`);
  const count = db
    .prepare(
      'select count(*) from audit where (:all = 1 or action in (select value from json_each(:actions)))',
    )
    .pluck();
  const read = (rows: readonly unknown[]): AuditEntry[] => readable(rows, (row) => rowSchema.parse(row));
  const head = (): AuditHead => lastSchema.parse(last.get() ?? { sequence: 0, hash: genesisHash });
  return {
    head,
    append: (at, action, subject, detail = {}) => {
      const previous = head();
      const entry = {
        sequence: previous.sequence + 1,
        at,
        action,
        subject,
        detail,
        previousHash: previous.hash,
      };
      insert.run(
        entry.sequence,
        at,
        action,
        subject,
        JSON.stringify(detail),
        entry.previousHash,
        auditHash(entry),
      );
    },
    entries: (after, limit) => read(page.all(after, limit)),
    page: (actions, offset, limit) => {
      const wanted = { all: actions === null ? 1 : 0, actions: JSON.stringify(actions ?? []) };
      return { entries: read(newest.all({ ...wanted, offset, limit })), total: Number(count.get(wanted)) };
    },
  };
}

/**
 * The high-water mark outside the database (FINDING-3): a WAL that lost committed work still checks as sound, and only this file
 * knows how far the chain had come.
 */
export function publishHead(file: string, { sequence, hash, fork }: AuditMark): void {
  writeFileAtomic.sync(file, JSON.stringify({ sequence, hash, fork }));
}

/** How far the chain had come when the mark was last written; null when there is none that can be read. */
export function readMark(file: string): AuditMark | null {
  try {
    return storedJson(markSchema).safeParse(readFileSync(file, 'utf8')).data ?? null;
  } catch {
    return null;
  }
}

/** Entries that the store lost compared with the mark; 0 when nothing is missing or there is no mark yet. */
export function missingEntries(file: string, head: AuditHead): number {
  return Math.max(0, (readMark(file)?.sequence ?? 0) - head.sequence);
}

/** Where the chain is not the one the mark was written for although it is as long; null where they agree. */
export function rewrittenAt(mark: AuditHead | null, audit: Pick<AuditRepository, 'entries'>): number | null {
  if (mark === null || mark.sequence === 0) return null;
  const marked = audit.entries(mark.sequence - 1, 1)[0];
  return marked?.sequence === mark.sequence && marked.hash !== mark.hash ? mark.sequence : null;
}
