import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SkippedFile } from '../../../shared/domain/backup.ts';
import { type Sha256, sha256Schema } from '../../../shared/domain/ids.ts';
import { copyHashing } from '../../evidence/copy-hashing.ts';
import { asSkip, backupRoot, type BackupDisk, BackupStop, FileSkip, inProgress, onTarget } from './backup-disk.ts';
import { type CopyParts, copyFile, isProved } from './copy-file.ts';
import { type ChosenFolder, type FoundFile, walkFolders } from './walk-folders.ts';

/** One file as it lies in the backup now. */
export type ManifestEntry = { readonly place: string; readonly sizeBytes: number; readonly sha256: string };

export type BackupResult = {
  readonly manifest: readonly ManifestEntry[];
  readonly copiedFiles: number;
  readonly unchangedFiles: number;
  /** Places whose copy, read back, was not what had been read from the source. */
  readonly different: readonly string[];
  readonly skipped: readonly SkippedFile[];
};

/** What the copying of one file needs, but for what a run makes itself. */
export type RunParts = Omit<CopyParts, 'newPart' | 'made'> & { readonly onProgress: (files: number, bytes: number) => void };

/** Files in work at once: enough to keep the disk threads busy while one file is hashed here. */
const atOnce = 8;

/** Where a found file's copy lies. Names come from the disk itself, so none can lead out of the folder; that is asserted all the same. */
function targetOf(root: string, { parts }: FoundFile): string {
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[/\\\0]/u.test(part))) throw new FileSkip('special');
  return join(root, ...parts);
}

/** Counts files and bytes without reading any. @throws BackupStop source-gone; whatever the signal was aborted with */
export async function estimateBackup(folders: readonly ChosenFolder[], destination: string, disk: BackupDisk, signal: AbortSignal): Promise<{ readonly files: number; readonly bytes: number }> {
  let files = 0;
  let bytes = 0;
  for await (const found of walkFolders(folders, backupRoot(destination), disk, signal)) {
    if (!('file' in found)) continue;
    files += 1;
    bytes += await disk.source.lstat(found.file.path).then((stats) => Number(stats.size), () => 0);
  }
  return { files, bytes };
}

/**
 * Copies what is new or changed, and reads back everything. Every difference ends up in the result: skipped with its reason, or
 * different; nothing is passed over in silence. What was finished before a stop or a crash is found by its hash the next time.
 * @throws BackupStop; whatever the signal was aborted with
 */
export async function runBackup(folders: readonly ChosenFolder[], destination: string, parts: RunParts): Promise<BackupResult> {
  const root = backupRoot(destination);
  const manifest: ManifestEntry[] = [];
  const copied: { readonly target: string; readonly entry: ManifestEntry }[] = [];
  const different: string[] = [];
  const skipped: SkippedFile[] = [];
  let provedFiles = 0;
  let halfBytes = 0;
  const unfinished = join(root, inProgress);
  // What a crash left half-copied is nothing; it is copied again.
  await onTarget(() => parts.disk.target.rm(unfinished, { recursive: true, force: true }));
  await onTarget(() => parts.disk.target.mkdir(unfinished, { recursive: true }));
  let partCount = 0;
  const newPart = (): string => {
    partCount += 1;
    return join(unfinished, String(partCount));
  };
  const halt = new AbortController();
  const copying: CopyParts = { ...parts, signal: AbortSignal.any([parts.signal, halt.signal]), made: new Map(), newPart };
  const progressed = (bytes: number, files: number): void => {
    halfBytes += bytes;
    provedFiles += files;
    parts.onProgress(provedFiles, Math.floor(halfBytes / 2));
  };
  const copy = async (file: FoundFile): Promise<void> => {
    try {
      await parts.mayGoOn();
      const target = targetOf(root, file);
      const { sizeBytes, sha256, outcome } = await copyFile(file.path, target, copying);
      const entry = { place: file.place, sizeBytes, sha256 };
      manifest.push(entry);
      if (outcome === 'copied') copied.push({ target, entry });
      progressed(outcome === 'copied' ? sizeBytes : 2 * sizeBytes, outcome === 'copied' ? 0 : 1);
    } catch (error) {
      const known = asSkip(error);
      if (!(known instanceof FileSkip)) throw known;
      skipped.push({ place: file.place, reason: known.reason });
    }
  };
  const prove = async ({ target, entry }: (typeof copied)[number]): Promise<void> => {
    await parts.mayGoOn();
    if (!(await isProved(target, entry, copying))) different.push(entry.place);
    progressed(entry.sizeBytes, 1);
  };
  const found = async function* (): AsyncGenerator<FoundFile> {
    for await (const item of walkFolders(folders, root, parts.disk, copying.signal)) {
      if ('skipped' in item) skipped.push(item.skipped);
      else yield item.file;
    }
  };
  await inParallel(found(), copy, halt);
  await inParallel(copied, prove, halt);
  await onTarget(() => parts.disk.target.rm(unfinished, { recursive: true, force: true }));
  manifest.sort((a, b) => (a.place < b.place ? -1 : 1));
  return { manifest, copiedFiles: copied.length, unchangedFiles: manifest.length - copied.length, different, skipped };
}

