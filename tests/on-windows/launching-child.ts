// Starts a program as a session does, and ends: what was started must not end with it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { launchProgram } from '../../electron/remote/teamviewer/launch-program.ts';

const path = process.argv[2] ?? '';
const started = await launchProgram({
  path,
  version: '15',
  signer: 'x',
  sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
});
// Time for the program to stand by itself: one that ends with us ends then.
await new Promise((wait) => setTimeout(wait, 2_000));
process.exit(started ? 0 : 1);
