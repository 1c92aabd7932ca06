import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileTail } from '../../electron/remote/teamviewer/file-tail.ts';
import { watchSession } from '../../electron/remote/teamviewer/watch-session.ts';
import { ownLogFolders } from '../../electron/remote/teamviewer/windows-tool.ts';
import { newSessionWatch, seenNow, watchStep } from '../../shared/flows/session-watch.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { seededRandom } from '../portal/fault.ts';

const guid = '{1b2c3d4e-0000-4000-8000-123456789abc}';
const utc = (ms: number): string =>
  new Date(ms).toISOString().replace(/^(\d{4})-(\d{2})-(\d{2})T(.{8}).*$/u, '$3-$2-$1 $4');
const two = (value: number): string => String(value).padStart(2, '0');
const startedMs = Date.UTC(2026, 10, 24, 17, 0);
const rowOf = (index: number, id = `${guid}\t`): string =>
  `123456789\tSUPPORT\t${utc(startedMs + index * 60_000)}\t${utc(startedMs + index * 60_000 + 30_000)}\tmario\tRemoteControl\t${id}`;
const logLine = (ms: number, text: string): string => {
  const at = new Date(ms);
  return `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.000  1  2  S0  ${text}`;
};
const joined = (ms: number, who = '987654321'): string =>
  logLine(ms, `CPersistentParticipantManager::AddParticipant: [${who},-1] type=6 name=SUPPORT`);
const left = (ms: number, who = '987654321'): string =>
  logLine(ms, `CParticipantManagerBase::RemoveParticipant: [${who},-1]`);

/** How a file of connections may be written: what goes before a row and after it, and in which letters. */
const manners = [
  ['a line feed before each row', '\n', '', 'utf8'],
  ['a line feed after each row', '', '\n', 'utf8'],
  ['CRLF before each row', '\r\n', '', 'utf8'],
  ['CRLF after each row', '', '\r\n', 'utf8'],
  ['UTF-16 and a line feed before each row', '\n', '', 'utf16le'],
  ['UTF-16 and CRLF after each row', '', '\r\n', 'utf16le'],
] as const;

test.each(
  manners,
)('R-REMOTE-6: every row is given once, and at most two looks late, with %s', async (_how, before, after, encoding) => {
  const random = seededRandom(7);
  let rows = 0;
  for (let run = 0; run < 20; run += 1) {
    const folder = freshFolder();
    const file = join(folder, 'Connections_incoming.txt');
    const bytes = (text: string): Buffer => Buffer.from(text, encoding);
    const isThere = run % 4 !== 0;
    if (isThere)
      writeFileSync(file, bytes(`${encoding === 'utf16le' ? '\uFEFF' : ''}${before}${rowOf(-60)}${after}`));
    const { look } = watchSession({
      folders: [folder],
      processes: async () => ({ program: true, session: null }),
      fromStart: false,
    });
    expect((await look()).incoming).toEqual(isThere ? [] : null);
    if (!isThere) writeFileSync(file, bytes(encoding === 'utf16le' ? '\uFEFF' : ''));
    const seen: number[] = [];
    for (let index = 1; index <= 5; index += 1) {
      const piece = bytes(before + rowOf(index, [`${guid}\t`, guid, '\t', ''][index % 4]) + after);
      // Whoever looks may meet it half-written, at any byte.
      const cut = random() < 0.6 ? Math.floor(random() * piece.length) : piece.length;
      appendFileSync(file, piece.subarray(0, cut));
      if (random() < 0.7) seen.push(...((await look()).incoming ?? []).map(({ startMs }) => startMs));
      appendFileSync(file, piece.subarray(cut));
      for (let again = 0; again < 2; again += 1)
        seen.push(...((await look()).incoming ?? []).map(({ startMs }) => startMs));
      expect(seen).toEqual(Array.from({ length: index }, (_, at) => startedMs + (at + 1) * 60_000));
      rows += 1;
    }
  }
  expect(rows).toBe(100);
});

