import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { contractPortal } from '../../electron/portal/contract/contract-portal.ts';
import { seededRandom } from '../portal/fault.ts';
import { readJournal } from '../portal/journal.ts';
import { done, newTicket, newUpload, temporaryFolder } from '../portal/portal-fixtures.ts';

const programs = resolve(import.meta.dirname, '../portal');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A TypeScript program of `tests/portal` as a process of its own. */
function start(
  program: string,
  args: readonly string[],
): { readonly child: ChildProcess; readonly lines: AsyncIterableIterator<string> } {
  const child = spawn(process.execPath, [join(programs, program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  if (child.stdout === null) throw new Error('no output');
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

const readySchema = z.object({ url: z.string(), token: z.string() });
const chunkBytes = 128 * 1024;

test('K4: upload re-sends at most one chunk for each kill and arrives whole when its process is killed eight times', async () => {
  const folder = temporaryFolder();
  const journalFile = join(folder, 'journal.jsonl');
  const server = start('faulty-portal-cli.ts', ['--data', join(folder, 'portal'), '--journal', journalFile]);
  const { url, token } = readySchema.parse(JSON.parse((await server.lines.next()).value ?? ''));
  const portal = contractPortal({
    address: url,
    credentials: async () => ({ user: 'practice', password: token }),
  });
  const { number } = done(await portal.createTicket(newTicket()));
  server.child.stdin?.write(`${JSON.stringify({ kind: 'delay', ms: 15 })}\n`);
  const { sizeBytes, sha256, file, name, clientReference } = newUpload(folder, number, 4 * 1024 * 1024);
  const order = JSON.stringify({
    url,
    token,
    number,
    clientReference,
    name,
    sizeBytes,
    sha256,
    file,
    chunkBytes,
    resumeFile: join(folder, 'resume'),
  });
  const random = seededRandom(7);

  let kills = 0;
  let outcome = '';
  while (outcome === '') {
    const { child, lines } = start('upload-child.ts', [order]);
    const killAfterLines = 2 + Math.floor(random() * 4);
    let seen = 0;
    for await (const line of lines) {
      seen += 1;
      if (line.startsWith('{')) outcome = line;
      else if (kills < 8 && seen === killAfterLines) {
        child.kill('SIGKILL');
        kills += 1;
      }
    }
  }
  expect(JSON.parse(outcome)).toMatchObject({ kind: 'done', value: { sha256, sizeBytes } });
  const journal = readJournal(journalFile);
  const received = journal.reduce((sum, entry) => sum + (entry.kind === 'chunk' ? entry.bytes : 0), 0);
  expect(kills).toBeGreaterThanOrEqual(4);
  expect(received - sizeBytes).toBeLessThanOrEqual(kills * chunkBytes);
  expect(journal.filter((entry) => entry.kind === 'attachment')).toHaveLength(1);
  const uploads = join(folder, 'portal/uploads');
  const whole = readdirSync(uploads).filter(
    (entry) =>
      !entry.endsWith('.json') &&
      createHash('sha256')
        .update(readFileSync(join(uploads, entry)))
        .digest('hex') === sha256,
  );
  expect(whole).toHaveLength(1);
});
