import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startPracticePortal } from './start-practice-portal.ts';

/** What the app's main process listens for when it started this file as a utility process. */
type ParentPort = { postMessage(message: { readonly url: string; readonly token: string; readonly operatorUrl: string }): void };

const argumentsSchema = z.object({ port: z.coerce.number().int().min(0).max(65_535), data: z.string().min(1), delay: z.coerce.number().int().nonnegative() });

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, data: { type: 'string', default: 'practice-data' }, delay: { type: 'string', default: '4000' } } });
const { port, data, delay } = argumentsSchema.parse(values);
const portal = await startPracticePortal({ dataFolder: resolve(data), port, operatorDelayMs: delay });

const parentPort = (process as { readonly parentPort?: ParentPort }).parentPort;
if (parentPort === undefined) {
  // Started by a person, who needs both addresses and the token to sign in with.
  process.stdout.write(`${JSON.stringify({ url: portal.url, token: portal.token, operatorUrl: portal.operatorUrl })}\n`);
} else {
  parentPort.postMessage({ url: portal.url, token: portal.token, operatorUrl: portal.operatorUrl });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void portal.stop().then(() => process.exit(0));
  });
}
