import { z } from 'zod';
import { type WatchedFolderId, watchedFolderIdSchema } from '../../shared/domain/ids.ts';
import type { Db } from './open-store.ts';
import { readable, readRow } from './stored-row.ts';

/** `removed` rows stay, so that a guess the person threw out is not guessed again at the next start. */
const storedFolderSchema = z.object({
  id: watchedFolderIdSchema,
  path: z.string().min(1),
  origin: z.enum(['guess', 'installed-program', 'added', 'removed']),
  enabled: z
    .number()
    .int()
    .transform((value) => value === 1),
});
export type StoredFolder = z.infer<typeof storedFolderSchema>;

export type WatchedFolderRepository = {
  /** All but the removed ones and those that cannot be read, in the order they came. */
  readonly all: () => readonly StoredFolder[];
  /** Null when there is none. @throws AppFault store.unreadable */
  readonly find: (id: WatchedFolderId) => StoredFolder | null;
  /** Offers a folder we thought of; nothing changes when its path is known, even as a removed one. */
  readonly propose: (id: WatchedFolderId, path: string, origin: 'guess' | 'installed-program') => void;
  /** Takes a folder the person chose: known paths become theirs and are searched again. */
  readonly add: (id: WatchedFolderId, path: string) => StoredFolder;
  readonly enable: (id: WatchedFolderId, enabled: boolean) => boolean;
  readonly remove: (id: WatchedFolderId) => void;
};

export function watchedFolderRepository(db: Db): WatchedFolderRepository {
  const all = db.prepare(
    "select id, path, origin, enabled from watched_folders where origin <> 'removed' order by rowid",
  );
  const one = db.prepare('select id, path, origin, enabled from watched_folders where id = ?');
  const byPath = db.prepare('select id, path, origin, enabled from watched_folders where path = ?');
  const propose = db.prepare(
    'insert or ignore into watched_folders (id, path, origin, enabled) values (?, ?, ?, 1)',
  );
  const add = db.prepare(
    "insert into watched_folders (id, path, origin, enabled) values (?, ?, 'added', 1) on conflict (path) do update set origin = 'added', enabled = 1",
  );
  const enable = db.prepare("update watched_folders set enabled = ? where id = ? and origin <> 'removed'");
  const forget = db.prepare("delete from watched_folders where id = ? and origin = 'added'");
  const hide = db.prepare("update watched_folders set origin = 'removed', enabled = 0 where id = ?");
  return {
    all: () => readable(all.all(), (row) => storedFolderSchema.parse(row)),
    find: (id) => readRow(() => storedFolderSchema.nullable().parse(one.get(id) ?? null)),
    propose: (id, path, origin) => {
      propose.run(id, path, origin);
    },
    add: (id, path) => {
      add.run(id, path);
      return storedFolderSchema.parse(byPath.get(path));
    },
    enable: (id, enabled) => enable.run(enabled ? 1 : 0, id).changes === 1,
    remove: (id) => {
      if (forget.run(id).changes === 0) hide.run(id);
    },
  };
}
