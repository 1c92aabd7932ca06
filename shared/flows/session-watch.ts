import type { Seen } from '../domain/remote-session.ts';
import type { IncomingRow, LogEntry } from '../logs/teamviewer-log.ts';

/** One look at the three signals. `null` means that this signal could not be read, which is not the same as nothing there. */
export type Observation = {
  /** Whether TeamViewer itself runs, with somebody in or without: while it does, who left may come back. */
  readonly program: boolean | null;
  /** Whether TeamViewer's session process runs. */
  readonly process: boolean | null;
  /** Log entries new since the last look. */
  readonly log: readonly LogEntry[] | null;
  /** Finished connections new since the last look. */
  readonly incoming: readonly IncomingRow[] | null;
};

/** What was gathered so far. Times are instants in epoch milliseconds. */
export type SessionWatch = {
  readonly startedMs: number;
  readonly remote: ReadonlySet<string>;
  /** Latest instant at which somebody may have joined, by the log; null before the first. */
  readonly joinedMs: number | null;
  readonly logSaysEnded: boolean;
  readonly logIsDoubtful: boolean;
  /** Two were in at once and not everybody has left since: a line that names nobody may be anybody's. */
  readonly overlapped: boolean;
  /** Such a line came: who is still in cannot be told from the log. */
  readonly whoIsDoubtful: boolean;
  /** True while the session process that ran at the first look goes on: it belongs to somebody else's connection. Null before a look. */
  readonly processIsForeign: boolean | null;
  /** Somebody else's connection was there at some time: that nobody came cannot be told from silence alone any more. */
  readonly foreignSeen: boolean;
  readonly programSeen: boolean;
  /** Looks in a row without TeamViewer itself. */
  readonly programGoneFor: number;
  readonly processSeen: boolean;
  /** Looks in a row without the session process, after it had been seen. */
  readonly processGoneFor: number;
  /** The connection of this session that ended last, by the connections file. */
  readonly lastEnd: IncomingRow | null;
  readonly unreadable: {
    readonly program: boolean;
    readonly process: boolean;
    readonly log: boolean;
    readonly incoming: boolean;
  };
};

/** Looks without a process before it counts as gone: the session's is restarted when the picture changes its size. */
const goneLooks = 3;
/** The two files are written by different programs of TeamViewer; their seconds may differ by this much, in milliseconds. */
const slackMs = 2_000;

/** @param resumed the session was under way before this watch: a session process that runs at the first look is its own */
export function newSessionWatch(startedMs: number, resumed = false): SessionWatch {
  return {
    startedMs,
    remote: new Set(),
    joinedMs: null,
    logSaysEnded: false,
    logIsDoubtful: false,
    overlapped: false,
    whoIsDoubtful: false,
    processIsForeign: resumed ? false : null,
    foreignSeen: false,
    programSeen: false,
    programGoneFor: 0,
    processSeen: false,
    processGoneFor: 0,
    lastEnd: null,
    unreadable: { program: false, process: false, log: false, incoming: false },
  };
}

function afterJoined(watch: SessionWatch, participant: string, atMs: number): SessionWatch {
  const remote = new Set([...watch.remote, participant]);
  return {
    ...watch,
    remote,
    joinedMs: Math.max(atMs, watch.joinedMs ?? 0),
    logSaysEnded: false,
    logIsDoubtful: false,
    overlapped: watch.overlapped || remote.size > 1,
    whoIsDoubtful: false,
  };
}

/** One who left by name. Whoever was not known to be in came before the start: then there were two at once as well. */
function afterLeft(
  watch: SessionWatch,
  participant: string,
): Pick<SessionWatch, 'remote' | 'overlapped' | 'whoIsDoubtful'> {
  const remote = new Set([...watch.remote].filter((other) => other !== participant));
  if (remote.size === 0) return { remote, overlapped: false, whoIsDoubtful: false };
  return {
    remote,
    overlapped: watch.overlapped || !watch.remote.has(participant),
    whoIsDoubtful: watch.whoIsDoubtful,
  };
}

/** A connection that ended without a name: that of the only one who was in, or after two at once of nobody knows whom. */
function afterEnded(watch: SessionWatch): Pick<SessionWatch, 'remote' | 'overlapped' | 'whoIsDoubtful'> {
  if (watch.overlapped && watch.remote.size > 0)
    return { remote: watch.remote, overlapped: true, whoIsDoubtful: true };
  return { remote: new Set(), overlapped: false, whoIsDoubtful: watch.whoIsDoubtful };
}

/**
 * Takes in one entry. In the hour that comes twice a joining counts as new when it may be; a leaving that may be older than the
 * start is a doubt: after it the log neither says that it goes on nor that it is over.
 */
function afterEntry(watch: SessionWatch, { kind, instantsMs, ...entry }: LogEntry): SessionWatch {
  const fromMs = watch.startedMs - slackMs;
  if (instantsMs.length === 0 || Math.max(...instantsMs) < fromMs) return watch;
  const participant = 'participant' in entry ? String(entry.participant) : '';
  if (kind === 'joined') return afterJoined(watch, participant, Math.max(...instantsMs));
  const after = kind === 'left' ? afterLeft(watch, participant) : afterEnded(watch);
  const isSure = Math.min(...instantsMs) >= fromMs;
  return {
    ...watch,
    ...after,
    logSaysEnded: isSure && watch.joinedMs !== null && after.remote.size === 0,
    logIsDoubtful: !isSure || watch.logIsDoubtful,
  };
}

