import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { setTimeout as wait } from 'node:timers/promises';
import { makeBareWindow } from './bare-window.ts';
import { fillStore } from './filled-store.ts';
import { benchFolder, type Figure, median } from './measuring.ts';
import { type StartTrace, traceOf, traceTable } from './start-trace.ts';

const rounds = 7;
const tickets = 10_000;
const settleMs = 3_000;
const projectFolder = join(import.meta.dirname, '../..');

function processTree(pid: number, found: number[] = []): number[] {
  found.push(pid);
  try {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      for (const child of readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter((part) => part.trim() !== ''))
        processTree(Number(child), found);
    }
  } catch {
    // Gone between two looks: it holds nothing any more.
  }
  return found;
}

/** Proportional memory: what several processes share is counted once, so that more processes do not look worse than they are. */
function treeMegabytes(pid: number): number {
  const kilobytes = processTree(pid).map((one) =>
    Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1_024;
}

type Measured = { readonly seconds: number; readonly megabytes: number; readonly trace: StartTrace };

/** From the moment the program is started until a heading and the first row of a list are on screen. */
async function startOnce(args: readonly string[], row: string): Promise<Measured> {
  const startedMs = performance.now();
  const app = await _electron.launch({
    args: ['--disable-gpu', ...args],
    chromiumSandbox: true,
    env: Object.fromEntries(
      Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
  });
  const page = await app.firstWindow();
  await page.waitForFunction(
    (selector) => document.querySelector('h1') !== null && document.querySelector(selector) !== null,
    row,
    {
      polling: 'raf',
    },
  );
  const seconds = (performance.now() - startedMs) / 1_000;
  const trace = await traceOf(app, page, Date.now());
  await wait(settleMs);
  const megabytes = treeMegabytes(app.process().pid ?? 0);
  await app.close();
  return { seconds, megabytes, trace };
}

/**
 * Start and memory against a window that does nothing, on the same runtime, in turns. Both are started by the same driver, whose
 * own time is in both; the first turn of each warms the disk and is thrown away.
 * @param trace where the table of the parts of a start goes, line by line; null when nobody asked for it
 */
export async function benchWindow(trace: ((line: string) => void) | null): Promise<Figure[]> {
  const folder = benchFolder();
  const dataFolder = join(folder, 'data');
  try {
    await fillStore(dataFolder, tickets);
    const bare = makeBareWindow(join(folder, 'bare'));
    const ours: Measured[] = [];
    const baseline: Measured[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const bareData = join(folder, `bare-data-${round}`);
      mkdirSync(bareData);
      const theirs = await startOnce([bare, bareData], 'li');
      const mine = await startOnce(
        [join(projectFolder, 'out/main/main.js'), '--data-dir', dataFolder],
        'main ul.list li',
      );
      if (round === 0) continue;
      baseline.push(theirs);
      ours.push(mine);
    }
    const traces = (starts: readonly Measured[]): readonly StartTrace[] => starts.map((one) => one.trace);
    if (trace !== null) for (const line of traceTable(traces(ours), traces(baseline))) trace(line);
    const of = (pick: (one: Measured) => number): { readonly ours: number; readonly baseline: number } => ({
      ours: median(ours.map(pick)),
      baseline: median(baseline.map(pick)),
    });
    return [
      {
        name: `start to usable window, ${tickets} tickets`,
        ...of((one) => one.seconds),
        baselineName: 'a bare Electron window',
        unit: 's',
        goalRatio: 1.25,
      },
      {
        name: 'memory of all processes',
        ...of((one) => one.megabytes),
        baselineName: 'a bare Electron window',
        unit: 'MB',
        goalRatio: 1.5,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
