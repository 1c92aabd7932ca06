import {
  type BigIntStats,
  closeSync,
  type Dirent,
  fstatSync,
  fsyncSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  opendirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppFault } from '../../../shared/domain/app-error.ts';
import type { SkipReason, StopReason } from '../../../shared/domain/backup.ts';
import { sourceFault } from '../../evidence/source-fault.ts';
import { faultCode } from '../../platform/fault-code.ts';

/**
 * Every call a backup makes to a disk, each running to its end: it is used on threads that nobody waits for, where a small file
 * costs no hop to another thread. A parameter so that tests can pull the cable, fill the disk and flip bits.
 */
export type BackupDisk = {
  readonly source: {
    readonly lstat: (path: string) => BigIntStats;
    readonly open: (path: string, flags: number) => number;
  };
  /** Entries of a folder; closed when no more are asked for. */
  readonly list: (folder: string) => Iterable<Dirent>;
  readonly target: {
    readonly open: (path: string, flags: number | string, mode?: number) => number;
    /** True when the folder was not there before. */
    readonly mkdir: (folder: string) => boolean;
    readonly rename: (from: string, to: string) => void;
    readonly rm: (path: string) => void;
    readonly write: (
      file: number,
      bytes: Uint8Array,
      offset: number,
      length: number,
      position: number,
    ) => number;
    readonly utimes: (file: number, atime: number, mtime: number) => void;
    readonly flush: (file: number) => void;
  };
  readonly stat: (file: number) => BigIntStats;
  readonly read: (
    file: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => number;
  readonly close: (file: number) => void;
};

function* entriesOf(folder: string): Generator<Dirent> {
  const listing = opendirSync(folder, { bufferSize: 256 });
  try {
    for (let entry = listing.readSync(); entry !== null; entry = listing.readSync()) yield entry;
  } finally {
    listing.closeSync();
  }
}

export const realBackupDisk: BackupDisk = {
  source: { lstat: (path) => lstatSync(path, { bigint: true }), open: openSync },
  list: entriesOf,
  target: {
    open: openSync,
    mkdir: (folder) => mkdirSync(folder, { recursive: true }) !== undefined,
    rename: renameSync,
    rm: (path) => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
    write: writeSync,
    utimes: futimesSync,
    flush: fsyncSync,
  },
  stat: (file) => fstatSync(file, { bigint: true }),
  read: readSync,
  close: closeSync,
};

/** The folder of ours below the destination: one place for every repeat, so that only what changed is copied. */
export function backupRoot(destination: string): string {
  return join(destination, 'Officina Support backup');
}

/** Below it lie copies that are not whole yet; emptied at every start. No chosen folder's copy may have this name. */
export const inProgress = '.in-progress';

/** Ends the whole backup; thrown through the copying, told across the thread, caught where it is run. */
export class BackupStop extends Error {
  readonly reason: StopReason;
  constructor(reason: StopReason) {
    super(reason);
    this.name = 'BackupStop';
    this.reason = reason;
  }
}

/** Leaves one file out; the rest goes on. */
export class FileSkip extends Error {
  readonly reason: SkipReason;
  constructor(reason: SkipReason) {
    super(reason);
    this.name = 'FileSkip';
    this.reason = reason;
  }
}

/** Runs work on the destination: what fails there concerns the backup and not the file, save for a name the disk cannot hold. */
export function onTarget<T>(work: () => T, platform: NodeJS.Platform = process.platform): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BackupStop || error instanceof FileSkip) throw error;
    const code = faultCode(error);
    // On Windows another program holds a copy that lies there; elsewhere the whole device is busy.
    if (code === 'EBUSY' && platform === 'win32') throw new BackupStop('destination-refuses');
    switch (code) {
      case 'ENOSPC':
      case 'EDQUOT':
        throw new BackupStop('disk-full');
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
        throw new BackupStop('destination-refuses');
      case 'ENAMETOOLONG':
      case 'EINVAL':
        throw new FileSkip('name-too-long');
      case 'ENOENT':
      case 'ENOTDIR':
      case 'EIO':
      case 'ENODEV':
      case 'ENXIO':
      case 'EBADF':
      case 'EBUSY':
      case 'ESTALE':
      case 'ETIMEDOUT':
        throw new BackupStop('destination-gone');
      // Node has no word of its own for what Windows says of a drive that was pulled out, of one not ready and of a share that went away.
      case 'UNKNOWN':
        throw new BackupStop('destination-gone');
      default:
        throw error;
    }
  }
}

const skipOfFault: Readonly<Record<string, SkipReason>> = {
  'evidence.link': 'link',
  'evidence.notAFile': 'special',
  'evidence.cloudPlaceholder': 'cloud-only',
  'evidence.locked': 'locked',
  'evidence.unreadable': 'no-permission',
  'evidence.vanished': 'vanished',
  'evidence.changing': 'changing',
};

/** What kept a source from being read, as a reason for the receipt; the thrown thing itself when it stops everything or is unknown. */
export function asSkip(error: unknown): unknown {
  if (error instanceof BackupStop || error instanceof FileSkip) return error;
  if (faultCode(error) === 'EIO' || faultCode(error) === 'UNKNOWN') return new FileSkip('read-error');
  if (faultCode(error) === 'ENAMETOOLONG') return new FileSkip('name-too-long');
  const known = sourceFault(error);
  const reason = known instanceof AppFault ? skipOfFault[known.error.code] : undefined;
  return reason === undefined ? error : new FileSkip(reason);
}
