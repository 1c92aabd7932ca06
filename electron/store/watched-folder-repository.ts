import { z } from 'zod';
import { watchedFolderSchema } from '../../shared/domain/evidence.ts';
import { type WatchedFolderId, watchedFolderIdSchema } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';

const rowSchema = z.object({
  id: watchedFolderIdSchema,
  path: z.string().min(1),
  origin: watchedFolderSchema.shape.origin,
  enabled: z.number().transform((value) => value === 1),
});

/** A folder to search, with its real path; only its recognisable form ever reaches the window. */
export type WatchedFolderRow = z.output<typeof rowSchema>;

export type WatchedFolderRepository = {
  /** In the order they came. */
  readonly all: () => readonly WatchedFolderRow[];
  readonly find: (id: WatchedFolderId) => WatchedFolderRow | null;
  readonly findByPath: (path: string) => WatchedFolderRow | null;
  /** Adds the folder; one whose path is known already is left as it is, so that a choice outlives a new search for guesses. */
  readonly add: (row: WatchedFolderRow) => void;
  readonly enable: (id: WatchedFolderId, enabled: boolean) => void;
  readonly remove: (id: WatchedFolderId) => void;
};

export function watchedFolderRepository(db: Db): WatchedFolderRepository {
  const all = db.prepare('select id, path, origin, enabled from watched_folders order by rowid');
  const one = db.prepare('select id, path, origin, enabled from watched_folders where id = ?');
  const byPath = db.prepare('select id, path, origin, enabled from watched_folders where path = ?');
  const insert = db.prepare('insert into watched_folders (id, path, origin, enabled) values (?, ?, ?, ?) on conflict (path) do nothing');
  const enable = db.prepare('update watched_folders set enabled = ? where id = ?');
  const remove = db.prepare('delete from watched_folders where id = ?');
  return {
    all: () => all.all().map((row) => rowSchema.parse(row)),
    find: (id) => rowSchema.nullable().parse(one.get(id) ?? null),
    findByPath: (path) => rowSchema.nullable().parse(byPath.get(path) ?? null),
    add: (row) => {
      insert.run(row.id, row.path, row.origin, row.enabled ? 1 : 0);
    },
    enable: (id, enabled) => {
      enable.run(enabled ? 1 : 0, id);
    },
    remove: (id) => {
      remove.run(id);
    },
  };
}
