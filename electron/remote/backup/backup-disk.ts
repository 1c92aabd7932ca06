import { lutimes, mkdir, open, opendir, rename, rm, stat, statfs } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join, parse } from 'node:path';
import { AppFault } from '../../../shared/domain/app-error.ts';
import type { SkipReason, StopReason } from '../../../shared/domain/backup.ts';
import { realSourceDisk, type SourceDisk } from '../../evidence/source-file.ts';
import { sourceFault } from '../../evidence/lock-patience.ts';

/** Every call a backup makes to a disk; a parameter so that tests can pull the cable, fill the disk and flip bits. */
export type BackupDisk = {
  readonly source: SourceDisk;
  readonly list: (folder: string) => Promise<AsyncIterable<Dirent>>;
  readonly target: { readonly open: typeof open; readonly mkdir: typeof mkdir; readonly rename: typeof rename; readonly rm: typeof rm; readonly utimes: typeof lutimes };
  /** Bytes free for an ordinary user where the folder lies. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** What two places on one drive have in common: the volume's number, on Windows the drive's letter. */
  readonly driveOf: (path: string) => Promise<string>;
};

export const realBackupDisk: BackupDisk = {
  source: realSourceDisk,
  list: (folder) => opendir(folder, { bufferSize: 256 }),
  target: { open, mkdir, rename, rm, utimes: lutimes },
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  driveOf: async (path) => (process.platform === 'win32' ? parse(path).root.toLowerCase() : String((await stat(path)).dev)),
};

/** The folder of ours below the destination: one place for every repeat, so that only what changed is copied. */
export function backupRoot(destination: string): string {
  return join(destination, 'Officina Support backup');
}

/** Below it lie copies that are not whole yet; emptied at every start. No chosen folder's copy may have this name. */
export const inProgress = '.in-progress';

/** Ends the whole backup; thrown through the copying, caught where it is run. */
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

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '');

/** Runs work on the destination: what fails there concerns the backup and not the file, save for a name the disk cannot hold. */
export async function onTarget<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupStop || error instanceof FileSkip) throw error;
    switch (codeOf(error)) {
      case 'ENOSPC': case 'EDQUOT': throw new BackupStop('disk-full');
      case 'EACCES': case 'EPERM': case 'EROFS': throw new BackupStop('destination-refuses');
      case 'ENAMETOOLONG': case 'EINVAL': throw new FileSkip('name-too-long');
      case 'ENOENT': case 'ENOTDIR': case 'EIO': case 'ENODEV': case 'ENXIO': case 'EBADF': case 'EBUSY': case 'ESTALE': throw new BackupStop('destination-gone');
      default: throw error;
    }
  }
}

const skipOfFault: Readonly<Record<string, SkipReason>> = {
  'evidence.link': 'link', 'evidence.notAFile': 'special', 'evidence.cloudPlaceholder': 'cloud-only', 'evidence.locked': 'locked',
  'evidence.unreadable': 'no-permission', 'evidence.vanished': 'vanished', 'evidence.changing': 'changing',
};

/** What kept a source from being read, as a reason for the receipt; the thrown thing itself when it stops everything or is unknown. */
export function asSkip(error: unknown): unknown {
  if (error instanceof BackupStop || error instanceof FileSkip) return error;
  if (codeOf(error) === 'EIO') return new FileSkip('read-error');
  if (codeOf(error) === 'ENAMETOOLONG') return new FileSkip('name-too-long');
  const known = sourceFault(error);
  const reason = known instanceof AppFault ? skipOfFault[known.error.code] : undefined;
  return reason === undefined ? error : new FileSkip(reason);
}
