import { spawn } from 'node:child_process';

/** Runs a program without a shell; resolves with its exit code, output goes where `stdio` says. */
export function run(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}

/** As `run`, but a non-zero exit is an error that names the program. */
export async function must(file, args, options = {}) {
  const code = await run(file, args, options);
  if (code !== 0) throw new Error(`${file} ${args.slice(0, 3).join(' ')} ended with ${code}`);
}
