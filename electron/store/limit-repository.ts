import { type LearntLimit, learntLimitSchema } from '../../shared/domain/learnt-limit.ts';
import type { Db } from './open-store.ts';
import { readable } from './stored-row.ts';

export type LimitRepository = {
  /** What was learnt of a portal; a row that cannot be read is none, for the portal says it again. */
  readonly of: (portal: string) => readonly LearntLimit[];
  /** Keeps a limit, unless a lower one of its kind is known already; a row that cannot be read is no such one. */
  readonly learn: (portal: string, limit: LearntLimit) => void;
  readonly forget: (portal: string) => void;
};

/** Limits of portals, learnt from what they refused, apart for each address. */
export function limitRepository(db: Db): LimitRepository {
  const read = db.prepare('select kind, bytes, at from learnt_limits where portal = ? order by kind');
  const write = db.prepare(
    `insert into learnt_limits (portal, kind, bytes, at) values (?, ?, ?, ?)
     on conflict (portal, kind) do update set bytes = excluded.bytes, at = excluded.at`,
  );
  const remove = db.prepare('delete from learnt_limits where portal = ?');
  const of = (portal: string): readonly LearntLimit[] =>
    readable(read.all(portal), (row) => learntLimitSchema.parse(row));
  return {
    of,
    learn: (portal, { kind, bytes, at }) => {
      if (of(portal).some((known) => known.kind === kind && known.bytes <= bytes)) return;
      write.run(portal, kind, bytes, at);
    },
    forget: (portal) => {
      remove.run(portal);
    },
  };
}
