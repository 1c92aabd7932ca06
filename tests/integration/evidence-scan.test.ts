import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { candidateList } from '../../electron/evidence/candidate-list.ts';
import { newestFiles } from '../../electron/evidence/newest-files.ts';
import { scanService } from '../../electron/evidence/scan-service.ts';
import { type ScanLimits, walkFolders } from '../../electron/evidence/scan-walk.ts';
import type { AppEvent } from '../../shared/ipc/contract.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { makeManyFiles } from '../fixtures/many-files.ts';
import { onLinux } from '../fixtures/on-linux.ts';
import { watchOwnStalls } from '../fixtures/own-stalls.ts';

const limits: ScanLimits = { entries: 300_000, depth: 8, timeMs: 20_000, listed: 500 };
const workerFile = new URL('../../electron/evidence/scan.worker.ts', import.meta.url);
type Finished = Extract<AppEvent, { kind: 'scanFinished' }>;
type Found = Extract<AppEvent, { kind: 'candidatesFound' }>;

function scanning(roots: readonly string[], own: Partial<ScanLimits> = {}) {
  const events: AppEvent[] = [];
  let over: (event: Finished) => void = () => undefined;
  const finished = new Promise<Finished>((resolve) => {
    over = resolve;
  });
  const service = scanService({
    workerFile,
    roots: async () => roots,
    candidates: candidateList([], () => []),
    limits: { ...limits, ...own },
    logFault: (error) => String(error),
    publish: (event) => {
      events.push(event);
      if (event.kind === 'scanFinished') over(event);
    },
  });
  const found = (): readonly Found[] =>
    events.filter((event): event is Found => event.kind === 'candidatesFound');
  return { service, events, finished, found };
}

const quietWalk = (roots: readonly string[], own: Partial<ScanLimits> = {}) => {
  const files: string[] = [];
  const report = walkFolders(
    roots,
    { ...limits, ...own },
    {
      onFile: (file) => files.push(file.name),
      onPause: () => undefined,
      isCancelled: () => false,
      monotonicMs: () => performance.now(),
    },
  );
  return { files: files.toSorted(), report };
};

test('A3: search lists exactly the newest 500 of 200 000 files, newest first, and stops when told', async () => {
  const root = realpathSync(freshFolder());
  try {
    const late = makeManyFiles(root, 200_000, 500);
    const whole = scanning([root]);
    const longestStallMs = watchOwnStalls();
    whole.service.start();
    const report = await whole.finished;
    expect(longestStallMs()).toBeLessThan(50);
    expect(report).toMatchObject({ outcome: 'complete', seenEntries: 200_100, unreadableFolders: 0 });
    const last = whole.found().at(-1)?.candidates ?? [];
    expect(new Set(last.map((candidate) => candidate.name))).toEqual(late);
    expect(last.map((candidate) => candidate.modifiedAt)).toEqual(
      last
        .map((candidate) => candidate.modifiedAt)
        .toSorted()
        .toReversed(),
    );
    expect(whole.found().every((event) => event.candidates.length <= 500)).toBe(true);
    // What is found streams in long before the end.
    expect(whole.found()[0]?.seenEntries).toBeLessThan(100_000);

    const stopped = scanning([root]);
    const { scanId } = stopped.service.start();
    while (stopped.found().length === 0) await new Promise((resolve) => setImmediate(resolve));
    stopped.service.cancel(scanId);
    expect((await stopped.finished).outcome).toBe('cancelled');

    const capped = scanning([root], { entries: 5_000 });
    capped.service.start();
    expect(await capped.finished).toMatchObject({ outcome: 'limit', seenEntries: 5_000 });
    expect(quietWalk([root], { timeMs: 5 }).report.outcome).toBe('time');
  } finally {
    rmSync(root, { recursive: true });
  }
});

