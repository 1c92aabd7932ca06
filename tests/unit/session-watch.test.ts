import { describe, expect, test } from 'vitest';
import { newSessionWatch, type Observation, seenNow, watchStep } from '../../shared/flows/session-watch.ts';
import {
  type IncomingRow,
  type LogEntry,
  readIncomingLine,
  readLogLine,
  type WallToInstants,
} from '../../shared/logs/teamviewer-log.ts';
import { seededRandom } from '../portal/fault.ts';

const rome = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Rome',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const partsOf = (ms: number): readonly string[] => {
  const parts = Object.fromEntries(rome.formatToParts(ms).map(({ type, value }) => [type, value]));
  return [parts['year'], parts['month'], parts['day'], parts['hour'], parts['minute'], parts['second']].map(
    String,
  );
};
/** Rome's wall time, judged by the calendar itself: the zone is an hour or two ahead of UTC. */
const instantsOf: WallToInstants = (...wall) => {
  const [year, month, day, hour, minute, second] = wall;
  const text = wall.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join();
  return [1, 2]
    .map((ahead) => Date.UTC(year, month - 1, day, hour - ahead, minute, second))
    .filter((ms) => partsOf(ms).join() === text);
};
const logLine = (ms: number, text: string): string => {
  const [year, month, day, hour, minute, second] = partsOf(ms);
  return `${year}/${month}/${day} ${hour}:${minute}:${second}.123  4321  8765  S0  ${text}`;
};
const joined = (ms: number, who: string): string =>
  logLine(ms, `CPersistentParticipantManager::AddParticipant: [${who},-1] type=6 name=SUPPORT`);
const left = (ms: number, who: string): string =>
  logLine(ms, `CPersistentParticipantManager::RemoveParticipant: [${who},-1]`);
const utc = (ms: number): string =>
  new Date(ms).toISOString().replace(/^(\d{4})-(\d{2})-(\d{2})T(.{8}).*$/u, '$3-$2-$1 $4');
const guid = '{1b2c3d4e-0000-4000-8000-123456789abc}';
/** How a row may end: that of a phone has no number of its own. */
const rowEnds = [`\t${guid}`, `\t${guid}\t`, '\t\t', '\t', ''] as const;
const row = (startMs: number, endMs: number, rowEnd: string = rowEnds[0]): string =>
  `123456789\tSUPPORT\t${utc(startMs)}\t${utc(endMs)}\tmario\tRemoteControl${rowEnd}`;
const refused = (ms: number): string =>
  logLine(ms, 'SessionManagerDesktop::SessionTerminate: no session with ID=1234567, aborting login');

type Look = {
  readonly atMs: number;
  readonly program: boolean | null;
  readonly process: boolean | null;
  readonly log: readonly string[] | null;
  readonly incoming: readonly string[] | null;
};
const observed = ({ program, process, log, incoming }: Look): Observation => ({
  program,
  process,
  log:
    log?.flatMap((line): LogEntry[] => {
      const entry = readLogLine(line, instantsOf);
      return entry === null ? [] : [entry];
    }) ?? null,
  incoming:
    incoming?.flatMap((line): IncomingRow[] => {
      const entry = readIncomingLine(line);
      return entry === null ? [] : [entry];
    }) ?? null,
});

/** Days on which Rome's clock jumps are among the starts, at the very hour. */
const starts = [
  Date.UTC(2026, 10, 24, 17, 5),
  Date.UTC(2026, 9, 25, 0, 20),
  Date.UTC(2026, 9, 25, 1, 10),
  Date.UTC(2027, 2, 28, 0, 40),
  Date.UTC(2026, 11, 31, 22, 50),
];
const faults = [
  'none',
  'none',
  'none',
  'process-lies-gone',
  'process-unreadable',
  'log-unknown-version',
  'log-loses-joins',
  'log-loses-leaves',
  'log-unreadable',
  'incoming-off',
  'incoming-late',
  'incoming-unreadable',
  'process-flickers',
  'program-flickers',
  'program-lies-gone',
  'program-unreadable',
] as const;
/** Who is in besides those who come one after the other. */
const shapes = ['alone', 'alone', 'two-at-once', 'in-use-before'] as const;