test.each([
  ['is cut to nothing and filled anew', (file: string) => truncateSync(file, 0)],
  ['is removed and made anew', (file: string) => rmSync(file)],
  [
    'is written over with other rows',
    (file: string) => writeFileSync(file, `\n${rowOf(-90)}\n${rowOf(-80)}\n${rowOf(-70)}`),
  ],
])('R-REMOTE-6: rows are read on when the file of connections %s', async (_how, harm) => {
  const folder = freshFolder();
  const file = join(folder, 'Connections_incoming.txt');
  writeFileSync(file, `\n${rowOf(-100)}`);
  const { look } = watchSession({
    folders: [folder],
    processes: async () => ({ program: true, session: null }),
    fromStart: false,
  });
  await look();
  appendFileSync(file, `\n${rowOf(1)}`);
  await look();
  expect((await look()).incoming).toHaveLength(1);
  harm(file);
  appendFileSync(file, `\n${rowOf(2)}`);
  const starts = [...((await look()).incoming ?? []), ...((await look()).incoming ?? [])].map(
    ({ startMs }) => startMs,
  );
  expect(starts.filter((ms) => ms >= startedMs)).toEqual([startedMs + 120_000]);
});

test('R-REMOTE-6: lines of a log are given once and whole when it is rolled over while a larger one is written', async () => {
  const folder = freshFolder();
  const log = join(folder, 'TeamViewer15_Logfile.log');
  const old = join(folder, 'TeamViewer15_Logfile_OLD.log');
  writeFileSync(log, 'before\n');
  const tail = fileTail(log, false, old);
  expect(await tail.newLines()).toEqual([]);
  appendFileSync(log, 'one\nSessionTerminate');
  expect(await tail.newLines()).toEqual(['one']);
  // It would be an end by its first half.
  expect(await tail.newLines()).toEqual([]);
  appendFileSync(log, ': no session with ID=1, aborting login\nlast\n');
  renameSync(log, old);
  writeFileSync(log, `${'a new and larger one\n'.repeat(50)}`);
  const lines = await tail.newLines();
  expect([lines?.slice(0, 2), lines?.length]).toEqual([
    ['SessionTerminate: no session with ID=1, aborting login', 'last'],
    52,
  ]);
});

/** Walks a session to its end over real files; `looks` are what is written before each look. */
async function seenAfter(
  folders: readonly string[],
  looks: readonly (() => void)[],
  gone = 4,
): Promise<string> {
  let watch = newSessionWatch(startedMs);
  let program = true;
  const { look } = watchSession({
    folders,
    processes: async () => ({ program, session: null }),
    fromStart: false,
  });
  for (const write of looks) {
    write();
    watch = watchStep(watch, await look());
  }
  for (let more = 0; more < gone; more += 1) {
    if (more >= 1) program = false;
    watch = watchStep(watch, await look());
  }
  return seenNow(watch);
}

const at = startedMs + 60_000;

test.each([
  ['is an old one a scanner touched', 'TeamViewer14_Logfile.log'],
  ['is of another major', 'TeamViewer12_Logfile.log'],
])('R-REMOTE-6: end is proved by the log that is written into when the one modified last %s', async (_what, other) => {
  const folder = freshFolder();
  const log = join(folder, 'TeamViewer15_Logfile.log');
  const touched = join(folder, other);
  writeFileSync(log, `${logLine(startedMs - 60_000, 'Start')}\n`);
  writeFileSync(touched, `${joined(startedMs - 9_000_000)}\n${left(startedMs - 8_000_000)}\n`);
  const rows = join(folder, 'Connections_incoming.txt');
  writeFileSync(rows, `\n${rowOf(-60)}`);
  const touch = (): void =>
    utimesSync(touched, new Date(startedMs + 9_000_000), new Date(startedMs + 9_000_000));
  touch();
  const said = await seenAfter(
    [folder],
    [
      () => touch(),
      () => appendFileSync(log, `${joined(at)}\n`),
      () => {
        appendFileSync(log, `${left(at + 30_000)}\n`);
        appendFileSync(rows, `\n${rowOf(1)}`);
        touch();
      },
    ],
    6,
  );
  expect(said).toBe('ended');
});

