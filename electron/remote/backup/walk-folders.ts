import { join } from 'node:path';
import type { SkippedFile } from '../../../shared/domain/backup.ts';
import { asSkip, type BackupDisk, BackupStop, FileSkip } from './backup-disk.ts';

/** A chosen folder and the name its copy gets below the destination. */
export type ChosenFolder = { readonly path: string; readonly name: string };

/** `place` is below the chosen folder's own copy, with forward slashes: `ECU/golf6/original.ori`. */
export type FoundFile = { readonly path: string; readonly place: string; readonly parts: readonly string[] };
export type Found = { readonly file: FoundFile } | { readonly skipped: SkippedFile };

/**
 * Every plain file below the chosen folders, one at a time. Links and junctions are never followed and are told; a folder that
 * cannot be listed is told as one skipped place. Nothing is held but the folders still to be listed.
 * @param leaveOut the backup's own folder, which may lie below a chosen one
 * @throws BackupStop source-gone, when a chosen folder itself cannot be listed
 */
export async function* walkFolders(folders: readonly ChosenFolder[], leaveOut: string, disk: Pick<BackupDisk, 'list'>, signal: AbortSignal): AsyncGenerator<Found> {
  for (const { path: root, name } of folders) {
    const waiting: { readonly path: string; readonly parts: readonly string[] }[] = [{ path: root, parts: [name] }];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const { parts } = folder;
      try {
        for await (const entry of await disk.list(folder.path)) {
          signal.throwIfAborted();
          const path = join(folder.path, entry.name);
          const below = [...parts, entry.name];
          const place = below.join('/');
          if (path === leaveOut) yield { skipped: { place, reason: 'inside-destination' } };
          else if (entry.isFile()) yield { file: { path, place, parts: below } };
          else if (entry.isDirectory()) waiting.push({ path, parts: below });
          else yield { skipped: { place, reason: entry.isSymbolicLink() ? 'link' : 'special' } };
        }
      } catch (error) {
        signal.throwIfAborted();
        const known = asSkip(error);
        if (!(known instanceof FileSkip)) throw known;
        if (folder.path === root) throw new BackupStop('source-gone');
        yield { skipped: { place: parts.join('/'), reason: known.reason } };
      }
    }
  }
}
