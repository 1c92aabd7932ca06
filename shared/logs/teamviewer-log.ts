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

/** Words of a login that came to nothing, in whatever order; a line that also names an end speaks of that login alone. */
const refusedLogin = new RegExp(
  [
    String.raw`\bno (?:such |active |open |known )?session\b`,
    String.raw`\b(?:unknown|invalid) session\b`,
    String.raw`\bsession\b[^.;]{0,40}\b(?:not found|unknown|invalid|does not exist)\b`,
    String.raw`\b(?:login|logon|authentication|auth|connection|request|access)\b[^.;]{0,60}\b(?:refused|denied|rejected|failed|abort\w*)\b`,
    String.raw`\babort\w* (?:the )?(?:login|logon|authentication)\b`,
    String.raw`\b(?:refus\w+|den(?:y|ied)|reject\w+|failed) (?:the )?(?:login|logon|authentication|connection|request)\b`,
    String.raw`\bwrong (?:password|code)\b`,
  ].join('|'),
  'iu',
);

/**
 * One line of `TeamViewer15_Logfile.log` (FACT-TV-3), or null when it says nothing about a session. The strings are
 * undocumented: an unknown version makes this silent, never wrong. type=6 is the other side, type=3 this PC.
 */
export function readLogLine(line: string, instantsOf: WallToInstants): LogEntry | null {
  const head = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})\.\d{3}\s+(.*)$/u.exec(line);
  if (head === null) return null;
  const text = head[7] ?? '';
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = head.slice(1, 7).map(Number);
  const at = (): readonly number[] => instantsOf(year, month, day, hour, minute, second);
  const joined = /AddParticipant: \[(\d{8,11},-?\d+)\] type=6\b/u.exec(text);
  if (joined?.[1] !== undefined) return { kind: 'joined', participant: joined[1], instantsMs: at() };
  const left = /RemoveParticipant: \[(\d{8,11},-?\d+)\]/u.exec(text);
  if (left?.[1] !== undefined) return { kind: 'left', participant: left[1], instantsMs: at() };
  // A login that was refused ends no session: there was none with its number.
  if (refusedLogin.test(text)) return null;
  return /\bSessionTerminate\b|::ReceivedEndSession\(\)/u.test(text)
    ? { kind: 'ended', instantsMs: at() }
    : null;
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
