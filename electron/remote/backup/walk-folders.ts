import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { SkippedFile } from '../../../shared/domain/backup.ts';
import { isSamePlace } from '../../platform/same-place.ts';
import { asSkip, type BackupDisk, BackupStop, FileSkip } from './backup-disk.ts';

/** A chosen folder and the name its copy gets below the destination. */
export type ChosenFolder = { readonly path: string; readonly name: string };

/** `place` is below the chosen folder's own copy, with forward slashes: `ECU/golf6/original.ori`. */
export type FoundFile = { readonly path: string; readonly place: string; readonly parts: readonly string[] };
export type WalkedEntry = { readonly file: FoundFile } | { readonly skipped: SkippedFile };

type WalkedDisk = Pick<BackupDisk, 'list'> & { readonly source: Pick<BackupDisk['source'], 'lstat'> };
type Kind = Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

/** Windows lists every reparse point as a link, also the folders and files of a cloud drive, which lead nowhere else: asked once more. */
function kindOf(entry: Dirent, path: string, disk: WalkedDisk): Kind | FileSkip {
  if (!entry.isSymbolicLink()) return entry;
  try {
    return disk.source.lstat(path);
  } catch (error) {
    const known = asSkip(error);
    if (known instanceof FileSkip) return known;
    throw known;
  }
}

/**
 * Every plain file below the chosen folders, one at a time. Links and junctions are never followed and are told; a folder that
 * cannot be listed is told as one skipped place. Nothing is held but the folders still to be listed.
 * @param leaveOut the backup's own folder, which may lie below a chosen one
 * @throws BackupStop source-gone, when a chosen folder itself cannot be listed; whatever `checkpoint` throws
 */
export function* walkedEntries(
  folders: readonly ChosenFolder[],
  leaveOut: string,
  disk: WalkedDisk,
  checkpoint: () => void,
): Generator<WalkedEntry> {
  for (const { path: root, name } of folders) {
    const waiting: { readonly path: string; readonly parts: readonly string[] }[] = [
      { path: root, parts: [name] },
    ];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const { parts } = folder;
      try {
        for (const entry of disk.list(folder.path)) {
          checkpoint();
          const path = join(folder.path, entry.name);
          const below = [...parts, entry.name];
          const place = below.join('/');
          const kind = kindOf(entry, path, disk);
          if (isSamePlace(path, leaveOut)) yield { skipped: { place, reason: 'inside-destination' } };
          else if (kind instanceof FileSkip) yield { skipped: { place, reason: kind.reason } };
          else if (kind.isFile()) yield { file: { path, place, parts: below } };
          else if (kind.isDirectory()) waiting.push({ path, parts: below });
          else yield { skipped: { place, reason: kind.isSymbolicLink() ? 'link' : 'special' } };
        }
      } catch (error) {
        const known = asSkip(error);
        if (!(known instanceof FileSkip)) throw known;
        if (folder.path === root) throw new BackupStop('source-gone');
        yield { skipped: { place: parts.join('/'), reason: known.reason } };
      }
    }
  }
}
