// `npm run portal -- --port 8080 --data DIR`: the practice portal alone, the same server that the app starts for itself.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { node24, projectFolder } from './paths.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

const runtimeEnv = await setUp();
const server = join(projectFolder, 'out/main/practice.js');
if (!existsSync(server)) await build('release', runtimeEnv);
if (existsSync(server)) {
  process.exitCode = await run(node24, [server, ...process.argv.slice(2)]);
} else {
  console.error('This build has no practice portal: electron/portal/practice/main.ts is missing.');
  process.exitCode = 1;
}
