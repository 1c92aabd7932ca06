import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Observation } from '../../../shared/flows/session-watch.ts';
import { type InByLog, readTogether } from '../../../shared/logs/several-logs.ts';
import {
  type IncomingRow,
  type LogEntry,
  readIncomingLine,
  readLogLine,
  type WallToInstants,
} from '../../../shared/logs/teamviewer-log.ts';
import type { TeamViewerProcesses } from '../../../shared/rules/teamviewer-processes.ts';
import { type FileTail, fileTail } from './file-tail.ts';

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
  /** Folders where this TeamViewer may write: its own, and those it uses when it was not installed. */
  readonly folders: readonly string[];
  readonly processes: () => Promise<TeamViewerProcesses>;
  /** True after a restart of this program: what was written meanwhile must be read too. */
  readonly fromStart: boolean;
};

/** Each log of TeamViewer in the folders, whatever its version, with the place it is rolled over to. */
async function logsIn(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder).catch(() => [])).map((name) => [folder, name] as const),
    ),
  );
  const logs = names.flat().filter(([, name]) => /^TeamViewer\d{1,3}_Logfile\.log$/iu.test(name));
  return new Map(
    logs.map(([folder, name]) => [join(folder, name), join(folder, name.replace(/\.log$/iu, '_OLD.log'))]),
  );
}

type LogsLook = () => Promise<readonly LogEntry[] | null>;

/**
 * Follows every log there is: which one is in use shows by who writes into it, for a scanner touches an old one as well. Null while
 * none can be read, and while one cannot that has told something, or that may be the one in use because none has.
 */
function watchLogs(folders: readonly string[], fromStart: boolean): LogsLook {
  const tails = new Map<string, { readonly tail: FileTail; hasSpoken: boolean }>();
  let inside: InByLog = new Map();
  let first = true;
  return async () => {
    for (const [log, old] of await logsIn(folders)) {
      // A log that appears later belongs to what was just started, so all of it is read; times sort out what is old.
      if (!tails.has(log))
        tails.set(log, { tail: fileTail(log, fromStart || !first, old), hasSpoken: false });
    }
    first = false;
    const fresh = new Map<string, readonly LogEntry[]>();
    const unread: boolean[] = [];
    for (const [log, followed] of tails) {
      const lines = await followed.tail.newLines();
      if (lines === null) unread.push(followed.hasSpoken);
      else
        fresh.set(
          log,
          lines.flatMap((line) => readLogLine(line, wallToInstants) ?? []),
        );
      if (lines !== null && lines.length > 0) followed.hasSpoken = true;
    }
    const together = readTogether(inside, fresh);
    inside = together.inside;
    const hasAnySpoken = [...tails.values()].some(({ hasSpoken }) => hasSpoken);
    const isBlind = fresh.size === 0 || unread.some((hadSpoken) => hadSpoken || !hasAnySpoken);
    return isBlind && together.entries.length === 0 ? null : together.entries;
  };
}

/** Rows of the connections files, each once: a row is written again where a file is, and a half of one may have been read before it. */
function watchRows(
  folders: readonly string[],
  fromStart: boolean,
): () => Promise<readonly IncomingRow[] | null> {
  const tails = folders.map((folder) => fileTail(join(folder, 'Connections_incoming.txt'), fromStart, null));
  const seen = new Set<string>();
  return async () => {
    const found = await Promise.all(tails.map((tail) => tail.newLines()));
    const readable = found.filter((lines) => lines !== null).flat();
    const rows = readable.flatMap((line) => {
      const row = readIncomingLine(line);
      const key = line.split('\t').slice(0, 4).join('\t').trim();
      if (row === null || seen.has(key)) return [];
      seen.add(key);
      return [row];
    });
    return found.every((lines) => lines === null) ? null : rows;
  };
}

/** Looks at the three signals each time it is asked; entries are given once. */
export function watchSession({ folders, processes, fromStart }: WatchParts): {
  readonly look: () => Promise<Observation>;
} {
  const logs = watchLogs(folders, fromStart);
  const connections = watchRows(folders, fromStart);
  return {
    look: async () => {
      const [{ program, session }, log, incoming] = await Promise.all([processes(), logs(), connections()]);
      return { program, process: session, log, incoming };
    },
  };
}
