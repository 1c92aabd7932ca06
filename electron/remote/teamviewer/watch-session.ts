import { join } from 'node:path';
import type { Observation } from '../../../shared/flows/session-watch.ts';
import { readIncomingLine, readLogLine, type WallToInstants } from '../../../shared/logs/teamviewer-log.ts';
import type { TeamViewerProcesses } from '../../../shared/rules/teamviewer-processes.ts';
import { type FileTail, fileTail, newestLog } from './file-tail.ts';

/** Every instant a wall time of this PC's own zone stands for: two in the hour that comes twice, none in the one that is skipped. */
export const wallToInstants: WallToInstants = (year, month, day, hour, minute, second) => {
  const first = new Date(year, month - 1, day, hour, minute, second).getTime();
  const candidates = [first - 3_600_000, first, first + 3_600_000];
  return candidates.filter((ms) => {
    const at = new Date(ms);
    return (
      at.getFullYear() === year &&
      at.getMonth() === month - 1 &&
      at.getDate() === day &&
      at.getHours() === hour &&
      at.getMinutes() === minute &&
      at.getSeconds() === second
    );
  });
};

export type WatchParts = {
  /** Folders where this TeamViewer may write: its own, and the one it uses when it was not installed. */
  readonly folders: readonly string[];
  readonly processes: () => Promise<TeamViewerProcesses>;
  /** True after a restart of this program: what was written meanwhile must be read too. */
  readonly fromStart: boolean;
};

/** Looks at the three signals each time it is asked; entries are given once. */
export function watchSession({ folders, processes, fromStart }: WatchParts): { readonly look: () => Promise<Observation> } {
  let log: FileTail | null = null;
  let followed: string | null = null;
  const incoming = folders.map((folder) => fileTail(join(folder, 'Connections_incoming.txt'), fromStart, null));
  let first = true;
  return {
    look: async () => {
      const newest = await newestLog(folders);
      if (newest !== null && newest.log !== followed) {
        // A log that appears later belongs to what was just started, so all of it is read; times sort out what is old.
        log = fileTail(newest.log, fromStart || !first, newest.old);
        followed = newest.log;
      }
      first = false;
      const [{ program, session }, lines, ...rows] = await Promise.all([
        processes(),
        log === null ? null : log.newLines(),
        ...incoming.map((tail) => tail.newLines()),
      ]);
      const readable = rows.filter((row) => row !== null);
      return {
        program,
        process: session,
        log: lines?.flatMap((line) => readLogLine(line, wallToInstants) ?? []) ?? null,
        incoming: readable.length === 0 ? null : readable.flat().flatMap((line) => readIncomingLine(line) ?? []),
      };
    },
  };
}
