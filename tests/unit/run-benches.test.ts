import { expect, test } from 'vitest';
import type { Figure } from '../bench/measuring.ts';
import { runBenches } from '../bench/run-benches.ts';

const figure: Figure = {
  name: 'copy of 1 MB',
  ours: 2,
  baseline: 1,
  baselineName: 'cp',
  unit: 's',
  goalRatio: 3,
};
const benches = {
  good: async () => [figure],
  bare: async () => [{ name: 'backup of 9 files', why: 'rsync is not installed' }],
  half: async () => [{ ...figure, name: 'half', baseline: Number.NaN }],
  broken: () => Promise.reject(new Error('no window came')),
  empty: async () => [],
  long: async () => [figure],
};

async function printed(
  only?: string,
): Promise<{ readonly lines: readonly string[]; readonly failed: boolean }> {
  const lines: string[] = [];
  const { failed } = await runBenches(benches, new Set(['long']), only, (line) => lines.push(line));
  return { lines, failed };
}

test('runBenches says by name what could not be measured, and runs the others', async () => {
  expect(await printed()).toEqual({
    lines: [
      'bench copy of 1 MB: 2.00x of cp (ours 2.00 s, baseline 1.00 s; goal <= 3x)',
      'bench backup of 9 files: NOT MEASURED (rsync is not installed)',
      'bench half: NOT MEASURED (ours 2, cp NaN)',
      'bench broken: NOT MEASURED (Error: no window came)',
      'bench empty: NOT MEASURED (it gave no figure)',
    ],
    failed: true,
  });
});

test.each([
  ['good', 1, false],
  ['bare', 1, false],
  ['broken', 1, true],
  ['empty', 1, true],
  ['long', 1, false],
  ['nothing of that name', 1, true],
])('runBenches prints a line for %s alone', async (only, lines, failed) => {
  const run = await printed(only);
  expect([run.lines.length, run.failed]).toEqual([lines, failed]);
});
