import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { AppFault } from '../../shared/domain/app-error.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { type Sha256, sha256Schema } from '../../shared/domain/ids.ts';
import { decodeText } from '../../shared/logs/decode-text.ts';
import { failpoint } from '../platform/failpoint.ts';
import { copyHashing } from './copy-hashing.ts';
import { headAndTail } from './head-and-tail.ts';
import type { FrozenFolder } from './frozen-folder.ts';
import { frozenState } from './frozen-state.ts';
import { type FreeSpaceParts, withFreeSpace } from './free-space.ts';
import { type LockedFileLimits, retryWhileLocked } from '../platform/locked-file-retry.ts';
import { onOwnDisk } from './source-fault.ts';
import {
  isFreshlyWritten,
  isUnchanged,
  type OpenedSource,
  openSource,
  type SourceDisk,
} from './source-file.ts';

export type FreezeFileParts = FreeSpaceParts & {
  readonly folder: FrozenFolder;
  readonly disk: SourceDisk;
  readonly patience: LockedFileLimits;
  readonly wallMs: () => number;
  readonly monotonicMs: () => number;
};

export type FreezeRequest = {
  readonly path: string;
  /** True for paths found below a searched folder (THREAT-4). */
  readonly mustBeReal: boolean;
  /** Take the end of a file over the limit instead of refusing it. */
  readonly tailOfLarge: boolean;
  readonly onBytes: (copiedBytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
};

/** A whole copy in its place, its row not stored yet. */
export type FrozenBytes = {
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  readonly tailOnly: boolean;
  readonly modifiedAtMs: number;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
};

/** Tries to catch the file between two writes; then the person is asked (A1). */
const consistentTries = 4;
/** Before another try, in ms: an appending tool leaves room for a copy between two lines. */
const pauseMs = 40;

/** The end of text is worth having; the end of an archive or a cipher is nothing. Zeros are what a preallocated LOG begins with. */
async function assertEndIsWorthHaving(handle: FileHandle, sizeBytes: number): Promise<void> {
  const { head } = await headAndTail(handle, sizeBytes);
  if (head.some((byte) => byte !== 0) && decodeText(head).kind !== 'text')
    throw new AppFault('evidence.tooLarge', {
      sizeBytes,
      limitBytes: evidenceLimits.fileBytes,
      tailBytes: 0,
    });
}

/** The stretch to copy, or the refusal, decided from the size alone: nothing has been read yet (A2). */
function rangeOf(
  sizeBytes: number,
  tailOfLarge: boolean,
): { readonly start: number; readonly length: number } {
  if (sizeBytes === 0) throw new AppFault('evidence.empty');
  if (sizeBytes <= evidenceLimits.fileBytes) return { start: 0, length: sizeBytes };
  if (!tailOfLarge)
    throw new AppFault('evidence.tooLarge', {
      sizeBytes,
      limitBytes: evidenceLimits.fileBytes,
      tailBytes: evidenceLimits.tailBytes,
    });
  // An even start keeps UTF-16 pairs whole.
  const start = Math.ceil((sizeBytes - evidenceLimits.tailBytes) / 2) * 2;
  return { start, length: sizeBytes - start };
}

/** Copies a stretch of an opened file into `part`. `changed`: it changed while it was read. */
async function copyRange(
  request: FreezeRequest,
  parts: FreezeFileParts,
  part: string,
  { handle, stats }: OpenedSource,
  range: { readonly start: number; readonly length: number },
): Promise<FrozenBytes | 'changed'> {
  const isFresh = isFreshlyWritten(stats, parts.wallMs());
  // The part is ours alone and new; read as well as written, because its edges are read back below.
  const target = await onOwnDisk(() =>
    open(part, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600),
  );
  try {
    const onBytes = (copied: number): void => {
      if (copied * 4 >= range.length) failpoint('att.part25');
      if (copied * 100 >= range.length * 99) failpoint('att.part99');
      request.onBytes(copied, range.length);
    };
    const { sha256, copiedBytes } = await copyHashing(handle, target, range, onBytes, request.signal);
    failpoint('att.hashed');
    if (
      isFresh &&
      (await copyHashing(handle, null, range, () => undefined, request.signal)).sha256 !== sha256
    )
      return 'changed';
    const isWhole =
      copiedBytes === range.length &&
      isUnchanged(stats, await handle.stat({ bigint: true })) &&
      isUnchanged(stats, await parts.disk.lstat(request.path));
    if (!isWhole) return 'changed';
    await target.sync();
    failpoint('att.fsynced');
    const edges = await headAndTail(target, range.length);
    return {
      sha256: sha256Schema.parse(sha256),
      sizeBytes: range.length,
      tailOnly: range.start > 0,
      modifiedAtMs: Number(stats.mtimeMs),
      ...edges,
    };
  } finally {
    await target.close();
  }
}

/** One attempt. `changed`: it changed while it was read. */
async function tryCopy(
  request: FreezeRequest,
  parts: FreezeFileParts,
  part: string,
): Promise<FrozenBytes | 'changed'> {
  const { handle, stats } = await openSource(request.path, request.mustBeReal, parts.disk);
  try {
    failpoint('att.open');
    const range = rangeOf(Number(stats.size), request.tailOfLarge);
    if (range.start > 0) await assertEndIsWorthHaving(handle, Number(stats.size));
    return await withFreeSpace(parts, range.length, () =>
      copyRange(request, parts, part, { handle, stats }, range),
    );
  } finally {
    await handle.close();
  }
}

async function consistentCopy(
  request: FreezeRequest,
  parts: FreezeFileParts,
  part: string,
): Promise<FrozenBytes> {
  for (let changes = 0; changes < consistentTries; changes += 1) {
    if (changes > 0) await wait(pauseMs, undefined, { signal: request.signal });
    const copy = await tryCopy(request, parts, part);
    if (copy !== 'changed') return copy;
    await parts.folder.discard(part);
  }
  throw new AppFault('evidence.changing');
}

/**
 * Copies one consistent state of a file, possibly still open in the tool, to its place under its hash. On return the bytes and
 * their place are durable; only the row is missing, and `settle` must follow it. On failure nothing is left behind. A source that
 * another program holds fails at once; whoever calls decides how long to try.
 * @throws AppFault evidence.*; the disk's own errors; whatever `signal` was aborted with
 */
export async function freezeFile(request: FreezeRequest, parts: FreezeFileParts): Promise<FrozenBytes> {
  const part = parts.folder.newPart();
  try {
    const copy = await consistentCopy(request, parts, part);
    // The bytes lie there already; what is left to keep is the reserve.
    await withFreeSpace(parts, 0, () => placeOnce(part, copy, parts, request.signal));
    return copy;
  } finally {
    await parts.folder.discard(part);
  }
}

/** Puts a finished copy in its place; identical bytes already there and intact are left alone. */
export async function placeOnce(
  part: string,
  copy: Pick<FrozenBytes, 'sha256' | 'sizeBytes'>,
  parts: Pick<FreezeFileParts, 'folder' | 'patience' | 'monotonicMs'>,
  signal: AbortSignal,
): Promise<void> {
  if ((await frozenState(parts.folder.fileOf(copy.sha256), copy)) === 'intact') return;
  await onOwnDisk(async () => {
    await parts.folder.intend(copy.sha256);
    await retryWhileLocked(
      () => parts.folder.place(part, copy.sha256),
      parts.patience,
      parts.monotonicMs,
      signal,
    );
  });
  failpoint('att.renamed');
}
