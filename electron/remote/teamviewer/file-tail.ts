import { open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Whole lines written since the last look; null when the file cannot be read now. */
export type FileTail = { readonly newLines: () => Promise<readonly string[] | null> };

/** Most that is read at one look, in bytes; TeamViewer rolls its log at 1 MB. */
const mostBytes = 4 * 1024 * 1024;

async function bytesFrom(path: string, position: number): Promise<Buffer | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.max(0, Math.min(size - position, mostBytes)));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Follows a text file that another program writes and rolls over. Lines are given whole: the last, half-written one waits for its
 * end. When the file became shorter, what was still unread of the old one is read from where it was moved to.
 * @param rolledTo where the other program moves the old file; null when it has no such habit
 */
export function fileTail(path: string, fromStart: boolean, rolledTo: string | null): FileTail {
  let position: number | null = fromStart ? 0 : null;
  let rest = Buffer.alloc(0);
  const take = (bytes: Buffer): string[] => {
    const all = Buffer.concat([rest, bytes]);
    const end = all.lastIndexOf(10) + 1;
    rest = Buffer.from(all.subarray(end));
    return all.subarray(0, end).toString('utf8').split(/\r?\n/u).slice(0, -1);
  };
  return {
    newLines: async () => {
      const size = await stat(path).then(
        (stats) => stats.size,
        () => null,
      );
      if (size === null) {
        // Not there yet: whatever will be written into it is new.
        position ??= 0;
        return null;
      }
      position ??= size;
      const lines: string[] = [];
      if (size < position) {
        const old = rolledTo === null ? null : await bytesFrom(rolledTo, position);
        if (old !== null) lines.push(...take(old));
        rest = Buffer.alloc(0);
        position = 0;
      }
      const bytes = await bytesFrom(path, position);
      if (bytes === null) return lines.length > 0 ? lines : null;
      position += bytes.length;
      return [...lines, ...take(bytes)];
    },
  };
}

/** The log of the running version among those in the folders: the one written last. Null when there is none. */
export async function newestLog(folders: readonly string[]): Promise<{ readonly log: string; readonly old: string } | null> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      return Promise.all(
        names
          .filter((name) => /^TeamViewer\d{1,3}_Logfile\.log$/u.test(name))
          .map(async (name) => ({
            path: join(folder, name),
            atMs: await stat(join(folder, name)).then(
              (stats) => stats.mtimeMs,
              () => 0,
            ),
          })),
      );
    }),
  );
  const newest = found.flat().sort((a, b) => b.atMs - a.atMs)[0];
  return newest === undefined
    ? null
    : {
        log: newest.path,
        old: join(dirname(newest.path), newest.path.slice(dirname(newest.path).length + 1).replace(/\.log$/u, '_OLD.log')),
      };
}