type Connection = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly who: string;
  /** Not of this session: it began before the start. */
  readonly isForeign?: boolean;
  /** Its end is told without its name. */
  readonly isNameless?: boolean;
};
type Truth = 'before' | 'on' | 'gap' | 'over';
type Trace = {
  readonly startedMs: number;
  /** `isIn`: somebody is, also one who is not of this session. */
  readonly looks: readonly { readonly look: Look; readonly truth: Truth; readonly isIn: boolean }[];
  readonly fault: string;
  readonly shape: string;
  readonly quickSupport: boolean;
  readonly closes: boolean;
};

/**
 * One made-up session: people come, go and come back, two at once, or while somebody else's connection goes on; TeamViewer is closed
 * at the end or left open. One signal at most is broken for the whole of it; a QuickSupport has no process to tell of as well.
 */
function trace(seed: number): Trace {
  const random = seededRandom(seed);
  const startedMs = (starts[seed % starts.length] ?? 0) + Math.floor(random() * 600_000);
  const fault = faults[Math.floor(random() * faults.length)] ?? 'none';
  const shape = shapes[Math.floor(random() * shapes.length)] ?? 'alone';
  const quickSupport = random() < 0.3;
  const closes = random() < 0.75;
  const someone = (): string => String(100_000_000 + Math.floor(random() * 9e8));
  const connections: Connection[] = [];
  let atMs = startedMs + 5_000 + Math.floor(random() * 120_000);
  const firstMs = atMs;
  for (let index = 0; index < 1 + Math.floor(random() * 3); index += 1) {
    const toMs = atMs + 60_000 + Math.floor(random() * 2_400_000);
    connections.push({ fromMs: atMs, toMs, who: someone() });
    if (shape === 'two-at-once')
      connections.push({
        fromMs: atMs + 10_000,
        toMs: toMs - 20_000,
        who: someone(),
        isNameless: random() < 0.3,
      });
    atMs = toMs + 15_000 + Math.floor(random() * 300_000);
  }
  const lastMs = Math.max(...connections.map(({ toMs }) => toMs));
  if (shape === 'in-use-before')
    connections.push({
      fromMs: startedMs - 600_000,
      // Gone before anybody of ours comes, or while they are in.
      toMs: random() < 0.5 ? firstMs - 2_000 : firstMs + 30_000,
      who: someone(),
      isForeign: true,
      isNameless: random() < 0.3,
    });
  const closedMs = closes ? lastMs + 20_000 + Math.floor(random() * 60_000) : Number.POSITIVE_INFINITY;
  const lines = connections
    .flatMap(({ fromMs, toMs, who, isNameless }) => [
      { atMs: Math.max(fromMs, startedMs), text: joined(fromMs, who), kind: 'join' },
      {
        atMs: Math.max(fromMs, startedMs),
        text: logLine(fromMs, 'CStreamManager[1]: something else'),
        kind: 'noise',
      },
      // Somebody who is turned away while this one is in.
      ...(seed % 3 === 0
        ? [{ atMs: (fromMs + toMs) / 2, text: refused((fromMs + toMs) / 2), kind: 'noise' }]
        : []),
      ...(isNameless === true ? [] : [{ atMs: toMs, text: left(toMs, who), kind: 'leave' }]),
      { atMs: toMs, text: logLine(toMs, 'SessionTerminate'), kind: 'leave' },
    ])
    .sort((a, b) => a.atMs - b.atMs);
  const rows = connections.map(({ fromMs, toMs }) => ({
    atMs: toMs + 1_000 + (fault === 'incoming-late' ? 60_000 : 0),
    text: row(fromMs, toMs, rowEnds[seed % rowEnds.length]),
  }));
  // Before the start an earlier session of the same day stands in both files.
  lines.unshift(
    { atMs: startedMs, text: joined(startedMs - 7_200_000, '900000001'), kind: 'join' },
    { atMs: startedMs, text: left(startedMs - 3_700_000, '900000001'), kind: 'leave' },
  );
  rows.unshift({ atMs: startedMs, text: row(startedMs - 7_200_000, startedMs - 3_700_000) });
  const looks: { look: Look; truth: Truth; isIn: boolean }[] = [];
  let before = startedMs - 1;
  let flickered = 0;
  const process = (isOn: boolean, nowMs: number): boolean | null => {
    if (nowMs > closedMs) return false;
    if (quickSupport || fault === 'process-unreadable') return null;
    if (fault === 'process-lies-gone') return false;
    return isOn && !(fault === 'process-flickers' && random() < 0.2 && looks.at(-1)?.look.process === true);
  };
  const program = (nowMs: number): boolean | null => {
    if (fault === 'program-unreadable') return null;
    // At most two looks in a row, as when it is started anew after an update.
    flickered = fault === 'program-flickers' && flickered < 2 && random() < 0.3 ? flickered + 1 : 0;
    return nowMs <= closedMs && fault !== 'program-lies-gone' && flickered === 0;
  };
  for (let nowMs = startedMs; nowMs <= lastMs + 200_000; nowMs += 2_000) {
    const goesOn = ({ fromMs, toMs }: Connection): boolean => nowMs >= fromMs && nowMs <= toMs;
    const on = connections.some((one) => one.isForeign !== true && goesOn(one));
    const within = <T extends { readonly atMs: number }>(items: readonly T[]): readonly T[] =>
      items.filter((item) => item.atMs > before && item.atMs <= nowMs);
    const kept = within(lines)
      .filter(
        ({ kind }) =>
          !(fault === 'log-loses-joins' && kind === 'join') &&
          !(fault === 'log-loses-leaves' && kind === 'leave'),
      )
      .map(({ text }) =>
        fault === 'log-unknown-version' ? text.replace(/Participant|SessionTerminate/gu, 'X') : text,
      );
    const isIn = connections.some(goesOn);
    looks.push({
      isIn,
      truth: on ? 'on' : nowMs < firstMs ? 'before' : nowMs <= lastMs ? 'gap' : 'over',
      look: {
        atMs: nowMs,
        program: program(nowMs),
        process: process(isIn, nowMs),
        log: fault === 'log-unreadable' ? null : kept,
        incoming:
          fault === 'incoming-unreadable'
            ? null
            : fault === 'incoming-off'
              ? []
              : within(rows).map(({ text }) => text),
      },
    });
    before = nowMs;
  }
  return { startedMs, looks, fault, shape, quickSupport, closes };
}

