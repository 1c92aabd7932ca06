// Runs the benches one after another, so that none disturbs another, and prints one line a figure. Started by build/bench.mjs.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchBackup } from './backup-bench.ts';
import { benchDrain } from './drain-bench.ts';
import { benchHashCopy, benchListing } from './evidence-bench.ts';
import { type Figure, judged, line, type JudgedFigure } from './measuring.ts';
import { rulesFigures } from './rules-bench.ts';
import { benchWindow } from './window-bench.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
/** Without rsync there is nothing to compare with. */
async function backupFigures(files: number, bytes: number, turns: number): Promise<readonly Figure[]> {
  const { name, oursMs, longestStallMs, baselineMs, baselineName } = await benchBackup(files, bytes, turns);
  return baselineMs === null
    ? []
    : [{ name, ours: oursMs / 1_000, baseline: baselineMs / 1_000, baselineName, unit: 's', goalRatio: 1.1, longestStallMs }];
}

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  window: benchWindow,
  copy: async () => [await benchHashCopy()],
  listing: async () => [await benchListing()],
  rules: async () => rulesFigures(),
  drain: async () => [await benchDrain()],
  // A tenth of the full size, so that it can be run with the others.
  backup: () => backupFigures(5_000, 512 * 1024 ** 2, 3),
  'backup-whole': () => backupFigures(50_000, 5 * 1024 ** 3, 1),
};
/** Takes minutes and 15 GB of disk. */
const onlyByName: ReadonlySet<string> = new Set(['backup-whole']);
const results: JudgedFigure[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (values.only === undefined ? onlyByName.has(name) : values.only !== name) continue;
  for (const figure of await bench()) {
    const result = judged(figure);
    console.log(line(result));
    results.push(result);
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
