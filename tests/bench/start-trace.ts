import type { ElectronApplication, Page } from '@playwright/test';
import { startMarkPrefix } from '../../electron/platform/start-marks.ts';
import { median } from './measuring.ts';

/** When things happened in one start, milliseconds after its process began, and what its processes had computed by then. */
export type StartTrace = {
  readonly moments: Readonly<Record<string, number>>;
  readonly cpuMs: { readonly main: number; readonly page: number };
};

/** Reads one start that has just become usable. @param usableAtMs that moment, epoch milliseconds */
export async function traceOf(app: ElectronApplication, page: Page, usableAtMs: number): Promise<StartTrace> {
  const main = await app.evaluate(
    ({ app: program }, prefix) => ({
      createdMs: process.getCreationTime() ?? Number.NaN,
      cpuMs: (process.cpuUsage().user + process.cpuUsage().system) / 1_000,
      pageCpuMs: program
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab')
        .reduce((sum, { cpu }) => sum + (cpu.cumulativeCPUUsage ?? Number.NaN) * 1_000, 0),
      marks: performance
        .getEntriesByType('mark')
        .filter(({ name }) => name.startsWith(prefix))
        .map(({ name, startTime }) => ({
          name: name.slice(prefix.length),
          atMs: performance.timeOrigin + startTime,
        })),
    }),
    startMarkPrefix,
  );
  const shown = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const at = (ms: number | undefined): number => performance.timeOrigin + (ms ?? Number.NaN);
    return {
      'page begins': at(0),
      'HTML there': at(navigation?.responseEnd),
      'page program read': at(navigation?.domContentLoadedEventStart),
      'first paint': at(paint?.startTime),
    };
  });
  const moments = [
    ...main.marks.map(({ name, atMs }) => [name, atMs] as const),
    ...Object.entries(shown),
    ['usable', usableAtMs] as const,
  ].map(([name, atMs]) => [name, atMs - main.createdMs] as const);
  return { moments: Object.fromEntries(moments), cpuMs: { main: main.cpuMs, page: main.pageCpuMs } };
}

const typical = (traces: readonly StartTrace[]): ReadonlyMap<string, number> =>
  new Map(
    Object.keys(traces[0]?.moments ?? {}).map((name) => [
      name,
      median(traces.map(({ moments }) => moments[name] ?? Number.NaN)),
    ]),
  );

/**
 * The starts as a table, one line a moment in the order of ours: medians in milliseconds after the process began, and what each part
 * took since the moment above it. The parts of ours add up to the moment of the last line.
 * @param ours and `bare`, at least one start each
 */
export function traceTable(ours: readonly StartTrace[], bare: readonly StartTrace[]): readonly string[] {
  const theirs = typical(bare);
  const rows = [...typical(ours)].toSorted(([, a], [, b]) => a - b);
  const cell = (ms: number | undefined): string => (ms === undefined ? '' : ms.toFixed(0)).padStart(8);
  const last = rows.at(-1)?.[1] ?? Number.NaN;
  const cpu = (traces: readonly StartTrace[], part: 'main' | 'page'): string =>
    median(traces.map(({ cpuMs }) => cpuMs[part])).toFixed(0);
  return [
    `${'moment'.padEnd(20)}${'ours'.padStart(8)}${'part'.padStart(8)}${'bare'.padStart(8)}`,
    ...rows.map(
      ([name, at], nth) =>
        `${name.padEnd(20)}${cell(at)}${cell(at - (rows[nth - 1]?.[1] ?? 0))}${cell(theirs.get(name))}`,
    ),
    `${'sum of the parts'.padEnd(20)}${cell(last)}`,
    ...(['main', 'page'] as const).map(
      (part) =>
        `computed by the ${part} process until then: ours ${cpu(ours, part)} ms, bare ${cpu(bare, part)} ms`,
    ),
  ];
}
