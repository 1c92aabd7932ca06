import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { must } from './run.mjs';

/** npm's own program, as the npm that runs us names it or as Node's installer lays it beside Node; null when neither is there. */
function npmProgram() {
  const named = process.env.npm_execpath;
  if (named?.endsWith('npm-cli.js')) return named;
  const beside = join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js');
  return existsSync(beside) ? beside : null;
}

/** Runs npm without a shell. On Windows `npm` is a batch file, which Node starts through a shell only (EINVAL otherwise). */
export async function npm(args, options = {}) {
  const program = npmProgram();
  if (program === null && process.platform === 'win32')
    throw new Error('npm was not found beside Node. Start this through npm: npm start, npm test.');
  await (program === null ? must('npm', args, options) : must(process.execPath, [program, ...args], options));
}
