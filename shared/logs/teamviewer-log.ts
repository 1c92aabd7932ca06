/** One entry of TeamViewer's log. Its time is local to the PC: in the hour that comes twice it stands for two instants. */
export type LogEntry =
  | { readonly kind: 'joined' | 'left'; readonly participant: string; readonly instantsMs: readonly number[] }
  | { readonly kind: 'ended'; readonly instantsMs: readonly number[] };

/** A local wall time of the PC, as the log writes it, to every instant it may stand for; none for a time that was skipped. */
export type WallToInstants = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
) => readonly number[];

/**
 * Words that may stand beside an end and leave it one. A line with any other word is not understood, and says nothing: a login that
 * was refused is told in ever new words, and ends no session.
 */
const wordsOfAnEnd: ReadonlySet<string> = new Set(
  [
    'session sessions id ids number of the a by at on in from to for with is was has been and after since',
    'end ends ended ending close closes closed closing terminate terminates terminated terminating stop stopped stopping',
    'finished finishing over done normal normally regular regularly gracefully complete completed completely',
    'partner peer remote local user participant participants side supporter host client server device computer desktop',
    'reason type state status mode duration time start started last ms s sec second seconds min minutes ok success',
    'logged out left',
  ].flatMap((words) => words.split(' ')),
);
/** The time of a login that had succeeded; a login in any other words is one that came to nothing. */
const loginTime = /\blog(?:in|on) (?:was )?at\b/giu;
/** A part of the program that is about getting in ends no session, whatever else its line says. */
const partOfLogin =
  /log[io]n|auth|access|abort|cancel|refus|reject|den[iy]|fail|block|invalid|unknown|error|timeout/iu;
const endMark = /\bSessionTerminate\b|::ReceivedEndSession\(\)/u;

/** Whether a word, or the name of a part of the program (`CServerSession::ReceivedEndSession`), may stand in the line of an end. */
function belongsToAnEnd(word: string): boolean {
  if (word.includes('::')) return !partOfLogin.test(word);
  return word
    .split(':')
    .every(
      (part) => part === 'SessionTerminate' || !/^\p{L}/u.test(part) || wordsOfAnEnd.has(part.toLowerCase()),
    );
}

/** Whether a line is the end of a session: it carries the mark of one, and nothing in it is not understood. */
function tellsAnEnd(text: string): boolean {
  if (!endMark.test(text)) return false;
  // The process, the thread and the level of the entry stand before its words; a level is a letter, a digit where it has one, and marks.
  return text
    .replace(/^[\d\s]*[A-Z]\d?!*\s/u, '')
    .replace(loginTime, ' ')
    .replace(/\[\d*\]/gu, '')
    .split(/[^\p{L}\p{M}\p{N}_:]+/u)
    .every(belongsToAnEnd);
}

/**
 * One line of `TeamViewer15_Logfile.log` (FACT-TV-3), or null when it says nothing about a session. The strings are
 * undocumented: an unknown version makes this silent, never wrong. type=6 is the other side, type=3 this PC.
 */
export function readLogLine(line: string, instantsOf: WallToInstants): LogEntry | null {
  const head = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})\.\d{3}\s/u.exec(line);
  if (head === null) return null;
  const text = line.slice(head[0].length).trimStart();
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = head.slice(1, 7).map(Number);
  const at = (): readonly number[] => instantsOf(year, month, day, hour, minute, second);
  const joined = /AddParticipant: \[(\d{8,11},-?\d+)\] type=6\b/u.exec(text);
  if (joined?.[1] !== undefined) return { kind: 'joined', participant: joined[1], instantsMs: at() };
  const left = /RemoveParticipant: \[(\d{8,11},-?\d+)\]/u.exec(text);
  if (left?.[1] !== undefined) return { kind: 'left', participant: left[1], instantsMs: at() };
  return tellsAnEnd(text) ? { kind: 'ended', instantsMs: at() } : null;
}

/** One finished connection of `Connections_incoming.txt`; its times are UTC (FACT-TV-4). */
export type IncomingRow = { readonly startMs: number; readonly endMs: number };

function utcOf(text: string | undefined): number {
  const match = /^(\d{2})-(\d{2})-(\d{4}) (\d{2}):(\d{2}):(\d{2})$/u.exec(text ?? '');
  if (match === null) return Number.NaN;
  const [, day = '', month = '', year = '', ...time] = match;
  const atMs = Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`);
  // A day in place of a month, as some write it, would be a time to come; so would 31 February be one in March.
  return !Number.isNaN(atMs) && new Date(atMs).getUTCDate() === Number(day) ? atMs : Number.NaN;
}

/** A line of the connections file, or null when it is not a whole one; it may be caught half-written. A phone that connects has no number of its own. */
export function readIncomingLine(line: string): IncomingRow | null {
  const [peer, , start, end, , type, id = '', ...more] = line.split('\t').map((column) => column.trim());
  if (
    !/^\d{8,11}$/u.test(peer ?? '') ||
    !/^[\p{L}\p{N}_][\p{L}\p{N}_ -]*$/u.test(type ?? '') ||
    !/^(?:\{[0-9a-f-]{36}\})?$/iu.test(id)
  )
    return null;
  if (more.some((column) => column !== '')) return null;
  const [startMs, endMs] = [utcOf(start), utcOf(end)];
  return Number.isNaN(startMs) || Number.isNaN(endMs) || endMs < startMs ? null : { startMs, endMs };
}