/** Works on a few items at once; the first failure halts the others and is thrown when they have come to rest. */
async function inParallel<T>(items: Iterable<T> | AsyncIterable<T>, work: (item: T) => Promise<void>, halt: AbortController): Promise<void> {
  const running = new Set<Promise<void>>();
  const faults: unknown[] = [];
  const failed = (error: unknown): void => {
    faults.push(error);
    halt.abort(error);
  };
  try {
    for await (const item of items) {
      const one = work(item).catch(failed).finally(() => running.delete(one));
      running.add(one);
      if (running.size >= atOnce) await Promise.race(running);
      if (faults.length > 0) break;
    }
  } catch (error) {
    failed(error);
  }
  await Promise.allSettled(running);
  if (faults.length > 0) throw faults[0];
}

/** SHA-256 over the sorted list, one line a file; two backups with the same bytes at the same places have the same. */
export function manifestSha256(manifest: readonly ManifestEntry[]): Sha256 {
  const hash = createHash('sha256');
  for (const { place, sizeBytes, sha256 } of manifest) hash.update(`${JSON.stringify([place, sizeBytes, sha256])}\n`);
  return sha256Schema.parse(hash.digest('hex'));
}

/** Files taken for the sample; the largest is always among them. */
const sampleSize = 25;

/** The sample: the largest file and others by chance. `random` is 0 to 1. */
export function sampleOf(manifest: readonly ManifestEntry[], random: () => number): readonly ManifestEntry[] {
  const rest = [...manifest].sort((a, b) => b.sizeBytes - a.sizeBytes);
  const sample = rest.splice(0, 1);
  while (sample.length < sampleSize && rest.length > 0) sample.push(...rest.splice(Math.min(rest.length - 1, Math.floor(random() * rest.length)), 1));
  return sample;
}

/**
 * Restores a sample to a scratch folder, as a person would have to, and compares it there. The scratch folder is gone afterwards.
 * @returns how many were restored, and the places that came back different or not at all
 */
export async function restoreSample(sample: readonly ManifestEntry[], destination: string, scratchParent: string, signal: AbortSignal): Promise<{ readonly restored: number; readonly different: readonly string[] }> {
  const scratch = await mkdtemp(join(scratchParent, 'restore-'));
  const different: string[] = [];
  try {
    for (const [index, { place, sizeBytes, sha256 }] of sample.entries()) {
      const from = await open(join(backupRoot(destination), ...place.split('/')), 'r').catch(() => null);
      const file = join(scratch, String(index));
      const to = await open(file, 'w+', 0o600);
      try {
        const copied = from === null ? 0 : (await copyHashing(from, to, { start: 0, length: sizeBytes }, () => undefined, signal)).copiedBytes;
        const back = await copyHashing(to, null, { start: 0, length: copied }, () => undefined, signal);
        if (from === null || copied !== sizeBytes || back.sha256 !== sha256) different.push(place);
      } finally {
        await from?.close();
        await to.close();
        await rm(file, { force: true });
      }
    }
    return { restored: sample.length - different.length, different };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** True for an end of the whole backup that is not a fault of this program. */
export function isStop(error: unknown): error is BackupStop {
  return error instanceof BackupStop;
}