const traces = Array.from({ length: 600 }, (_, seed) => ({ seed, ...trace(seed) }));
/** What is said at the end, by a watch that stops where the program would stop it. */
function lastWord({ startedMs, looks }: Trace): string {
  let watch = newSessionWatch(startedMs);
  for (const { look } of looks) {
    watch = watchStep(watch, observed(look));
    if (seenNow(watch) === 'ended') break;
  }
  return seenNow(watch);
}

describe('seenNow', () => {
  test('R-REMOTE-6: is right or cannot tell, and never wrongly ended, over 600 made-up sessions', () => {
    const counts: Record<string, number> = {
      looks: 0,
      cannotTell: 0,
      tracesProvedEnded: 0,
      tracesLeftOpen: 0,
    };
    const wrong: string[] = [];
    /** A look comes every two seconds, and a process counts as gone after three: this much later the truth must be known or in doubt. */
    const delayLooks = 4;
    for (const { seed, startedMs, looks, fault, shape, quickSupport } of traces) {
      // With a QuickSupport the log alone tells of a coming: where it is broken, only "left" and "ended" are held to.
      const isBlind = quickSupport && fault.startsWith('log-');
      let watch = newSessionWatch(startedMs);
      for (const [index, { look, truth, isIn }] of looks.entries()) {
        watch = watchStep(watch, observed(look));
        const seen = seenNow(watch);
        counts['looks'] = (counts['looks'] ?? 0) + 1;
        if (seen === 'cannot-tell') counts['cannotTell'] = (counts['cannotTell'] ?? 0) + 1;
        const settled = looks
          .slice(Math.max(0, index - delayLooks), index)
          .every((earlier) => earlier.truth === truth);
        const isWrong =
          // Between two connections it is not over either: nobody would look any more when they come back.
          (seen === 'ended' && truth !== 'over') ||
          (seen === 'left' && truth !== 'gap' && truth !== 'over') ||
          (settled &&
            !isBlind &&
            ((seen === 'active' && !isIn) || (seen === 'waiting' && truth !== 'before')));
        if (isWrong)
          wrong.push(`seed ${seed} ${fault} ${shape}: ${seen} at +${(look.atMs - startedMs) / 1_000} s`);
        // Here the program stops looking.
        if (seen === 'ended') break;
      }
      const last = seenNow(watch);
      if (last === 'ended') counts['tracesProvedEnded'] = (counts['tracesProvedEnded'] ?? 0) + 1;
      if (last === 'left') counts['tracesLeftOpen'] = (counts['tracesLeftOpen'] ?? 0) + 1;
    }
    console.log(JSON.stringify(counts));
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(counts['tracesProvedEnded']).toBeGreaterThan(200);
    expect(counts['tracesLeftOpen']).toBeGreaterThan(60);
  });

  test('R-REMOTE-6: proves the end of every session whose signals can be read once TeamViewer itself is gone, and never before', () => {
    // In the hour that comes twice the log's times may be those before the start: there, cannot-tell is right.
    const doubled = (ms: number): boolean => partsOf(ms).slice(0, 3).join() === '2026,10,25';
    const whole = traces.filter(
      ({ fault, shape, startedMs }) => fault === 'none' && shape === 'alone' && !doubled(startedMs),
    );
    expect(whole.length).toBeGreaterThan(20);
    for (const made of whole)
      expect([made.seed, lastWord(made)]).toEqual([made.seed, made.closes ? 'ended' : 'left']);
  });

  const startedMs = starts[0] ?? 0;
  const saidOf = (...looks: readonly Omit<Look, 'atMs'>[]) =>
    seenNow(
      looks.reduce(
        (watch, look) => watchStep(watch, observed({ ...look, atMs: startedMs })),
        newSessionWatch(startedMs),
      ),
    );
  const [a, b] = ['123456789', '987654321'];
  const at = startedMs + 10_000;
  const nobody = { program: true, process: false, log: [], incoming: [] };
  const gone = { program: false, process: false, log: [], incoming: [] };

  test('R-REMOTE-6: cannot tell when two signals disagree', () => {
    const inside = { program: true, process: true, log: [joined(at, a)], incoming: [] };
    expect(saidOf(nobody, inside)).toBe('active');
    expect(
      saidOf(nobody, inside, { ...inside, log: [left(at + 5_000, a)], incoming: [row(at, at + 5_000)] }),
    ).toBe('cannot-tell');
    // TeamViewer is gone, and by its log somebody is still in.
    expect(saidOf(nobody, inside, gone, gone, gone)).toBe('cannot-tell');
    expect(seenNow(newSessionWatch(startedMs))).toBe('waiting');
    // Nobody came and TeamViewer is gone: there is nobody who could come back.
    expect(saidOf(nobody, gone, gone)).toBe('waiting');
    expect(saidOf(nobody, gone, gone, gone)).toBe('ended');
    expect(saidOf({ program: null, process: null, log: null, incoming: [] })).toBe('cannot-tell');
  });

  test('R-REMOTE-6: who left may come back while TeamViewer is open, and its end counts after three looks without it', () => {
    const inside = { program: true, process: null, log: [joined(at, a)], incoming: [] };
    const out = { program: true, process: null, log: [left(at + 5_000, a)], incoming: [row(at, at + 5_000)] };
    expect(saidOf(inside, out)).toBe('left');
    expect(saidOf(inside, out, { ...inside, log: [joined(at + 15_000, a)] })).toBe('active');
    // Back within the second: the row of the time before is not taken for the end of this one.
    expect(saidOf(inside, out, { ...inside, log: [joined(at + 6_000, a)] })).toBe('active');
    expect(saidOf(inside, out, gone, gone)).toBe('left');
    expect(saidOf(inside, out, gone, gone, gone)).toBe('ended');
    expect(saidOf(inside, out, gone, gone, { ...gone, program: null })).toBe('cannot-tell');
  });

  test('R-REMOTE-6: one of two who leaves a QuickSupport ends nothing, whatever the line without a name says', () => {
    const both = { program: true, process: null, log: [joined(at, a), joined(at + 1_000, b)], incoming: [] };
    const oneOut = {
      program: true,
      process: null,
      log: [left(at + 5_000, b), logLine(at + 5_000, 'SessionTerminate')],
      incoming: [row(at + 1_000, at + 5_000)],
    };
    expect(saidOf(both, oneOut)).toBe('cannot-tell');
    expect(saidOf(both, oneOut, gone, gone, gone)).toBe('cannot-tell');
    const otherOut = {
      ...oneOut,
      log: [left(at + 9_000, a), logLine(at + 9_000, 'SessionTerminate')],
      incoming: [row(at, at + 9_000)],
    };
    expect(saidOf(both, oneOut, otherOut)).toBe('left');
  });

  test('R-REMOTE-6: a connection from before the start says nothing about this session', () => {
    const foreign = { program: true, process: true, log: [], incoming: [] };
    const foreignOut = { program: true, process: false, log: [], incoming: [row(startedMs - 600_000, at)] };
    expect(saidOf(foreign)).toBe('cannot-tell');
    expect(saidOf(foreign, foreignOut, nobody, nobody, gone, gone, gone)).toBe('waiting');
    // It ends while ours is in: by no signal is ours over.
    const inside = { ...foreign, log: [joined(at, a)] };
    const otherOut = {
      ...foreign,
      log: [logLine(at + 5_000, 'SessionTerminate')],
      incoming: [row(startedMs - 600_000, at + 5_000)],
    };
    expect(['active', 'cannot-tell']).toContain(saidOf(foreign, inside, otherOut));
    expect(saidOf(foreign, inside, otherOut, gone, gone, gone)).toBe('cannot-tell');
  });
});

