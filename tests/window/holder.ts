import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

async function other(command: readonly [string, ...string[]]): Promise<ChildProcess> {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((ready, failed) => {
    child.stdout.once('data', ready);
    child.once('exit', failed);
  });
  return child;
}

/** On Windows a program holds a file by opening it for itself alone: a share mode of nothing, which Node passes on by this flag. */
const alone =
  "require('fs').openSync(process.argv[1], 2 | 0x10000000); console.log('held'); setInterval(() => {}, 1e9)";

/** Another program that holds the file until it is killed. */
export function holder(path: string): Promise<ChildProcess> {
  return other(
    process.platform === 'win32'
      ? [process.execPath, '-e', alone, path]
      : ['python3', resolve(import.meta.dirname, 'programs/hold-file.py'), path],
  );
}

const writing =
  "const file = require('fs').openSync(process.argv[1], 'a'); console.log('writing'); for (;;) { require('fs').writeSync(file, '18:01:44 ERR back checksum\\n'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); }";

/** Another program that writes on in the file, without a rest, until it is killed. */
export function writer(path: string): Promise<ChildProcess> {
  return other([process.execPath, '-e', writing, path]);
}
