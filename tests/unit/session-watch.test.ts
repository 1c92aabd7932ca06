import { describe, expect, test } from 'vitest';
import { newSessionWatch, type Observation, verdictOf, watchStep } from '../../shared/flows/session-watch.ts';
import { type IncomingRow, type LogEntry, readIncomingLine, readLogLine, type WallToInstants } from '../../shared/logs/teamviewer-log.ts';
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
  return [parts['year'], parts['month'], parts['day'], parts['hour'], parts['minute'], parts['second']].map(String);
};
/** Rome's wall time, judged by the calendar itself: the zone is an hour or two ahead of UTC. */
const instantsOf: WallToInstants = (...wall) => {
  const [year, month, day, hour, minute, second] = wall;
  const text = wall.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join();
  return [1, 2].map((ahead) => Date.UTC(year, month - 1, day, hour - ahead, minute, second)).filter((ms) => partsOf(ms).join() === text);
};
const logLine = (ms: number, text: string): string => {
  const [year, month, day, hour, minute, second] = partsOf(ms);
  return `${year}/${month}/${day} ${hour}:${minute}:${second}.123  4321  8765  S0  ${text}`;
};
const joined = (ms: number, who: string): string =>
  logLine(ms, `CPersistentParticipantManager::AddParticipant: [${who},-1] type=6 name=SUPPORT`);
const left = (ms: number, who: string): string => logLine(ms, `CPersistentParticipantManager::RemoveParticipant: [${who},-1]`);
const utc = (ms: number): string => new Date(ms).toISOString().replace(/^(\d{4})-(\d{2})-(\d{2})T(.{8}).*$/u, '$3-$2-$1 $4');
const row = (startMs: number, endMs: number): string =>
  `123456789\tSUPPORT\t${utc(startMs)}\t${utc(endMs)}\tmario\tRemoteControl\t{1b2c3d4e-0000-4000-8000-123456789abc}`;