test('R-REMOTE-6: session that goes on is not ended by another program’s end in the same log, nor by a refused login', async () => {
  const [installed, own] = [freshFolder(), join(freshFolder(), 'Logs')];
  mkdirSync(own);
  const logs = [installed, own].map((folder) => join(folder, 'TeamViewer15_Logfile.log'));
  const [theirs = '', ours = ''] = logs;
  for (const log of logs) writeFileSync(log, `${logLine(startedMs, 'Start')}\n`);
  const steps = [
    () => appendFileSync(ours, `${joined(at)}\n`),
    () => appendFileSync(theirs, `${logLine(at + 5_000, 'SessionTerminate')}\n`),
    () =>
      appendFileSync(
        ours,
        `${logLine(at + 6_000, 'SessionManagerDesktop::SessionTerminate: no session with ID=1234567, aborting login')}\n`,
      ),
  ];
  for (let count = 1; count <= steps.length; count += 1) {
    for (const log of logs) writeFileSync(log, `${logLine(startedMs, 'Start')}\n`);
    expect(await seenAfter([installed, own], [() => undefined, ...steps.slice(0, count)], 0)).toBe('active');
  }
});

test('R-REMOTE-6: log counts as unreadable when the one that told who came cannot be read any more', async () => {
  const folder = freshFolder();
  const log = join(folder, 'TeamViewer15_Logfile.log');
  writeFileSync(log, '');
  writeFileSync(join(folder, 'TeamViewer14_Logfile.log'), 'old\n');
  const { look } = watchSession({
    folders: [folder],
    processes: async () => ({ program: true, session: null }),
    fromStart: false,
  });
  expect((await look()).log).toEqual([]);
  appendFileSync(log, `${joined(at)}\n`);
  expect((await look()).log).toHaveLength(1);
  rmSync(log);
  expect((await look()).log).toBeNull();
});

test('folders that are searched are those of a TeamViewer nobody installed as well', () => {
  const local = 'C:\\Users\\Mario\\AppData\\Local';
  expect(ownLogFolders({ APPDATA: 'C:\\Users\\Mario\\AppData\\Roaming', LOCALAPPDATA: local })).toEqual([
    'C:\\Users\\Mario\\AppData\\Roaming\\TeamViewer',
    `${local}\\TeamViewer\\Logs`,
    `${local}\\TeamViewer`,
  ]);
  expect(ownLogFolders({})).toEqual([]);
});

test.each([
  ['utf8', ''],
  ['utf16le', '\uFEFF'],
] as const)('a line without an end that grows for ever is passed over in %s, costs no more, and the rows after it are given', async (encoding, mark) => {
  const path = join(freshFolder(), 'log.log');
  const write = (text: string): void => appendFileSync(path, Buffer.from(text, encoding));
  write(`${mark}first\n`);
  const tail = fileTail(path, true, `${path}_OLD`);
  expect(await tail.newLines()).toEqual(['first']);
  const beganMs = performance.now();
  const piece = Buffer.from('x'.repeat(500_001), encoding);
  for (let turn = 0; turn < 24; turn += 1) {
    appendFileSync(path, turn % 2 === 0 ? piece.subarray(0, -1) : Buffer.concat([piece.subarray(-1), piece]));
    expect(await tail.newLines()).toEqual([]);
  }
  expect(performance.now() - beganMs).toBeLessThan(5_000);
  write('\nsecond\nthird');
  expect(await tail.newLines()).toEqual(['second']);
  write('\nfourth\n');
  expect(await tail.newLines()).toEqual(['third', 'fourth']);
});
