// `npm run bench [-- --json FILE] [--trace] [--only window|copy|listing|rules|readers|drain|resume|backup|backup-whole]`: the release build against its baselines, one line a figure.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { isRoot, node24In, projectFolder } from './paths.mjs';
import { readableCopy } from './readable-copy.mjs';
import { must, run } from './run.mjs';
import { setUp } from './setup.mjs';
import { ensureBenchPackages } from './system-packages.mjs';

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, trace: { type: 'boolean' } },
});
const runtimeEnv = await setUp();
await ensureBenchPackages();
await build('release', runtimeEnv);
const place = isRoot ? await readableCopy() : projectFolder;
const results = mkdtempSync(join(tmpdir(), 'officina-bench-results-'));
try {
  if (isRoot) await must('chmod', ['1777', results]);
  const session = process.platform === 'linux' ? [join(place, 'tests/run/desktop-session.sh')] : [];
  const report = join(results, 'bench.json');
  const [file, ...args] = [
    ...session,
    node24In(place),
    join(place, 'tests/bench/run.ts'),
    '--json',
    report,
    ...(values.only === undefined ? [] : ['--only', values.only]),
    ...(values.trace === true ? ['--trace'] : []),
  ];
  process.exitCode = await run(file, args, { cwd: place, env: { ...process.env, ...runtimeEnv } });
  if (values.json !== undefined && existsSync(report)) copyFileSync(report, resolve(values.json));
} finally {
  if (isRoot) rmSync(place, { recursive: true, force: true });
  rmSync(results, { recursive: true, force: true });
}
