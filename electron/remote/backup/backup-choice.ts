import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppFault } from '../../../shared/domain/app-error.ts';
import type { BackupFolder } from '../../../shared/ipc/remote-views.ts';
import { isSamePlace, isWithin } from '../../platform/same-place.ts';
import { inProgress } from './backup-disk.ts';
import { receiptFile } from './copy-manifest.ts';
import type { Drives } from './drives.ts';
import type { ChosenFolder } from './walk-folders.ts';

export type BackupChoiceParts = {
  readonly drives: Drives;
  /** Folders worth a backup: tool data and ECU reads, and this program's own data. */
  readonly suggested: () => Promise<readonly { readonly path: string; readonly origin: 'tool' | 'app' }[]>;
};

/** What is copied, and where to. */
export type BackupChoice = {
  /** All folders that may be chosen; the suggested ones are looked for once. */
  readonly folders: () => Promise<BackupFolder[]>;
  readonly destination: () => string | null;
  /** Null where nothing is chosen yet. */
  readonly isSameDrive: () => Promise<boolean | null>;
  readonly freeBytes: () => Promise<number | null>;
  /** @throws AppFault remote.noFolders, remote.badDestination */
  readonly ready: () => Promise<ReadyChoice>;
  readonly add: (path: string) => Promise<void>;
  readonly choose: (id: string, chosen: boolean) => void;
  /** @throws AppFault remote.badDestination where it is no folder, or lies within a chosen one */
  readonly copyTo: (path: string) => Promise<void>;
};

export type ReadyChoice = { readonly from: readonly ChosenFolder[]; readonly to: string };

type Folder = BackupFolder & { readonly path: string };

/** Names of the copies below the destination: the folder's own, made different where two are called the same. */
function named(folders: readonly Folder[]): readonly ChosenFolder[] {
  const taken = new Set<string>([inProgress, receiptFile]);
  return folders.map(({ path }) => {
    const base = basename(path) === '' ? 'disk' : basename(path);
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base} (${count})`;
    taken.add(name.toLowerCase());
    return { path, name };
  });
}

/** What the person chose to copy, beginning with what is worth it. Kept while the program runs. */
export function backupChoice({ drives, suggested }: BackupChoiceParts): BackupChoice {
  let folders: readonly Folder[] | null = null;
  let destination: string | null = null;
  const all = async (): Promise<readonly Folder[]> => {
    if (folders === null) {
      const found = await suggested();
      folders ??= found.map(({ path, origin }) => ({
        id: randomUUID(),
        path,
        displayPath: path,
        origin,
        chosen: true,
      }));
    }
    return folders;
  };
  const chosen = async (): Promise<readonly Folder[]> => (await all()).filter((folder) => folder.chosen);
  return {
    folders: async () => (await all()).map(({ path: _path, ...folder }) => folder),
    destination: () => destination,
    isSameDrive: async () => {
      const from = await chosen();
      if (destination === null || from.length === 0) return null;
      const target = await drives.driveOf(destination).catch(() => null);
      const sources = await Promise.all(from.map((folder) => drives.driveOf(folder.path).catch(() => null)));
      return sources.includes(target);
    },
    freeBytes: async () => (destination === null ? null : drives.freeBytes(destination).catch(() => null)),
    ready: async () => {
      const from = await chosen();
      if (from.length === 0) throw new AppFault('remote.noFolders');
      if (destination === null) throw new AppFault('remote.badDestination');
      return { from: named(from), to: destination };
    },
    add: async (path) => {
      const known = await all();
      const other = known.find((folder) => isSamePlace(resolve(folder.path), resolve(path)));
      folders =
        other === undefined
          ? [...known, { id: randomUUID(), path, displayPath: path, origin: 'added', chosen: true }]
          : known.map((folder) => (folder === other ? { ...folder, chosen: true } : folder));
    },
    choose: (id, isChosen) => {
      folders = (folders ?? []).map((folder) =>
        folder.id === id ? { ...folder, chosen: isChosen } : folder,
      );
    },
    copyTo: async (path) => {
      const inside = (await all()).some(
        (folder) => folder.chosen && isWithin(resolve(path), resolve(folder.path)),
      );
      const isFolder = await stat(path).then(
        (stats) => stats.isDirectory(),
        () => false,
      );
      if (inside || !isFolder) throw new AppFault('remote.badDestination');
      destination = path;
    },
  };
}
