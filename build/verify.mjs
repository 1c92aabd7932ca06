// `npm run verify -- FILE`: judges an exported audit or a receipt with the public key alone. Needs no build; set up only what is missing.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { node24, projectFolder } from './paths.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

if (!existsSync(node24)) await setUp();
process.exitCode = await run(node24, [
  join(projectFolder, 'electron/remote/proof/verify-file.ts'),
  ...process.argv.slice(2),
]);
