import { z } from 'zod';
import { type Evidence, evidenceSchema } from '../../shared/domain/evidence.ts';
import { type EvidenceId, evidenceIdSchema, type Sha256, sha256Schema } from '../../shared/domain/ids.ts';
import type { KeptFile } from '../../shared/rules/retention.ts';
import type { Db } from './open-store.ts';
import { readable, readRow, readRowOrNull } from './stored-row.ts';

/** Rows of frozen files. Each take has its own row and name, though identical bytes lie on disk once. */
export type EvidenceRepository = {
  /** Newest first, at most `limit`; those that cannot be read are left out. */
  readonly newest: (limit: number) => readonly Evidence[];
  /** @throws AppFault store.unreadable */
  readonly find: (id: EvidenceId) => Evidence | null;
  /** In the order asked for; unknown ids are left out. @throws AppFault store.unreadable: no file may be missing unseen from what is sent */
  readonly byIds: (ids: readonly EvidenceId[]) => readonly Evidence[];
  /** As `byIds`, for what only shows them: those that cannot be read are left out, and told by whoever counts the rows. */
  readonly shown: (ids: readonly EvidenceId[]) => readonly Evidence[];
  readonly insert: (evidence: Evidence) => void;
  /** Files that a draft or a request names. */
  readonly onRequests: () => ReadonlySet<string>;
  /** Whether a file with these bytes is kept under some name. */
  readonly isKept: (sha256: Sha256) => boolean;
  readonly hasHash: (sha256: Sha256) => boolean;
  /** Files whose bytes were not removed. */
  readonly kept: () => readonly KeptFile[];
  /** From now on its bytes may be gone (R-PRIVACY-1). */
  readonly markRemoved: (id: EvidenceId, at: string) => void;
  /** Bytes that nobody keeps any more. */
  readonly removedHashes: () => readonly Sha256[];
};

const columns =
  'id, name, sha256, size_bytes as sizeBytes, kind, origin, tail_only as tailOnly, file_modified_at as fileModifiedAt, frozen_at as frozenAt, removed_at as removedAt';
const keptSchema = z.object({ id: evidenceIdSchema, sha256: sha256Schema });
const parse = (row: unknown): Evidence => {
  const stored = row as { readonly tailOnly: number };
  return readRow(() => evidenceSchema.parse({ ...stored, tailOnly: stored.tailOnly === 1 }));
};

export function evidenceRepository(db: Db): EvidenceRepository {
  const newest = db.prepare(`select ${columns} from evidence order by frozen_at desc, rowid desc limit ?`);
  const one = db.prepare(`select ${columns} from evidence where id = ?`);
  const named = db
    .prepare(
      "select distinct value from tickets, json_each(case when json_valid(content) then content else '{}' end, '$.evidenceIds') where typeof(value) = 'text'",
    )
    .pluck();
  const withHash = db.prepare('select 1 from evidence where sha256 = ? limit 1');
  const keptHash = db.prepare('select 1 from evidence where sha256 = ? and removed_at is null limit 1');
  const kept = db.prepare('select id, sha256 from evidence where removed_at is null');
  const markRemoved = db.prepare('update evidence set removed_at = ? where id = ? and removed_at is null');
  const removedHashes = db
    .prepare(
      'select distinct sha256 from evidence r where removed_at is not null and not exists (select 1 from evidence k where k.sha256 = r.sha256 and k.removed_at is null)',
    )
    .pluck();
  const insert = db.prepare(
    'insert into evidence (id, name, sha256, size_bytes, kind, origin, tail_only, file_modified_at, frozen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const find = (id: EvidenceId): Evidence | null => {
    const row = one.get(id);
    return row === undefined ? null : parse(row);
  };
  return {
    newest: (limit) => readable(newest.all(limit), parse),
    find,
    byIds: (ids) => ids.map(find).filter((evidence) => evidence !== null),
    shown: (ids) => ids.flatMap((id) => readRowOrNull(() => find(id)) ?? []),
    insert: (evidence) => {
      insert.run(
        evidence.id,
        evidence.name,
        evidence.sha256,
        evidence.sizeBytes,
        evidence.kind,
        evidence.origin,
        evidence.tailOnly ? 1 : 0,
        evidence.fileModifiedAt,
        evidence.frozenAt,
      );
    },
    onRequests: () => new Set(z.array(z.string()).parse(named.all())),
    kept: () => readable(kept.all(), (row) => keptSchema.parse(row)),
    markRemoved: (id, at) => {
      markRemoved.run(at, id);
    },
    removedHashes: () => readable(removedHashes.all(), (hash) => sha256Schema.parse(hash)),
    isKept: (sha256) => keptHash.get(sha256) !== undefined,
    hasHash: (sha256) => withHash.get(sha256) !== undefined,
  };
}