type Look = {
  readonly atMs: number;
  readonly process: boolean | null;
  readonly log: readonly string[] | null;
  readonly incoming: readonly string[] | null;
};
const observed = ({ process, log, incoming }: Look): Observation => ({
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
] as const;

/** One made-up session: people come, go and come back; one signal at most is broken for the whole of it. */
function trace(seed: number): {
  readonly startedMs: number;
  readonly looks: readonly { readonly look: Look; readonly truth: 'before' | 'on' | 'over' }[];
  readonly fault: string;
} {
  const random = seededRandom(seed);
  const startedMs = (starts[seed % starts.length] ?? 0) + Math.floor(random() * 600_000);
  const fault = faults[Math.floor(random() * faults.length)] ?? 'none';
  const sessions: { readonly fromMs: number; readonly toMs: number; readonly who: string }[] = [];
  let atMs = startedMs + 5_000 + Math.floor(random() * 120_000);
  for (let index = 0; index < 1 + Math.floor(random() * 3); index += 1) {
    const toMs = atMs + 10_000 + Math.floor(random() * 2_400_000);
    sessions.push({ fromMs: atMs, toMs, who: String(100_000_000 + Math.floor(random() * 9e8)) });
    atMs = toMs + 15_000 + Math.floor(random() * 300_000);
  }
  const lines = sessions.flatMap(({ fromMs, toMs, who }) => [
    { atMs: fromMs, text: joined(fromMs, who), kind: 'join' },
    { atMs: fromMs + 1, text: logLine(fromMs, 'CStreamManager[1]: something else'), kind: 'noise' },
    { atMs: toMs, text: left(toMs, who), kind: 'leave' },
    { atMs: toMs, text: logLine(toMs, 'SessionTerminate'), kind: 'leave' },
  ]);
  const rows = sessions.map(({ fromMs, toMs }) => ({
    atMs: toMs + 1_000 + (fault === 'incoming-late' ? 60_000 : 0),
    text: row(fromMs, toMs),
  }));
  // Before the start an earlier session of the same day stands in both files.
  lines.unshift(
    { atMs: startedMs, text: joined(startedMs - 7_200_000, '900000001'), kind: 'join' },
    { atMs: startedMs, text: left(startedMs - 3_700_000, '900000001'), kind: 'leave' },
  );
  rows.unshift({ atMs: startedMs, text: row(startedMs - 7_200_000, startedMs - 3_700_000) });
  const looks: { look: Look; truth: 'before' | 'on' | 'over' }[] = [];
  let before = startedMs - 1;
  for (let nowMs = startedMs; nowMs <= atMs + 60_000; nowMs += 2_000) {
    const on = sessions.some(({ fromMs, toMs }) => nowMs >= fromMs && nowMs <= toMs);
    const within = <T extends { readonly atMs: number }>(items: readonly T[]): readonly T[] =>
      items.filter((item) => item.atMs > before && item.atMs <= nowMs);
    const kept = within(lines)
      .filter(({ kind }) => !(fault === 'log-loses-joins' && kind === 'join') && !(fault === 'log-loses-leaves' && kind === 'leave'))
      .map(({ text }) => (fault === 'log-unknown-version' ? text.replace(/Participant|SessionTerminate/gu, 'X') : text));
    const flickers = fault === 'process-flickers' && random() < 0.2 && looks.at(-1)?.look.process === true;
    looks.push({
      truth: on ? 'on' : nowMs < (sessions[0]?.fromMs ?? 0) ? 'before' : 'over',
      look: {
        atMs: nowMs,
        process: fault === 'process-unreadable' ? null : fault === 'process-lies-gone' ? false : on && !flickers,
        log: fault === 'log-unreadable' ? null : kept,
        incoming: fault === 'incoming-unreadable' ? null : fault === 'incoming-off' ? [] : within(rows).map(({ text }) => text),
      },
    });
    before = nowMs;
  }
  return { startedMs, looks, fault };
}

describe('verdictOf', () => {
  test('R-REMOTE-6 is right or cannot tell, and never wrongly ended, over 400 made-up sessions', () => {
    const counts: Record<string, number> = { looks: 0, cannotTell: 0, tracesProvedEnded: 0 };
    const wrong: string[] = [];
    /** A look comes every two seconds, and a process counts as gone after three: this much later the truth must be known or in doubt. */
    const delayLooks = 4;
    for (let seed = 0; seed < 400; seed += 1) {
      const { startedMs, looks, fault } = trace(seed);
      let watch = newSessionWatch(startedMs);
      for (const [index, { look, truth }] of looks.entries()) {
        watch = watchStep(watch, observed(look));
        const verdict = verdictOf(watch);
        counts['looks'] = (counts['looks'] ?? 0) + 1;
        if (verdict === 'cannot-tell') counts['cannotTell'] = (counts['cannotTell'] ?? 0) + 1;
        const settled = looks.slice(Math.max(0, index - delayLooks), index).every((earlier) => earlier.truth === truth);
        const isWrong =
          (verdict === 'ended' && truth !== 'over') ||
          (settled && ((verdict === 'active' && truth !== 'on') || (verdict === 'waiting' && truth !== 'before')));
        if (isWrong) wrong.push(`seed ${seed} ${fault}: ${verdict} at +${(look.atMs - startedMs) / 1_000} s`);
      }
      if (verdictOf(watch) === 'ended') counts['tracesProvedEnded'] = (counts['tracesProvedEnded'] ?? 0) + 1;
    }
    console.log(JSON.stringify(counts));
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(counts['tracesProvedEnded']).toBeGreaterThan(250);
  });

  test('R-REMOTE-6 proves the end of every session whose three signals can be read', () => {
    // In the hour that comes twice the log's times may be those before the start: there, cannot-tell is right.
    const doubled = (ms: number): boolean => partsOf(ms).slice(0, 3).join() === '2026,10,25';
    const whole = Array.from({ length: 400 }, (_, seed) => trace(seed)).filter(
      ({ fault, startedMs }) => fault === 'none' && !doubled(startedMs),
    );
    expect(whole.length).toBeGreaterThan(20);
    for (const { startedMs, looks } of whole)
      expect(verdictOf(looks.reduce((watch, { look }) => watchStep(watch, observed(look)), newSessionWatch(startedMs)))).toBe('ended');
  });

  test('R-REMOTE-6 cannot tell when two signals disagree', () => {
    const startedMs = starts[0] ?? 0;
    const at = startedMs + 10_000;
    const looks: Look[] = [
      { atMs: at, process: true, log: [joined(at, '123456789')], incoming: [] },
      { atMs: at, process: true, log: [left(at + 5_000, '123456789')], incoming: [row(at, at + 5_000)] },
    ];
    expect(verdictOf(looks.reduce((watch, look) => watchStep(watch, observed(look)), newSessionWatch(startedMs)))).toBe('cannot-tell');
    expect(verdictOf(newSessionWatch(startedMs))).toBe('waiting');
    expect(verdictOf(watchStep(newSessionWatch(startedMs), { process: null, log: null, incoming: [] }))).toBe('cannot-tell');
  });
});

describe('readLogLine', () => {
  test('a time of the hour that comes twice stands for two instants, one that is skipped for none', () => {
    expect(readLogLine('2026/10/25 02:30:00.000  1  2  S0  SessionTerminate', instantsOf)?.instantsMs).toEqual([
      Date.UTC(2026, 9, 25, 1, 30),
      Date.UTC(2026, 9, 25, 0, 30),
    ]);
    expect(readLogLine('2027/03/28 02:30:00.000  1  2  S0  SessionTerminate', instantsOf)?.instantsMs).toEqual([]);
  });

  test.each([
    '',
    'no time SessionTerminate',
    '2026/11/24 18:05:00.000  1 2 S0 AddParticipant: [123456789,-1] type=3 name=HERE',
    '  continued line of an entry',
  ])('nothing is read from %j', (line) => {
    expect(readLogLine(line, instantsOf)).toBeNull();
  });

  test.each([
    '',
    '123456789\tSUPPORT\t24-11-2026 17:05:00',
    '123456789\tS\t24-11-2026 17:05:00\t24-11-2026 17:04:00\tm\tRemoteControl\t{1b2c3d4e-0000-4000-8000-123456789abc}',
  ])('a half or impossible connection row %j is none', (line) => {
    expect(readIncomingLine(line)).toBeNull();
  });
});