onLinux('[linux] A5: search visits each folder once and opens no link, pipe or device', () => {
  const root = freshFolder();
  const outside = freshFolder();
  writeFileSync(join(outside, 'secret.log'), 'x');
  mkdirSync(join(root, 'a', 'b'), { recursive: true });
  writeFileSync(join(root, 'a', 'b', 'real.log'), 'x');
  symlinkSync(root, join(root, 'a', 'loop'));
  symlinkSync(outside, join(root, 'out'));
  symlinkSync(join(outside, 'secret.log'), join(root, 'secret.log'));
  execFileSync('mkfifo', [join(root, 'pipe.log')]);
  const { files, report } = quietWalk([
    root,
    join(root, 'a'),
    root,
    join(root, 'a', 'loop'),
    join(root, 'not there'),
  ]);
  expect(files).toEqual(['real.log']);
  expect(report).toMatchObject({ outcome: 'complete', unreadableFolders: 0 });
});

test('search goes no deeper than its limit and skips programs when they lie beside LOGs', () => {
  const root = freshFolder();
  mkdirSync(join(root, '1', '2', '3'), { recursive: true });
  for (const path of ['0.log', '1/1.log', '1/2/2.log', '1/2/3/3.log', 'tool.exe', 'tool.dll'])
    writeFileSync(join(root, path), 'x');
  expect(quietWalk([root], { depth: 2 }).files).toEqual(['0.log', '1.log', '2.log']);
});

onLinux('[linux] search counts a folder that cannot be read and shows the rest', () => {
  const root = freshFolder();
  mkdirSync(join(root, 'closed'));
  writeFileSync(join(root, 'a.log'), 'x');
  chmodSync(join(root, 'closed'), 0);
  // Root may read everything: then the folder is simply empty.
  expect(quietWalk([root])).toMatchObject({
    files: ['a.log'],
    report: { outcome: 'complete', unreadableFolders: process.getuid?.() === 0 ? 0 : 1 },
  });
  chmodSync(join(root, 'closed'), 0o700);
});

test('search tells kinds by bytes, groups ECU reads and suggests what lies near the failure', async () => {
  const root = realpathSync(freshFolder());
  const put = (name: string, content: string | Uint8Array, minutesAgo: number): void => {
    writeFileSync(join(root, name), content);
    const at = new Date(Date.now() - minutesAgo * 60_000);
    utimesSync(join(root, name), at, at);
  };
  put('ktag.log', 'Reading flash: 38 %\r\nChecksum error\r\n', 4);
  put(
    'ciphered.log',
    Uint8Array.from({ length: 5_000 }, (_, index) => (Math.imul(index + 1, 2_654_435_761) >>> 13) & 0xff),
    5,
  );
  put('golf', 'x', 4);
  put('golf.EPR', 'x', 4);
  put('old.log', 'Timeout', 600);
  const { service, finished, found } = scanning([root]);
  service.start();
  await finished;
  const seen = new Map(
    found()
      .at(-1)
      ?.candidates.map((candidate) => [
        candidate.name,
        [candidate.kind, candidate.group, candidate.suggestion?.reason ?? null],
      ]),
  );
  expect(Object.fromEntries(seen)).toEqual({
    'ktag.log': ['log', null, 'failure'],
    'ciphered.log': ['protected-package', null, 'near-failure'],
    golf: ['ecu-read', 'golf', null],
    'golf.EPR': ['ecu-read', 'golf', null],
    'old.log': ['log', null, null],
  });
});

test('a second search ends the first when it is started', async () => {
  const root = realpathSync(freshFolder());
  const { service, events } = scanning([root]);
  const first = service.start();
  const second = service.start();
  await expect.poll(() => events.filter((event) => event.kind === 'scanFinished').length).toBe(2);
  expect(first.scanId).not.toBe(second.scanId);
});

test('newestFiles holds the newest when they come in any order', () => {
  const newest = newestFiles(3);
  for (const modifiedAtMs of [5, 1, 9, 3, 7, 2, 8, 6, 4])
    newest.add({ path: `/${modifiedAtMs}`, name: '', folders: [], sizeBytes: 0, modifiedAtMs });
  expect(newest.all().map((file) => file.modifiedAtMs)).toEqual([9, 8, 7]);
  expect(newest.fresh()).toHaveLength(3);
  newest.add({ path: '/10', name: '', folders: [], sizeBytes: 0, modifiedAtMs: 10 });
  expect(newest.fresh().map((file) => file.modifiedAtMs)).toEqual([10]);
});
