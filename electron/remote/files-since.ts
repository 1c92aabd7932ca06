import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listedKind } from '../platform/listed-kind.ts';

/** `names` are the first of `total`; `isWhole` false when there was more than is looked through. */
export type FilesSince = {
  readonly names: readonly string[];
  readonly total: number;
  readonly isWhole: boolean;
};

const mostNames = 200;

/** A file that was copied or unpacked keeps the time of its original, and says only by its other times that it is new here. */
function lastTouchedMs({ mtimeMs, ctimeMs, birthtimeMs }: Stats): number {
  return Math.max(mtimeMs, ctimeMs, birthtimeMs);
}

/**
 * Files below the folders that are new or changed since then, by name; what cannot be listed is passed over, and nothing is opened.
 * @param mostEntries looked at before it is given up: a receipt must not wait for a whole disk
 */
export async function filesSince(
  folders: readonly string[],
  sinceMs: number,
  mostEntries = 50_000,
): Promise<FilesSince> {
  const names: string[] = [];
  let total = 0;
  let seen = 0;
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (seen >= mostEntries) return { names, total, isWhole: false };
      seen += 1;
      const path = join(folder, entry.name);
      const kind = await listedKind(entry, path);
      if (kind.isDirectory()) waiting.push(path);
      if (!kind.isFile() || (await stat(path).then(lastTouchedMs, () => 0)) < sinceMs) continue;
      total += 1;
      if (names.length < mostNames) names.push(entry.name.slice(0, 300));
    }
  }
  return { names, total, isWhole: true };
}
