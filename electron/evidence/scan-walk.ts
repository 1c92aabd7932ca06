import { type BigIntStats, type Dir, type Dirent, lstatSync, opendirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { splitName } from '../../shared/logs/file-kind.ts';

export type ScanLimits = {
  readonly entries: number;
  readonly depth: number;
  readonly timeMs: number;
  readonly listed: number;
};

/** A file worth listing, as the walk saw it. */
export type ScannedFile = {
  readonly path: string;
  readonly name: string;
  /** Names of the folders from the searched one down to the one it lies in. */
  readonly folders: readonly string[];
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
};

export type WalkReport = {
  readonly outcome: 'complete' | 'cancelled' | 'limit' | 'time';
  readonly seenEntries: number;
  readonly unreadableFolders: number;
};

export type WalkHooks = {
  readonly onFile: (file: ScannedFile) => void;
  /** Called every few hundred entries; the place to send what was found so far. */
  readonly onPause: (seenEntries: number) => void;
  readonly isCancelled: () => boolean;
  readonly monotonicMs: () => number;
};

const pauseEveryEntries = 256;
/** Programs and their parts are most of what lies in a program folder, and never evidence: not even looked at. */
const listedExtensions = new Set([
  '',
  'log',
  'txt',
  'zip',
  '7z',
  'rar',
  'epr',
  'mpc',
  'mcp',
  'png',
  'jpg',
  'jpeg',
  'pdf',
  'csv',
  'bin',
  'ori',
  'doc',
  'docx',
  'rtf',
  'xml',
  'html',
  'htm',
]);

const isListable = (name: string): boolean => listedExtensions.has(splitName(name).extension);

type Pending = { readonly path: string; readonly folders: readonly string[]; readonly depth: number };

function statOf(path: string): BigIntStats | null {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return null;
  }
}

function scannedFile(folder: Pending, name: string): ScannedFile | null {
  const path = join(folder.path, name);
  try {
    const stats = lstatSync(path);
    return stats.isFile()
      ? {
          path,
          name,
          folders: folder.folders,
          sizeBytes: stats.size,
          modifiedAtMs: Math.floor(stats.mtimeMs),
        }
      : null;
  } catch {
    return null;
  }
}

/**
 * Walks the folders breadth first, each directory once, links, junctions, pipes and devices never (FINDING-16, A5). Synchronous on
 * purpose: it runs in a worker, where a call to the disk is five times cheaper than a promise for one.
 * Never fails: a folder that cannot be read is counted.
 */
export function walkFolders(roots: readonly string[], limits: ScanLimits, hooks: WalkHooks): WalkReport {
  const startedMs = hooks.monotonicMs();
  const visited = new Set<string>();
  const queue: Pending[] = roots.map((path) => ({ path, folders: [basename(path)], depth: 0 }));
  let seenEntries = 0;
  let unreadableFolders = 0;
  let stopped: WalkReport['outcome'] | null = null;

  const checkStop = (): void => {
    hooks.onPause(seenEntries);
    if (hooks.isCancelled()) stopped = 'cancelled';
    else if (hooks.monotonicMs() - startedMs > limits.timeMs) stopped = 'time';
  };
  const take = (folder: Pending, entry: Dirent): void => {
    // Windows lists every reparse point as a link, also the folders and files of a cloud drive, which lead nowhere else: asked once more.
    const known = entry.isSymbolicLink() ? statOf(join(folder.path, entry.name)) : entry;
    // What is still a link is neither a folder nor a file.
    if (known === null) return;
    if (known.isDirectory()) {
      if (folder.depth < limits.depth)
        queue.push({
          path: join(folder.path, entry.name),
          folders: [...folder.folders, entry.name],
          depth: folder.depth + 1,
        });
      return;
    }
    if (!known.isFile() || !isListable(entry.name)) return;
    const file = scannedFile(folder, entry.name);
    if (file !== null) hooks.onFile(file);
  };
  const readFolder = (folder: Pending, dir: Dir): void => {
    for (let entry = dir.readSync(); entry !== null && stopped === null; entry = dir.readSync()) {
      if (seenEntries >= limits.entries) {
        stopped = 'limit';
        return;
      }
      seenEntries += 1;
      take(folder, entry);
      if (seenEntries % pauseEveryEntries === 0) checkStop();
    }
  };

  for (let index = 0; index < queue.length && stopped === null; index += 1) {
    const folder = queue[index];
    if (folder === undefined) break;
    checkStop();
    const stats = statOf(folder.path);
    // A searched folder that is not there is no fault: most guesses are wrong.
    if (stopped !== null || stats === null || !stats.isDirectory()) continue;
    const key = `${stats.dev}:${stats.ino}`;
    if (visited.has(key)) continue;
    visited.add(key);
    try {
      const dir = opendirSync(folder.path, { bufferSize: 512 });
      try {
        readFolder(folder, dir);
      } finally {
        dir.closeSync();
      }
    } catch {
      unreadableFolders += 1;
    }
  }
  return { outcome: stopped ?? 'complete', seenEntries, unreadableFolders };
}
