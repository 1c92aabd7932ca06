// `npm run eval`: what the rules reach on labelled sets, one line each; not zero when one is under its bar.
import { join } from 'node:path';
import { node24, projectFolder } from './paths.mjs';
import { run } from './run.mjs';

process.exitCode = await run(
  node24,
  ['--no-warnings', join(projectFolder, 'tests/eval/duplicates-eval.ts'), ...process.argv.slice(2)],
  {
    cwd: projectFolder,
  },
);
