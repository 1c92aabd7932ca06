// `npm run portal -- --port 8080 --data DIR`: the practice portal alone, the same server that the app starts for itself.
import { join } from 'node:path';
import { buildWhenStale } from './build.mjs';
import { node24, projectFolder } from './paths.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

const runtimeEnv = await setUp();
const server = join(projectFolder, 'out/main/practice.js');
await buildWhenStale('practice.js', runtimeEnv);
process.exitCode = await run(node24, [server, ...process.argv.slice(2)]);
