import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { AppFault } from '../../shared/domain/app-error.ts';
import { isSamePlace } from '../platform/same-place.ts';

/** The calls to the disk that a lock or a link may answer; a parameter so that tests can play a virus scanner (D3). */
export type SourceDisk = {
  readonly open: typeof open;
  readonly lstat: (path: string) => Promise<BigIntStats>;
  readonly realpath: (path: string) => Promise<string>;
};

export const realSourceDisk: SourceDisk = { open, lstat: (path) => lstat(path, { bigint: true }), realpath };

/** An opened source with what it looked like at that moment. The caller closes `handle`. */
export type OpenedSource = { readonly handle: FileHandle; readonly stats: BigIntStats };

/** O_NONBLOCK lets the open of a FIFO put there in the meantime return instead of waiting for a writer (A5). */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** NTFS keeps files below this inside its table, without blocks of their own; above it no blocks means the bytes are elsewhere. */
const residentBytes = 4_096n;

/** True for a file that only seems to be there (OneDrive "online only"): reading it would download it. Told by size without blocks. */
export function isCloudPlaceholder(
  stats: Pick<BigIntStats, 'size' | 'blocks'>,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform === 'win32' && stats.blocks === 0n && stats.size > residentBytes;
}

/** Same file, same bytes as far as the file system can tell. Change time is included: it cannot be set back by a program. */
export function isUnchanged(before: BigIntStats, after: BigIntStats): boolean {
  return (
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs &&
    before.ctimeNs === after.ctimeNs &&
    isSameFile(before, after)
  );
}

/** Windows tells the volume in 32 or in 64 bits, depending on the call (libuv pull request 4698); the low half is always the same. */
const volume = (stats: BigIntStats): bigint =>
  process.platform === 'win32' ? BigInt.asUintN(32, stats.dev) : stats.dev;
/** True for the same file of the same volume, as far as the file system tells. */
export const isSameFile = (one: BigIntStats, other: BigIntStats): boolean =>
  one.ino === other.ino && volume(one) === volume(other);

/** @throws AppFault evidence.link, evidence.notAFile, evidence.cloudPlaceholder */
export function assertPlainFile(stats: BigIntStats): void {
  if (stats.isSymbolicLink()) throw new AppFault('evidence.link');
  if (!stats.isFile()) throw new AppFault('evidence.notAFile');
  if (isCloudPlaceholder(stats)) throw new AppFault('evidence.cloudPlaceholder');
}

/**
 * Opens a file the way THREAT-4 demands: looked at without following, opened without following, and the opened thing compared with the
 * one looked at, so that a link put there in between is noticed.
 * @param mustBeReal true for a path found below a searched folder: no part of it may have become a link since
 * @throws AppFault evidence.link, evidence.notAFile, evidence.cloudPlaceholder; the disk's own errors otherwise
 */
export async function openSource(
  path: string,
  mustBeReal: boolean,
  disk: SourceDisk = realSourceDisk,
): Promise<OpenedSource> {
  const seen = await disk.lstat(path);
  assertPlainFile(seen);
  const handle = await disk.open(path, openFlags);
  try {
    const stats = await handle.stat({ bigint: true });
    assertPlainFile(stats);
    if (!isSameFile(seen, stats)) throw new AppFault('evidence.changing');
    if (mustBeReal && !isSamePlace(await disk.realpath(path), path)) throw new AppFault('evidence.link');
    return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * A file system's clock ticks coarsely (FAT: 2 s): two writes within one tick leave the same times. The bytes of a file that fresh
 * are read a second time and compared; waiting for it to settle would never take the LOG of a tool that is at work.
 */
const coarseTickMs = 2_100;

/**
 * True when the file's times prove nothing and it must be read twice: it changed lately, or the system is Windows, which writes down
 * the time of a change when the last program that wrote lets go of the file. `nowMs` is epoch milliseconds.
 */
export function isFreshlyWritten(
  stats: Pick<BigIntStats, 'mtimeMs'>,
  nowMs: number,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform === 'win32' || Math.abs(nowMs - Number(stats.mtimeMs)) < coarseTickMs;
}
