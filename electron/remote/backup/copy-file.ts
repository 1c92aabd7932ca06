import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ByteTarget, copyHashing } from '../../evidence/copy-hashing.ts';
import { type LockPatience, withLockPatience } from '../../evidence/lock-patience.ts';
import { isFreshlyWritten, isUnchanged, type OpenedSource, openSource } from '../../evidence/source-file.ts';
import { type BackupDisk, FileSkip, onTarget } from './backup-disk.ts';

export type CopyParts = {
  readonly disk: BackupDisk;
  readonly patience: LockPatience;
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
  readonly signal: AbortSignal;
  /** Resolves at once, or when a pause is over; asked before each piece is written. */
  readonly mayGoOn: () => Promise<void>;
  /** A name nobody else uses, on the destination's own disk, for a copy that is not whole yet. */
  readonly newPart: () => string;
  /** Folders already seen to; true for those this run made. */
  readonly made: Map<string, Promise<boolean>>;
};

export type CopiedFile = { readonly sizeBytes: number; readonly sha256: string; readonly outcome: 'copied' | 'unchanged' };

const changeTries = 3;
const pauseMs = 40;
const nobody = (): void => undefined;

/** SHA-256 of the copy that lies there already, when it has the size of the source; null otherwise. */
async function hashOfEarlier(path: string, parts: CopyParts, sizeBytes: number): Promise<string | null> {
  return onTarget(async () => {
    const handle = await parts.disk.target.open(path, 'r').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (handle === null) return null;
    try {
      if ((await handle.stat()).size !== sizeBytes) return null;
      return (await copyHashing(handle, null, { start: 0, length: sizeBytes }, nobody, parts.signal)).sha256;
    } finally {
      await handle.close();
    }
  });
}

/**
 * Flushes a copy to the disk and reads it back: true when size and SHA-256 are what was read from the source. Done after all
 * copying, when most is on the disk already: a flush after each file costs three times the whole backup.
 */
export function isProved(target: string, copied: Pick<CopiedFile, 'sizeBytes' | 'sha256'>, parts: CopyParts): Promise<boolean> {
  return onTarget(async () => {
    // Windows flushes only through a handle that may write.
    const handle = await parts.disk.target.open(target, 'r+');
    try {
      await handle.sync();
      const { sha256, copiedBytes } = await copyHashing(handle, null, { start: 0, length: copied.sizeBytes }, nobody, parts.signal);
      return sha256 === copied.sha256 && copiedBytes === copied.sizeBytes && (await handle.stat()).size === copied.sizeBytes;
    } finally {
      await handle.close();
    }
  });
}

/** Makes a folder once; true when it was not there before, so that nothing can lie in it. */
async function isNewFolder(folder: string, parts: CopyParts): Promise<boolean> {
  const known = parts.made.get(folder) ?? onTarget(() => parts.disk.target.mkdir(folder, { recursive: true })).then((made) => made !== undefined);
  parts.made.set(folder, known);
  return known;
}

/** Copies into a part on the same disk and puts it in place; null when the source changed while it was read. */
async function copyOnce({ handle, stats }: OpenedSource, target: string, parts: CopyParts): Promise<string | null> {
  const length = Number(stats.size);
  const part = parts.newPart();
  let placed = false;
  const copy = await onTarget(() => parts.disk.target.open(part, constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY, 0o600));
  try {
    const paced: ByteTarget = {
      write: (buffer, offset, bytes, position) => onTarget(async () => {
        await parts.mayGoOn();
        parts.signal.throwIfAborted();
        return copy.write(buffer, offset, bytes, position);
      }),
    };
    const { sha256, copiedBytes } = await copyHashing(handle, paced, { start: 0, length }, nobody, parts.signal);
    const isFresh = isFreshlyWritten(stats, parts.wallMs());
    if (isFresh && length > 0 && (await copyHashing(handle, null, { start: 0, length }, nobody, parts.signal)).sha256 !== sha256) return null;
    if (copiedBytes !== length || !isUnchanged(stats, await handle.stat({ bigint: true }))) return null;
    await copy.close();
    await onTarget(async () => {
      await parts.disk.target.utimes(part, Number(stats.atimeMs) / 1_000, Number(stats.mtimeMs) / 1_000);
      await parts.disk.target.rename(part, target);
    });
    placed = true;
    return sha256;
  } finally {
    if (!placed) {
      await copy.close().catch(nobody);
      await parts.disk.target.rm(part, { force: true }).catch(nobody);
    }
  }
}

async function copyChanging(path: string, target: string, parts: CopyParts): Promise<CopiedFile> {
  const isNew = await isNewFolder(dirname(target), parts);
  for (let tries = 0; tries < changeTries; tries += 1) {
    if (tries > 0) await wait(pauseMs, undefined, { signal: parts.signal });
    const source = await withLockPatience(() => openSource(path, false, parts.disk.source), parts.patience, parts.monotonicMs, parts.signal);
    try {
      const sizeBytes = Number(source.stats.size);
      const there = isNew ? null : await hashOfEarlier(target, parts, sizeBytes);
      if (there !== null) {
        const { sha256, copiedBytes } = await copyHashing(source.handle, null, { start: 0, length: sizeBytes }, nobody, parts.signal);
        if (copiedBytes === sizeBytes && sha256 === there && isUnchanged(source.stats, await source.handle.stat({ bigint: true }))) return { sizeBytes, sha256, outcome: 'unchanged' };
      }
      const sha256 = await copyOnce(source, target, parts);
      if (sha256 === null) continue;
      return { sizeBytes, sha256, outcome: 'copied' };
    } finally {
      await source.handle.close();
    }
  }
  throw new FileSkip('changing');
}

/**
 * Brings one file to the destination: a copy that is already the same, by every byte, is left alone; anything else is copied and
 * put in place whole. `isProved` must follow (R-BACKUP-1).
 * @throws BackupStop, FileSkip, and what `asSkip` makes one; whatever the signal was aborted with
 */
export function copyFile(path: string, target: string, parts: CopyParts): Promise<CopiedFile> {
  return copyChanging(path, target, parts);
}
