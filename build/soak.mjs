// `npm run soak -- [--rounds N] [--runs N] [--schedules N]`: every property, and the schedules behind a hostile portal, with seeds nobody
// chose. The test command keeps to a few seeds, so this is where a rare case is found; its seed is printed, and OFFICINA_SEED=N plays it again.
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { node24, projectFolder } from './paths.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    runs: { type: 'string', default: '20000' },
    schedules: { type: 'string', default: '40' },
  },
});
const rounds = Number(values.rounds);
if (![rounds, Number(values.runs), Number(values.schedules)].every((value) => value >= 1))
  throw new Error('--rounds, --runs and --schedules are numbers of at least 1');
const runtimeEnv = await setUp();
const unit = join(projectFolder, 'tests/unit');
const files = readdirSync(unit)
  .map((name) => join(unit, name))
  .filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('fc.property'));
for (const name of ['schedules.test.ts', 'queue-goes-on.test.ts'])
  files.push(join(projectFolder, 'tests/integration', name));
const failed = [];
for (let round = 1; round <= rounds; round += 1) {
  const seed = String(randomInt(2 ** 31));
  const env = {
    ...process.env,
    ...runtimeEnv,
    OFFICINA_SEED: seed,
    OFFICINA_RUNS: values.runs,
    OFFICINA_SCHEDULES: values.schedules,
    OFFICINA_TIMEOUT_MS: '600000',
  };
  const code = await run(
    node24,
    [
      join(projectFolder, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--configLoader',
      'runner',
      '--config',
      join(projectFolder, 'tests/vitest.config.ts'),
      '--reporter',
      'dot',
      ...files,
    ],
    { cwd: projectFolder, env },
  );
  console.log(
    `soak round ${round}: seed ${seed}, ${files.length} files, ${code === 0 ? 'nothing found' : 'FAILED'}`,
  );
  if (code !== 0) failed.push(seed);
}
console.log(
  failed.length === 0
    ? `${rounds} rounds, nothing found`
    : `${rounds} rounds, failing seeds: ${failed.join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