function afterLog(watch: SessionWatch, entries: readonly LogEntry[]): SessionWatch {
  let now = watch;
  for (const entry of entries) now = afterEntry(now, entry);
  return now;
}

type ProcessPart = Pick<SessionWatch, 'processIsForeign' | 'processSeen' | 'processGoneFor'>;

function afterProcess(watch: SessionWatch, runs: boolean | null): ProcessPart {
  const { processIsForeign, processSeen, processGoneFor } = watch;
  if (runs === null) return { processIsForeign, processSeen, processGoneFor };
  const isForeign = processIsForeign ?? runs;
  const goneFor = runs ? 0 : isForeign || processSeen ? processGoneFor + 1 : processGoneFor;
  // Once the other connection's process is gone, the next one that comes may be ours.
  if (isForeign)
    return {
      processIsForeign: goneFor < goneLooks,
      processSeen: false,
      processGoneFor: goneFor < goneLooks ? goneFor : 0,
    };
  return { processIsForeign: false, processSeen: processSeen || runs, processGoneFor: goneFor };
}

/** Takes in one more look. */
export function watchStep(before: SessionWatch, look: Observation): SessionWatch {
  const read = look.log === null ? before : afterLog(before, look.log);
  const fromMs = before.startedMs - slackMs;
  // A connection that began before the start is somebody else's: its end says nothing about this session.
  const ours = (look.incoming ?? []).filter(({ startMs }) => startMs >= fromMs);
  const ofProcess = afterProcess(read, look.process);
  const later = (one: IncomingRow | null, other: IncomingRow): IncomingRow =>
    one === null || other.endMs >= one.endMs ? other : one;
  return {
    ...read,
    ...ofProcess,
    foreignSeen: read.foreignSeen || ofProcess.processIsForeign === true,
    programSeen: read.programSeen || look.program === true,
    programGoneFor: look.program === null ? read.programGoneFor : look.program ? 0 : read.programGoneFor + 1,
    lastEnd: ours.reduce(later, read.lastEnd),
    unreadable: {
      program: look.program === null,
      process: look.process === null,
      log: look.log === null,
      incoming: look.incoming === null,
    },
  };
}

type Word = 'active' | 'ended' | 'silent';

/** A row is written when a connection ends: whether it speaks of one that was over, or just about, when the latest came. */
function isOfEarlier({ startMs, endMs }: IncomingRow, joinedMs: number | null): boolean {
  if (joinedMs === null) return false;
  return endMs < joinedMs - slackMs || (endMs < joinedMs + slackMs && startMs < joinedMs - slackMs);
}

function words(watch: SessionWatch): readonly Word[] {
  const { unreadable } = watch;
  const process: Word =
    unreadable.process || !watch.processSeen
      ? 'silent'
      : watch.processGoneFor === 0
        ? 'active'
        : watch.processGoneFor >= goneLooks
          ? 'ended'
          : 'silent';
  const log: Word =
    unreadable.log || watch.logIsDoubtful || watch.whoIsDoubtful || watch.joinedMs === null
      ? 'silent'
      : watch.remote.size > 0
        ? 'active'
        : watch.logSaysEnded
          ? 'ended'
          : 'silent';
  const incoming: Word =
    unreadable.incoming || watch.lastEnd === null || isOfEarlier(watch.lastEnd, watch.joinedMs)
      ? 'silent'
      : 'ended';
  return [process, log, incoming];
}

/**
 * What the signals say together. `left` needs two that say that nobody is in any more and none that says otherwise; `ended` needs
 * TeamViewer itself to be gone as well, for whoever left may come back while it runs; `active` needs one and none against it;
 * `waiting` is before anybody came, and where nobody did TeamViewer's own end is the end: there is nobody who could come back; everything else is `cannot-tell` (R-REMOTE-6: never wrongly ended).
 */
export function seenNow(watch: SessionWatch): Seen {
  const said = words(watch);
  const active = said.filter((word) => word === 'active').length;
  const ended = said.filter((word) => word === 'ended').length;
  const isProgramKnown = watch.programSeen && !watch.unreadable.program;
  const isProgramGone = isProgramKnown && watch.programGoneFor >= goneLooks;
  if (active > 0) return ended > 0 || isProgramGone ? 'cannot-tell' : 'active';
  if (ended >= 2) return isProgramGone ? 'ended' : isProgramKnown ? 'left' : 'cannot-tell';
  if (ended === 1) return 'cannot-tell';
  const { process, log, incoming } = watch.unreadable;
  const nobodyCame =
    watch.joinedMs === null &&
    !watch.processSeen &&
    watch.processIsForeign !== true &&
    watch.lastEnd === null;
  if (!nobodyCame || [process, log, incoming].filter(Boolean).length >= 2) return 'cannot-tell';
  return isProgramGone && !watch.foreignSeen ? 'ended' : 'waiting';
}
