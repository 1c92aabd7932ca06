import type { LogEntry } from './teamviewer-log.ts';

/** Who is in by each log, since it is followed. */
export type InByLog = ReadonlyMap<string, ReadonlySet<string>>;

/** What logs say together that several programs of one PC write: an installed TeamViewer and a QuickSupport, or one of an earlier version. */
export type Together = { readonly entries: readonly LogEntry[]; readonly inside: InByLog };

/** Who is in by one log after this entry of it. */
function follow(inside: Set<string>, entry: LogEntry): void {
  if (entry.kind === 'ended') inside.clear();
  else if (entry.kind === 'left') inside.delete(entry.participant);
  else inside.add(entry.participant);
}

/**
 * Puts new entries of several logs into one order of time. An end that names nobody speaks of those who came in by the same log: where
 * nobody did and somebody is in by another, it is not theirs and says nothing (R-REMOTE-6).
 */
export function readTogether(before: InByLog, fresh: ReadonlyMap<string, readonly LogEntry[]>): Together {
  const inside = new Map([...before].map(([log, participants]) => [log, new Set(participants)]));
  let occupied = [...inside.values()].filter(({ size }) => size > 0).length;
  const dated = [...fresh].flatMap(([log, entries]) => {
    // A time that was skipped or is misread keeps its place behind the one before it.
    let atMs = Number.NEGATIVE_INFINITY;
    return entries.map((entry) => {
      atMs = Math.max(atMs, ...entry.instantsMs);
      return { log, entry, atMs };
    });
  });
  const entries: LogEntry[] = [];
  for (const { log, entry } of dated.sort((a, b) => a.atMs - b.atMs)) {
    const own = inside.get(log) ?? new Set<string>();
    inside.set(log, own);
    const isElsewhere = own.size === 0 && occupied > 0;
    if (entry.kind !== 'ended' || !isElsewhere) entries.push(entry);
    const wasIn = own.size > 0;
    follow(own, entry);
    occupied += Number(own.size > 0) - Number(wasIn);
  }
  return { entries, inside };
}
