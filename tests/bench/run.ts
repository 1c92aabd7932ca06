// Runs the benches one after another, so that none disturbs another, and prints one line a figure. Started by build/bench.mjs.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backupFigures } from './backup-bench.ts';
import { benchDrain } from './drain-bench.ts';
import { benchHashCopy, benchListing } from './evidence-bench.ts';
import { benchReaders } from './readers-bench.ts';
import { benchResume } from './resume-bench.ts';
import { rulesFigures } from './rules-bench.ts';
import { type Benches, runBenches } from './run-benches.ts';
import { benchWindow } from './window-bench.ts';

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, trace: { type: 'boolean' } },
});

const benches: Benches = {
  window: () => benchWindow(values.trace === true ? console.log : null),
  copy: async () => [await benchHashCopy()],
  listing: async () => [await benchListing()],
  rules: async () => rulesFigures(),
  readers: async () => benchReaders(),
  drain: async () => [await benchDrain()],
  resume: benchResume,
  // A tenth of the full size, so that it can be run with the others.
  backup: () => backupFigures(5_000, 512 * 1024 ** 2, 3),
  'backup-whole': () => backupFigures(50_000, 5 * 1024 ** 3, 1),
};
/** Takes minutes and 15 GB of disk. */
const onlyByName: ReadonlySet<string> = new Set(['backup-whole']);
const { results, failed } = await runBenches(benches, onlyByName, values.only, console.log);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = failed ? 1 : 0;
