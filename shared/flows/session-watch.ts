import type { Seen } from '../domain/remote-session.ts';
import type { IncomingRow, LogEntry } from '../logs/teamviewer-log.ts';

/** One look at the three signals. `null` means that this signal could not be read, which is not the same as nothing there. */
export type Observation = {
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
  readonly processSeen: boolean;
  /** Looks in a row without the session process, after it had been seen. */
  readonly processGoneFor: number;
  readonly lastEndMs: number | null;
  readonly unreadable: { readonly process: boolean; readonly log: boolean; readonly incoming: boolean };
};

/** Looks without the process before it counts as gone: it is restarted when the picture changes its size. */
const goneLooks = 3;
/** The two files are written by different programs of TeamViewer; their seconds may differ by this much, in milliseconds. */
const slackMs = 2_000;

export function newSessionWatch(startedMs: number): SessionWatch {
  return {
    startedMs,
    remote: new Set(),
    joinedMs: null,
    logSaysEnded: false,
    logIsDoubtful: false,
    processSeen: false,
    processGoneFor: 0,
    lastEndMs: null,
    unreadable: { process: false, log: false, incoming: false },
  };
}

/**
 * Takes in one entry. In the hour that comes twice a joining counts as new when it may be; a leaving that may be older than the
 * start is a doubt: after it the log neither says that it goes on nor that it is over.
 */
function afterEntry(watch: SessionWatch, { kind, instantsMs, ...entry }: LogEntry): SessionWatch {
  const fromMs = watch.startedMs - slackMs;
  if (instantsMs.length === 0 || Math.max(...instantsMs) < fromMs) return watch;
  const participant = 'participant' in entry ? String(entry.participant) : '';
  if (kind === 'joined')
    return {
      ...watch,
      remote: new Set([...watch.remote, participant]),
      joinedMs: Math.max(...instantsMs, watch.joinedMs ?? 0),
      logSaysEnded: false,
      logIsDoubtful: false,
    };
  const remote = new Set(kind === 'left' ? [...watch.remote].filter((other) => other !== participant) : []);
  const isSure = Math.min(...instantsMs) >= fromMs;
  return {
    ...watch,
    remote,
    logSaysEnded: isSure && watch.joinedMs !== null && remote.size === 0,
    logIsDoubtful: !isSure || watch.logIsDoubtful,
  };
}

function afterLog(watch: SessionWatch, entries: readonly LogEntry[]): SessionWatch {
  let now = watch;
  for (const entry of entries) now = afterEntry(now, entry);
  return now;
}

/** Takes in one more look. */
export function watchStep(before: SessionWatch, look: Observation): SessionWatch {
  const read = look.log === null ? before : afterLog(before, look.log);
  const ends = (look.incoming ?? []).map((row) => row.endMs).filter((endMs) => endMs >= before.startedMs - slackMs);
  return {
    ...read,
    processSeen: read.processSeen || look.process === true,
    processGoneFor: look.process === false && read.processSeen ? read.processGoneFor + 1 : look.process === true ? 0 : read.processGoneFor,
    lastEndMs: ends.length === 0 ? read.lastEndMs : Math.max(...ends, read.lastEndMs ?? 0),
    unreadable: { process: look.process === null, log: look.log === null, incoming: look.incoming === null },
  };
}

type Word = 'active' | 'ended' | 'silent';

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
    unreadable.log || watch.logIsDoubtful || watch.joinedMs === null
      ? 'silent'
      : watch.remote.size > 0
        ? 'active'
        : watch.logSaysEnded
          ? 'ended'
          : 'silent';
  // A row is written when a connection ends; one from before the latest joining speaks of an earlier connection.
  const incoming: Word =
    unreadable.incoming || watch.lastEndMs === null || (watch.joinedMs !== null && watch.lastEndMs < watch.joinedMs - slackMs)
      ? 'silent'
      : 'ended';
  return [process, log, incoming];
}

/**
 * What the signals say together. `ended` needs two that say so and none that says otherwise; `active` needs one and none against
 * it; `waiting` is before anybody came; everything else is `cannot-tell` (R-REMOTE-6: never wrongly ended).
 */
export function verdictOf(watch: SessionWatch): Seen {
  const said = words(watch);
  const active = said.filter((word) => word === 'active').length;
  const ended = said.filter((word) => word === 'ended').length;
  if (active > 0) return ended > 0 ? 'cannot-tell' : 'active';
  if (ended >= 2) return 'ended';
  if (ended === 1) return 'cannot-tell';
  const { process, log, incoming } = watch.unreadable;
  const nobodyCame = watch.joinedMs === null && !watch.processSeen && watch.lastEndMs === null;
  return nobodyCame && [process, log, incoming].filter(Boolean).length < 2 ? 'waiting' : 'cannot-tell';
}
