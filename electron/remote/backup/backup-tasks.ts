import { join } from 'node:path';
import type { BackupReceipt, SkippedFile } from '../../../shared/domain/backup.ts';
import { asSkip, backupRoot, FileSkip, inProgress, onTarget } from './backup-disk.ts';
import { type CopyParts, copyFile, isProved, patiently } from './copy-file.ts';
import { copyManifest, type CopiedEntry, type ManifestEntry, type CopySummary } from './copy-manifest.ts';
import { flushCopy } from './flush-copies.ts';
import { restoreSample, type RestoredSample } from './restore-sample.ts';
import { type ChosenFolder, type FoundFile, walkedEntries } from './walk-folders.ts';

/** What a worker copies; the same for every worker of a run. `worker`, its number, tells their unfinished copies apart. */
export type TaskSetup = {
  readonly folders: readonly ChosenFolder[];
  readonly destination: string;
  readonly worker: number;
};

/** What was found in one look: files to be copied, and what is left out. Both empty: everything was found. */
export type FoundBatch = { readonly files: readonly FoundFile[]; readonly skipped: readonly SkippedFile[] };
export type CopiedBatch = {
  readonly entries: readonly CopiedEntry[];
  readonly skipped: readonly SkippedFile[];
};

/**
 * Everything a backup does with a disk, in pieces; each runs to its end on the thread that asks. The walk, the manifest and the
 * sample belong to the coordinator of a run; copying and proving are shared out among the others.
 */
export type BackupTasks = {
  /** Counts files and bytes without reading any. @throws BackupStop source-gone */
  readonly estimate: () => { readonly files: number; readonly bytes: number };
  /** Sweeps away what a crash left half-copied and makes room for new parts: what is not whole is copied again. */
  readonly begin: () => null;
  readonly find: () => FoundBatch;
  /** @throws BackupStop; a file that cannot be taken is told as skipped */
  readonly copy: (files: readonly FoundFile[]) => CopiedBatch;
  /** Flushes each file and the folders they lie in, one by one. */
  readonly flush: (entries: readonly CopiedEntry[]) => null;
  /** Reads copies back; places that are not what was read from the source. */
  readonly prove: (entries: readonly CopiedEntry[]) => readonly string[];
  readonly note: (entries: readonly CopiedEntry[]) => null;
  /** The next entries of the manifest, of those copied now or of all; empty when there are no more. */
  readonly take: (which: 'copied' | 'all') => readonly CopiedEntry[];
  /** @param draws numbers of 0 to 1 by which the sample is drawn */
  readonly summary: (draws: readonly number[]) => CopySummary;
  readonly restore: (sample: readonly ManifestEntry[], scratchParent: string) => RestoredSample;
  /** Puts the receipt and the list of all files beside the copies. */
  readonly keepReceipt: (receipt: BackupReceipt) => null;
  readonly end: () => null;
};

/** Told after each piece of work: bytes read or written that count, and files read back. */
export type TaskProgress = (bytes: number, files: number) => void;

const foundAtOnce = 512;
const takenAtOnce = 512;

/** Where a found file's copy lies. Names come from the disk itself, so none can lead out of the folder; that is asserted all the same. */
function targetOf(root: string, { parts }: FoundFile): string {
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[/\\\0]/u.test(part)))
    throw new FileSkip('special');
  return join(root, ...parts);
}

export function backupTasks(
  { folders, destination, worker }: TaskSetup,
  parts: Omit<CopyParts, 'newPart' | 'made'>,
  progressed: TaskProgress,
): BackupTasks {
  const { disk } = parts;
  const root = backupRoot(destination);
  const unfinished = join(root, inProgress);
  const manifest = copyManifest(root);
  let partCount = 0;
  const copying: CopyParts = {
    ...parts,
    made: new Map(),
    newPart: () => {
      partCount += 1;
      return join(unfinished, `${worker}-${partCount}`);
    },
  };
  const walk = walkedEntries(folders, root, disk, parts.checkpoint);
  const flushedFolders = new Set<string>();
  const sweep = (): void => onTarget(() => disk.target.rm(unfinished));
  const copyOne = (file: FoundFile): CopiedEntry | SkippedFile => {
    try {
      parts.checkpoint();
      const target = targetOf(root, file);
      const { sizeBytes, sha256, outcome } = copyFile(file.path, target, copying);
      progressed(outcome === 'copied' ? sizeBytes : 2 * sizeBytes, outcome === 'copied' ? 0 : 1);
      return { place: file.place, sizeBytes, sha256, outcome };
    } catch (error) {
      const known = asSkip(error);
      if (!(known instanceof FileSkip)) throw known;
      return { place: file.place, reason: known.reason };
    }
  };
  return {
    estimate: () => {
      let files = 0;
      let bytes = 0;
      for (const found of walkedEntries(folders, root, disk, parts.checkpoint)) {
        if (!('file' in found)) continue;
        files += 1;
        try {
          bytes += Number(disk.source.lstat(found.file.path).size);
        } catch {
          // Gone or forbidden meanwhile: the copying will say so.
        }
      }
      return { files, bytes };
    },
    begin: () => {
      sweep();
      onTarget(() => disk.target.mkdir(unfinished));
      return null;
    },
    find: () => {
      const files: FoundFile[] = [];
      const skipped: SkippedFile[] = [];
      while (files.length + skipped.length < foundAtOnce) {
        const { value, done } = walk.next();
        if (done === true) break;
        if ('file' in value) files.push(value.file);
        else skipped.push(value.skipped);
      }
      return { files, skipped };
    },
    copy: (files) => {
      const done = files.map(copyOne);
      return {
        entries: done.filter((one) => 'sha256' in one),
        skipped: done.filter((one) => 'reason' in one),
      };
    },
    flush: (entries) => {
      for (const { place } of entries) {
        parts.checkpoint();
        flushCopy(manifest.targetOf(place), destination, flushedFolders, parts);
      }
      return null;
    },
    prove: (entries) =>
      entries
        .filter((entry) => {
          parts.checkpoint();
          const isSame = isProved(manifest.targetOf(entry.place), entry, copying);
          progressed(entry.sizeBytes, 1);
          return !isSame;
        })
        .map(({ place }) => place),
    note: (entries) => {
      manifest.note(entries);
      return null;
    },
    take: (which) => manifest.take(which, takenAtOnce),
    summary: manifest.summary,
    restore: (sample, scratchParent) => restoreSample(sample, root, scratchParent, parts),
    keepReceipt: (receipt) => {
      onTarget(() => patiently(() => manifest.keepReceipt(receipt), parts));
      return null;
    },
    end: () => {
      sweep();
      return null;
    },
  };
}
