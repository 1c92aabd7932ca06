import { randomUUID } from 'node:crypto';
import { lstat, realpath } from 'node:fs/promises';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { WatchedFolder } from '../../shared/domain/evidence.ts';
import { type WatchedFolderId, watchedFolderIdSchema } from '../../shared/domain/ids.ts';
import type { StoredFolder, WatchedFolderRepository } from '../store/watched-folder-repository.ts';

/** Where guesses come from; asked anew each time, because a tool may be installed while we run. */
export type FolderGuesses = {
  readonly guessed: () => Promise<readonly string[]>;
  readonly installed: () => Promise<readonly string[]>;
};

export type WatchedFolders = {
  /** All folders, guesses included, each with whether it is there now. */
  readonly all: () => Promise<readonly WatchedFolder[]>;
  /** Takes a folder the person chose. @throws AppFault evidence.folderUnreadable */
  readonly add: (path: string) => Promise<WatchedFolder>;
  /** @throws AppFault notFound */
  readonly enable: (id: WatchedFolderId, enabled: boolean) => void;
  readonly remove: (id: WatchedFolderId) => void;
  /** What to search: enabled, there, resolved once so that nothing below it is reached through a link (THREAT-4). */
  readonly roots: () => Promise<readonly string[]>;
};

/** Long enough for a sleeping disk; a dead network drive must not hold the list (COMPLAINT-1). */
const existsWithinMs = 1_500;

const newId = (): WatchedFolderId => watchedFolderIdSchema.parse(randomUUID());

async function isFolder(path: string): Promise<boolean> {
  const looked = lstat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, existsWithinMs, false).unref());
  return Promise.race([looked, late]);
}

/** Those of the paths that are folders now, resolved; what does not answer in time is none. */
export async function realFolders(paths: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(
    paths.map(async (path) => ((await isFolder(path)) ? realpath(path).catch(() => null) : null)),
  );
  return real.filter((path) => path !== null);
}

export function watchedFolders(rows: WatchedFolderRepository, guesses: FolderGuesses): WatchedFolders {
  const propose = async (): Promise<void> => {
    const [guessed, installed] = await Promise.all([guesses.guessed(), guesses.installed()]);
    for (const path of installed) rows.propose(newId(), path, 'installed-program');
    for (const path of guessed) rows.propose(newId(), path, 'guess');
  };
  const shown = async (row: StoredFolder): Promise<WatchedFolder> => ({
    id: row.id,
    displayPath: row.path.slice(0, 1_024),
    origin: row.origin === 'removed' ? 'guess' : row.origin,
    enabled: row.enabled,
    exists: await isFolder(row.path),
  });
  return {
    all: async () => {
      await propose();
      return Promise.all(rows.all().map(shown));
    },
    add: async (path) => {
      const real = await realpath(path).catch(() => null);
      if (real === null || !(await isFolder(real))) throw new AppFault('evidence.folderUnreadable');
      return shown(rows.add(newId(), real));
    },
    enable: (id, enabled) => {
      if (!rows.enable(id, enabled)) throw new AppFault('notFound');
    },
    remove: rows.remove,
    roots: async () => {
      await propose();
      return realFolders(rows.all().flatMap((row) => (row.enabled ? [row.path] : [])));
    },
  };
}
