import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import type { ChannelInput, ChannelName, ChannelOutput } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/domain/result.ts';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Fault } from '../portal/fault.ts';
import { type JournalEntry, readJournal } from '../portal/journal.ts';

/** The portal as a process of its own: it lives on while the app is killed, and writes down what really happened. */
export type OutsidePortal = {
  readonly url: string;
  readonly token: string;
  readonly journal: () => JournalEntry[];
  /** Resolves when the portal has it in force: what is asked after that meets it. */
  readonly faults: (seed: number, share: number) => Promise<void>;
  readonly fault: (next: Fault) => Promise<void>;
  /** As `fault`, for requests alone that begin so, as in `POST /api/v1/tickets`. */
  readonly faultAt: (meets: string, fault: Fault) => Promise<void>;
  /** The process is killed as by a power cut; nobody listens at its address any more. */
  readonly die: () => Promise<void>;
  /** It stands again at the same address, with what it had on its disk. */
  readonly rise: () => Promise<void>;
  readonly stop: () => void;
};

/** How long a portal that rises tries to have its address back, in milliseconds. */
const riseMs = 30_000;
const readySchema = z.object({ url: z.string(), token: z.string() });

/** One process of the portal, and what it says, line by line. */
async function portalProcess(options: readonly string[]): Promise<{
  readonly child: ChildProcess;
  readonly ready: z.infer<typeof readySchema>;
  readonly order: (line: object) => Promise<void>;
}> {
  const child: ChildProcess = spawn(
    process.execPath,
    [resolve(import.meta.dirname, '../portal/faulty-portal-cli.ts'), ...options],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the portal has no pipes');
  const lines = createInterface({ input: stdout });
  const said = (): Promise<string> =>
    new Promise((heard, failed) => {
      const ended = (code: number | null): void => failed(new Error(`the portal ended with ${code}`));
      child.once('exit', ended);
      lines.once('line', (line) => {
        child.off('exit', ended);
        heard(line);
      });
    });
  const ready = readySchema.parse(JSON.parse(await said()));
  let last: Promise<unknown> = Promise.resolve();
  return {
    child,
    ready,
    order: async (line) => {
      // One at a time, so that each answer belongs to its order.
      last = last.then(() => {
        const answer = said();
        stdin.write(`${JSON.stringify(line)}\n`);
        return answer;
      });
      await last;
    },
  };
}

/** @param habits further switches of the portal, such as `--ignores-keys` */
export async function startOutsidePortal(
  processingMs: number,
  habits: readonly string[] = [],
): Promise<OutsidePortal> {
  const folder = mkdtempSync(join(tmpdir(), 'officina-outside-portal-'));
  const journalFile = join(folder, 'journal.jsonl');
  const options = [
    '--data',
    join(folder, 'data'),
    '--journal',
    journalFile,
    '--processing',
    String(processingMs),
    '--delay',
    '60',
    ...habits,
  ];
  let running = await portalProcess(options);
  const { url, token } = running.ready;
  return {
    url,
    token,
    journal: () => readJournal(journalFile),
    faults: (seed, share) => running.order({ seed, share }),
    fault: (next) => running.order(next),
    faultAt: (meets, fault) => running.order({ meets, fault }),
    die: () => killed(running.child),
    rise: async () => {
      const end = Date.now() + riseMs;
      for (;;) {
        try {
          running = await portalProcess([...options, '--port', new URL(url).port, '--token', token]);
          return;
        } catch (error) {
          // A connection of another test may have its port for a moment.
          if (Date.now() > end) throw error;
          await wait(200);
        }
      }
    },
    stop: () => void running.child.kill(),
  };
}

/** Calls the bridge as the page does; a failure of the app is an exception here. */
export async function call<C extends ChannelName>(
  page: Page,
  name: C,
  input: ChannelInput<C>,
): Promise<ChannelOutput<C>> {
  const answer = (await page.evaluate(
    async ([channel, payload]) => {
      const command = Reflect.get(window.officina, channel) as (given: unknown) => Promise<unknown>;
      return command(payload);
    },
    [name, input] as const,
  )) as Result<ChannelOutput<C>, AppError>;
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.value;
}

/** Kills the program as a power cut would, and waits until it is gone. */
export async function killed(program: ChildProcess): Promise<void> {
  const gone = new Promise((done) => (isGone(program) ? done(null) : program.once('exit', done)));
  program.kill('SIGKILL');
  await gone;
}

/** True when the program died, whoever killed it. */
export function isGone(program: ChildProcess): boolean {
  return program.exitCode !== null || program.signalCode !== null;
}
