import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type PracticeStart, practiceStartSchema } from './practice-messages.ts';
import { type RunningPracticePortal, startPracticePortal } from './start-practice-portal.ts';

/** What the app's main process is reached through when it started this file as a utility process. */
type ParentPort = {
  postMessage(message: unknown): void;
  once(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
};

const argumentsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  data: z.string().min(1),
  delay: z.union([z.literal('off').transform(() => null), z.coerce.number().int().nonnegative()]),
});

function stopOnSignal(portal: RunningPracticePortal): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void portal.stop().then(() => process.exit(0));
    });
  }
}

/** Started by the app: the token comes by message, for a command line can be read by other programs. */
function serveApp(parentPort: ParentPort): void {
  const begin = async (start: PracticeStart): Promise<void> => {
    const portal = await startPracticePortal(start);
    stopOnSignal(portal);
    parentPort.postMessage({ url: portal.url, token: portal.token, operatorUrl: portal.operatorUrl });
  };
  parentPort.once('message', ({ data }) => {
    begin(practiceStartSchema.parse(data)).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
}

/** One password for one data folder, so that a portal started again need not be signed in to again. */
function keptToken(dataFolder: string): string {
  const file = join(dataFolder, 'password.txt');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataFolder, { recursive: true });
  const token = randomBytes(24).toString('base64url');
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/** Started by a person, who needs both addresses and what to sign in with. `--delay off`: only the person answers. */
async function servePerson(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string', default: 'practice-data' },
      delay: { type: 'string', default: '4000' },
    },
  });
  const { port, data, delay } = argumentsSchema.parse(values);
  const dataFolder = resolve(data);
  const portal = await startPracticePortal({
    dataFolder,
    port,
    operatorDelayMs: delay,
    token: keptToken(dataFolder),
  });
  stopOnSignal(portal);
  if (portal.isAnew)
    process.stdout.write(
      'The store in this folder could not be read. It is set aside there, and the portal begins anew.\n',
    );
  process.stdout.write(
    `Practice portal   ${portal.url}\nUser              practice\nPassword          ${portal.token}\nOperator's page   ${portal.operatorUrl}\nData              ${dataFolder}\nStop with Ctrl+C.\n`,
  );
}

/** What a person can do something about, in one line. */
function inOneLine(error: unknown): string {
  if (error instanceof z.ZodError)
    return `usage: npm run portal -- [--port 8080] [--data DIR] [--delay MS|off]\n${z.prettifyError(error)}`;
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  if (code === 'EADDRINUSE') return 'This port is taken; choose another with --port.';
  return error instanceof Error ? error.message : String(error);
}

const { parentPort } = process as { readonly parentPort?: ParentPort };
if (parentPort === undefined) {
  await servePerson().catch((error: unknown) => {
    process.stderr.write(`${inOneLine(error)}\n`);
    process.exitCode = 1;
  });
} else {
  serveApp(parentPort);
}
