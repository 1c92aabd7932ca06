import { stat, statfs } from 'node:fs/promises';
import { parse } from 'node:path';

/** What is asked about a whole drive; on Windows and elsewhere by different means. */
export type Drives = {
  /** Bytes free for an ordinary user where the folder lies. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** What two places on one drive have in common: the volume's number, on Windows the drive's letter. */
  readonly driveOf: (path: string) => Promise<string>;
};

export const realDrives: Drives = {
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  driveOf: async (path) =>
    process.platform === 'win32' ? parse(path).root.toLowerCase() : String((await stat(path)).dev),
};
