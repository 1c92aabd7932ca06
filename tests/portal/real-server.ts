import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Packages of Debian's that are missing here, of those each of which brings a file. */
export function missingPackages(needed: Readonly<Record<string, string>>): readonly string[] {
  const isThere = (file: string): boolean => {
    try {
      accessSync(file, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  };
  return Object.entries(needed).flatMap(([file, name]) => (isThere(file) ? [] : [name]));
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Runs a command to its end and gives back what it printed; throws with the end of it when it failed. @param log of its errors */
export async function ran(
  command: string,
  args: readonly string[],
  { cwd, env, log }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly log: number },
): Promise<string> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', log] });
  let told = '';
  child.stdout?.on('data', (part: Buffer) => {
    told += part.toString('utf8');
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${told.slice(-2_000)}`);
  return told;
}

/** Waits until the server answers at `url`, at most two minutes. Its `stop` ends it within ten seconds. */
export async function untilServed(
  server: ChildProcess,
  url: string,
): Promise<{ readonly stop: () => Promise<void> }> {
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  for (let tries = 0; ; tries += 1) {
    const isUp = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) break;
    if (tries > 240 || server.exitCode !== null) throw new Error(`nothing is served at ${url}`);
    await wait(500);
  }
  return {
    stop: async () => {
      server.kill('SIGTERM');
      await Promise.race([ended, wait(10_000).then(() => server.kill('SIGKILL'))]);
    },
  };
}
