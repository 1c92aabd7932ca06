import { type Evidence, evidenceSchema } from '../../shared/domain/evidence.ts';
import type { EvidenceId, Sha256 } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';

export type EvidenceRepository = {
  /** Adds the row of a frozen copy; called last, when the bytes already lie under their hash (K2). */
  readonly add: (evidence: Evidence) => void;
  readonly find: (id: EvidenceId) => Evidence | null;
  /** Those of `ids` that exist, in the order asked for. */
  readonly many: (ids: readonly EvidenceId[]) => readonly Evidence[];
  /** Newest first, at most `limit`. */
  readonly newest: (limit: number) => readonly Evidence[];
  /** Every hash some row stands for; anything else in the store is an orphan. */
  readonly hashes: () => ReadonlySet<Sha256>;
};

const columns = `id, name, sha256, size_bytes as sizeBytes, kind, origin, tail_only as tailOnly,
  file_modified_at as fileModifiedAt, frozen_at as frozenAt from evidence`;

function parse(row: unknown): Evidence {
  const raw = row as { readonly tailOnly: number };
  return evidenceSchema.parse({ ...raw, tailOnly: raw.tailOnly === 1 });
}

/** Rows are only ever added: a frozen copy does not change, and a ticket may stand on it. */
export function evidenceRepository(db: Db): EvidenceRepository {
  const insert = db.prepare(`insert into evidence (id, name, sha256, size_bytes, kind, origin, tail_only, file_modified_at, frozen_at)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const one = db.prepare(`select ${columns} where id = ?`);
  const newest = db.prepare(`select ${columns} order by frozen_at desc, rowid desc limit ?`);
  const hashes = db.prepare('select distinct sha256 from evidence').pluck();
  const find = (id: EvidenceId): Evidence | null => {
    const row = one.get(id);
    return row === undefined ? null : parse(row);
  };
  return {
    add: (item) => {
      insert.run(item.id, item.name, item.sha256, item.sizeBytes, item.kind, item.origin, item.tailOnly ? 1 : 0, item.fileModifiedAt, item.frozenAt);
    },
    find,
    many: (ids) => ids.map(find).filter((item) => item !== null),
    newest: (limit) => newest.all(limit).map(parse),
    hashes: () => new Set(hashes.all() as Sha256[]),
  };
}
