import { type Evidence, evidenceSchema } from '../../shared/domain/evidence.ts';
import type { EvidenceId, Sha256 } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';

/** Rows of frozen files. Each take has its own row and name, though identical bytes lie on disk once. */
export type EvidenceRepository = {
  /** Newest first, at most `limit`. */
  readonly newest: (limit: number) => readonly Evidence[];
  readonly find: (id: EvidenceId) => Evidence | null;
  /** In the order asked for; unknown ids are left out. */
  readonly byIds: (ids: readonly EvidenceId[]) => readonly Evidence[];
  readonly insert: (evidence: Evidence) => void;
  readonly hasHash: (sha256: Sha256) => boolean;
};

const columns = 'id, name, sha256, size_bytes as sizeBytes, kind, origin, tail_only as tailOnly, file_modified_at as fileModifiedAt, frozen_at as frozenAt';
const parse = (row: unknown): Evidence => {
  const stored = row as { readonly tailOnly: number };
  return evidenceSchema.parse({ ...stored, tailOnly: stored.tailOnly === 1 });
};

export function evidenceRepository(db: Db): EvidenceRepository {
  const newest = db.prepare(`select ${columns} from evidence order by frozen_at desc, rowid desc limit ?`);
  const one = db.prepare(`select ${columns} from evidence where id = ?`);
  const withHash = db.prepare('select 1 from evidence where sha256 = ? limit 1');
  const insert = db.prepare('insert into evidence (id, name, sha256, size_bytes, kind, origin, tail_only, file_modified_at, frozen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const find = (id: EvidenceId): Evidence | null => {
    const row = one.get(id);
    return row === undefined ? null : parse(row);
  };
  return {
    newest: (limit) => newest.all(limit).map(parse),
    find,
    byIds: (ids) => ids.map(find).filter((evidence) => evidence !== null),
    insert: (evidence) => {
      insert.run(evidence.id, evidence.name, evidence.sha256, evidence.sizeBytes, evidence.kind, evidence.origin, evidence.tailOnly ? 1 : 0, evidence.fileModifiedAt, evidence.frozenAt);
    },
    hasHash: (sha256) => withHash.get(sha256) !== undefined,
  };
}