describe('readLogLine', () => {
  test('a time of the hour that comes twice stands for two instants, one that is skipped for none', () => {
    expect(
      readLogLine('2026/10/25 02:30:00.000  1  2  S0  SessionTerminate', instantsOf)?.instantsMs,
    ).toEqual([Date.UTC(2026, 9, 25, 1, 30), Date.UTC(2026, 9, 25, 0, 30)]);
    expect(
      readLogLine('2027/03/28 02:30:00.000  1  2  S0  SessionTerminate', instantsOf)?.instantsMs,
    ).toEqual([]);
  });

  test.each([
    '',
    'no time SessionTerminate',
    '2026/11/24 18:05:00.000  1 2 S0 AddParticipant: [123456789,-1] type=3 name=HERE',
    '2026/11/24 18:20:00.000  2000  2100 S0   SessionManagerDesktop::SessionTerminate: no session with ID=1234567, aborting login',
    ...[
      'no such session, SessionTerminate',
      'SessionTerminate: session with ID 1234567 not found',
      'login of 987654321 was refused, SessionTerminate',
      'Login denied: SessionTerminate',
      'authentication failed, SessionTerminate',
      'SessionTerminate after aborted login',
      'SessionTerminate: session with ID=1234567 not found',
      'SessionTerminate: session 1234567 does not exist',
      'SessionTerminate: unknown session 1234567',
      'SessionTerminate: no active session',
      'SessionTerminate: connection rejected, wrong password',
      'rejecting the login: SessionTerminate',
      'refused authentication ::ReceivedEndSession()',
      'SessionTerminate: login was cancelled',
      'SessionTerminate: incorrect password',
      'SessionTerminate: login unsuccessful',
      'SessionTerminate: access not granted',
      'SessionTerminate: session 1234567 has not been found',
      'SessionTerminate: session with ID=1234567 no longer exists',
      'SessionTerminate: user rejected incoming session',
      'SessionTerminate: login timed out',
      'CLogin::AuthenticationFailed: SessionTerminate',
      'CServerLoginAborted::ReceivedEndSession()',
      'SessionManagerDesktop::LoginAborted SessionTerminate',
      'No session. Login of 987654321. SessionTerminate',
      'SessionTerminate: partner blocked by black list',
      'SessionTerminate: login attempt of 987654321 ended',
      'SessionTerminate: Anmeldung abgelehnt',
      'SessionTerminate: 拒否されました',
    ].map((words) => `2026/11/24 18:20:00.000  2000  2100 S0!! ${words}`),
    '  continued line of an entry',
  ])('nothing is read from %j', (line) => {
    expect(readLogLine(line, instantsOf)).toBeNull();
  });

  test.each([
    'SessionManagerDesktop::SessionTerminate',
    'SessionTerminate: session with ID 1234567 ended, login was at 18:01:02',
    'CServerSession::ReceivedEndSession()',
    'CStreamManager[7]::ReceivedEndSession()',
    'tvsessionprotocol::TVSessionProtocol::ReceivedEndSession() session 3',
    'SessionTerminate: session ended by remote partner, reason=0, duration 120 s',
  ])('an end is read from %j', (words) => {
    expect(readLogLine(`2026/11/24 18:20:00.000  2000  2100 S0   ${words}`, instantsOf)?.kind).toBe('ended');
  });

  test.each(rowEnds)('a row that ends with %j is read', (rowEnd) => {
    const [startMs, endMs] = [Date.UTC(2026, 10, 24, 17, 5), Date.UTC(2026, 10, 24, 17, 15)];
    for (const after of ['', '\r'])
      expect(readIncomingLine(row(startMs, endMs, rowEnd + after))).toEqual({ startMs, endMs });
  });

  test.each([
    'FileTransfer',
    'File Transfer',
    'Übertragung von Dateien',
    'Remote-Control',
  ])('a row of the type %j is read', (type) => {
    const [startMs, endMs] = [Date.UTC(2026, 10, 24, 17, 5), Date.UTC(2026, 10, 24, 17, 15)];
    expect(readIncomingLine(row(startMs, endMs).replace('RemoteControl', type))).toEqual({ startMs, endMs });
  });

  test.each([
    '',
    '123456789\tSUPPORT\t24-11-2026 17:05:00\t24-11-2026 17:15:00\tm\tRemoteControl\t{1b2c3d4e-0000',
    '123456789\tSUPPORT\t24-11-2026 17:05:00\t24-11-2026 17:15:00\tm\tRemoteControl\t\tmore',
    '123456789\tSUPPORT\t24-11-2026 17:05:00',
    '123456789\tS\t24-11-2026 17:05:00\t24-11-2026 17:04:00\tm\tRemoteControl\t{1b2c3d4e-0000-4000-8000-123456789abc}',
    // Day and month the other way round, as another language writes them: read as they stand, a row of last year would be of a year to come.
    '123456789\tS\t12-29-2025 17:05:00\t12-29-2025 17:14:00\tm\tRemoteControl\t{1b2c3d4e-0000-4000-8000-123456789abc}',
    '123456789\tS\t24-11-2026 17:05:00\t31-11-2026 17:14:00\tm\tRemoteControl\t{1b2c3d4e-0000-4000-8000-123456789abc}',
    '123456789\tS\t24-11-2026 17:05:00\t24-11-2026 25:14:00\tm\tRemoteControl\t{1b2c3d4e-0000-4000-8000-123456789abc}',
    '123456789\tS\t00-11-2026 17:05:00\t24-11-2026 17:14:00\tm\tRemoteControl\t{1b2c3d4e-0000-4000-8000-123456789abc}',
  ])('a half or impossible connection row %j is none', (line) => {
    expect(readIncomingLine(line)).toBeNull();
  });
});
