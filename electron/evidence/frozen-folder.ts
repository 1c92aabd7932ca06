import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Sha256, sha256Schema } from '../../shared/domain/ids.ts';
import { fileRemovedOrLeft } from '../platform/locked-file-retry.ts';

/**
 * Where frozen bytes lie: `<first two digits>/<sha256>`, never under a name a person or a tool chose (A4). `incoming/` holds
 * copies under way and one empty `<sha256>.intent` for each that has its place but not yet its row.
 */
export type FrozenFolder = {
  readonly root: string;
  /** Absolute path of the bytes with this hash, whether they are there or not. */
  readonly fileOf: (sha256: Sha256) => string;
  /** A name for a copy under way that nobody else uses. */
  readonly newPart: () => string;
  /** Removes a copy under way; what cannot be removed now goes with the next sweep. Never fails. */
  readonly discard: (part: string) => Promise<void>;
  /** Notes that bytes are about to take their place. Durable before it returns. */
  readonly intend: (sha256: Sha256) => Promise<void>;
  /** Moves a finished copy to its place, replacing a damaged one. Durable before it returns. */
  readonly place: (part: string, sha256: Sha256) => Promise<void>;
  /** Forgets the intent, once the row is stored. Never fails: what stays goes with the next sweep. */
  readonly settle: (sha256: Sha256) => Promise<void>;
  /** Takes back bytes whose row could not be stored. Never fails: what stays goes with the next sweep. */
  readonly withdraw: (sha256: Sha256) => Promise<void>;
  /** Removes what a stopped copy left: parts, and placed bytes whose row was never stored. Call before anything is frozen. */
  readonly sweep: (hasRow: (sha256: Sha256) => boolean) => {
    readonly parts: number;
    readonly orphans: number;
  };
};

/** POSIX keeps a rename only once its folder is flushed; Windows has no such call and journals it. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What lies in the folder; nothing where it is not there, or something else has its name: the first copy says so. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Opens or makes the folder. On a disk that cannot be written the program still starts; each copy then says why it failed. */
export function frozenFolder(root: string): FrozenFolder {
  const incoming = join(root, 'incoming');
  try {
    mkdirSync(incoming, { recursive: true });
  } catch {
    // Told by the first copy, with the disk's own reason.
  }
  const fileOf = (sha256: Sha256): string => join(root, sha256.slice(0, 2), sha256);
  const intentOf = (sha256: Sha256): string => join(incoming, `${sha256}.intent`);
  return {
    root,
    fileOf,
    newPart: () => join(incoming, `${randomUUID()}.part`),
    discard: (part) => rm(part, { force: true }).catch(() => undefined),
    intend: async (sha256) => {
      await (await open(intentOf(sha256), 'w')).close();
      await flushFolder(incoming);
    },
    place: async (part, sha256) => {
      const target = fileOf(sha256);
      await mkdir(dirname(target), { recursive: true });
      await rename(part, target);
      await flushFolder(dirname(target));
      await flushFolder(root);
    },
    settle: (sha256) => rm(intentOf(sha256), { force: true }).catch(() => undefined),
    withdraw: (sha256) =>
      rm(fileOf(sha256), { force: true })
        .then(() => rm(intentOf(sha256), { force: true }))
        .catch(() => undefined),
    sweep: (hasRow) => {
      let parts = 0;
      let orphans = 0;
      for (const name of namesIn(incoming)) {
        const sha256 = sha256Schema.safeParse(name.replace(/\.intent$/u, ''));
        if (name.endsWith('.part')) parts += 1;
        if (name.endsWith('.intent') && sha256.success && !hasRow(sha256.data)) {
          const orphan = fileOf(sha256.data);
          fileRemovedOrLeft(orphan);
          orphans += 1;
          // Its intent stays with it, or nobody would find it again.
          if (existsSync(orphan)) continue;
        }
        fileRemovedOrLeft(join(incoming, name));
      }
      return { parts, orphans };
    },
  };
}
