import { type BigIntStats, constants } from 'node:fs';
import { dirname } from 'node:path';
import { AppFault } from '../../../shared/domain/app-error.ts';
import { assertPlainFile, isFreshlyWritten, isSameFile, isUnchanged } from '../../evidence/source-file.ts';
import { limitOf, type LockedFileLimits } from '../../platform/locked-file-retry.ts';
import { faultCode } from '../../platform/fault-code.ts';
import { type BackupDisk, FileSkip, onTarget } from './backup-disk.ts';
import { type CopiedBytes, hashBytes } from './copy-bytes.ts';

export type CopyParts = {
  readonly disk: BackupDisk;
  readonly patience: LockedFileLimits;
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
  /** Returns at once, or when a pause is over; throws when the run was called off. Asked before each piece. */
  readonly checkpoint: () => void;
  /** Waits that long, in milliseconds; throws when the run is called off meanwhile. */
  readonly sleep: (ms: number) => void;
  /** A name nobody else uses, on the destination's own disk, for a copy that is not whole yet. */
  readonly newPart: () => string;
  /** Folders already seen to; true for those this thread made. */
  readonly made: Map<string, boolean>;
};

export type CopiedFile = {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly outcome: 'copied' | 'unchanged';
};

const changeTries = 3;
const pauseMs = 40;
/** O_NONBLOCK lets the open of a FIFO put there in the meantime return instead of waiting for a writer (A5). */
const sourceFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const partFlags = constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY;

/** Repeats `work` while another program holds the file (D3). @throws the last refusal once patience is over, as the disk gave it */
export function patiently<T>(
  work: () => T,
  { patience, monotonicMs, sleep }: Pick<CopyParts, 'patience' | 'monotonicMs' | 'sleep'>,
): T {
  const startedMs = monotonicMs();
  for (let waitMs = 10; ; waitMs = Math.min(100, waitMs + 10)) {
    try {
      return work();
    } catch (error) {
      const limitMs = limitOf(faultCode(error), patience);
      if (limitMs === null || monotonicMs() - startedMs + waitMs > limitMs) throw error;
      sleep(waitMs);
    }
  }
}

type OpenedSource = { readonly file: number; readonly stats: BigIntStats };

/**
 * As `openSource` of the evidence does it (THREAT-4): looked at, opened without following, and the opened thing compared with the one
 * looked at.
 */
function openPlain(path: string, disk: BackupDisk): OpenedSource {
  const seen = disk.source.lstat(path);
  assertPlainFile(seen);
  const file = disk.source.open(path, sourceFlags);
  try {
    const stats = disk.stat(file);
    assertPlainFile(stats);
    if (!isSameFile(seen, stats)) throw new AppFault('evidence.changing');
    return { file, stats };
  } catch (error) {
    disk.close(file);
    throw error;
  }
}

const hashOf = (file: number, length: number, { disk, checkpoint }: CopyParts): CopiedBytes =>
  hashBytes(disk, file, length, checkpoint);

/** SHA-256 of the copy that lies there already, when it has the size of the source; null otherwise. */
function hashOfEarlier(path: string, parts: CopyParts, sizeBytes: number): string | null {
  return onTarget(() => {
    let file: number;
    try {
      file = patiently(() => parts.disk.target.open(path, 'r'), parts);
    } catch (error) {
      if (faultCode(error) === 'ENOENT') return null;
      throw error;
    }
    try {
      return Number(parts.disk.stat(file).size) === sizeBytes ? hashOf(file, sizeBytes, parts).sha256 : null;
    } finally {
      parts.disk.close(file);
    }
  });
}

/** Makes a folder once; true when it was not there before, so that nothing can lie in it. */
function isNewFolder(folder: string, { disk, made }: CopyParts): boolean {
  const known = made.get(folder) ?? onTarget(() => disk.target.mkdir(folder));
  made.set(folder, known);
  return known;
}

function writeAll(part: number, bytes: Uint8Array, position: number, { disk, checkpoint }: CopyParts): void {
  checkpoint();
  onTarget(() => {
    for (let done = 0; done < bytes.length; )
      done += disk.target.write(part, bytes, done, bytes.length - done, position + done);
  });
}

/** Copies into a part on the same disk and puts it in place; null when the source changed while it was read. */
function copyOnce({ file, stats }: OpenedSource, target: string, parts: CopyParts): string | null {
  const { disk } = parts;
  const length = Number(stats.size);
  const part = parts.newPart();
  const copy = onTarget(() => disk.target.open(part, partFlags, 0o600));
  let isOpen = true;
  let isPlaced = false;
  try {
    const { sha256, copiedBytes } = hashBytes(disk, file, length, (bytes, position) =>
      writeAll(copy, bytes, position, parts),
    );
    if (
      length > 0 &&
      isFreshlyWritten(stats, parts.wallMs()) &&
      hashOf(file, length, parts).sha256 !== sha256
    )
      return null;
    if (copiedBytes !== length || !isUnchanged(stats, disk.stat(file))) return null;
    onTarget(() => {
      disk.target.utimes(copy, Number(stats.atimeMs) / 1_000, Number(stats.mtimeMs) / 1_000);
      isOpen = false;
      disk.close(copy);
      patiently(() => disk.target.rename(part, target), parts);
    });
    isPlaced = true;
    return sha256;
  } finally {
    if (isOpen) disk.close(copy);
    if (!isPlaced) dropPart(part, disk);
  }
}

function dropPart(part: string, disk: BackupDisk): void {
  try {
    disk.target.rm(part);
  } catch {
    // The destination failed already; whatever lies there is swept at the next start.
  }
}

/**
 * Brings one file to the destination: a copy that is already the same, by every byte, is left alone; anything else is copied and
 * put in place whole. `isProved` must follow (R-BACKUP-1).
 * @throws BackupStop, FileSkip, and what `asSkip` makes one; whatever `checkpoint` throws
 */
export function copyFile(path: string, target: string, parts: CopyParts): CopiedFile {
  const { disk } = parts;
  const isNew = isNewFolder(dirname(target), parts);
  for (let tries = 0; tries < changeTries; tries += 1) {
    if (tries > 0) parts.sleep(pauseMs);
    const source = patiently(() => openPlain(path, disk), parts);
    try {
      const sizeBytes = Number(source.stats.size);
      const there = isNew ? null : hashOfEarlier(target, parts, sizeBytes);
      if (there !== null) {
        const { sha256, copiedBytes } = hashOf(source.file, sizeBytes, parts);
        if (
          copiedBytes === sizeBytes &&
          sha256 === there &&
          isUnchanged(source.stats, disk.stat(source.file))
        )
          return { sizeBytes, sha256, outcome: 'unchanged' };
      }
      const sha256 = copyOnce(source, target, parts);
      if (sha256 !== null) return { sizeBytes, sha256, outcome: 'copied' };
    } finally {
      disk.close(source.file);
    }
  }
  throw new FileSkip('changing');
}

/** Reads a copy back from the destination: true when size and SHA-256 are what was read from the source. */
export function isProved(
  target: string,
  copied: Pick<CopiedFile, 'sizeBytes' | 'sha256'>,
  parts: CopyParts,
): boolean {
  return onTarget(() => {
    // A scanner looks at what was just written before others may.
    const file = patiently(() => parts.disk.target.open(target, 'r'), parts);
    try {
      const { sha256, copiedBytes } = hashOf(file, copied.sizeBytes, parts);
      return (
        sha256 === copied.sha256 &&
        copiedBytes === copied.sizeBytes &&
        Number(parts.disk.stat(file).size) === copied.sizeBytes
      );
    } finally {
      parts.disk.close(file);
    }
  });
}
