import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import type { ChannelInput, ChannelName, ChannelOutput } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/domain/result.ts';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Fault } from '../portal/fault.ts';
import { type JournalEntry, readJournal } from '../portal/journal.ts';

/** The portal as a process of its own: it lives on while the app is killed, and writes down what really happened. */
export type OutsidePortal = { readonly url: string; readonly token: string; readonly journal: () => JournalEntry[]; readonly faults: (seed: number, share: number) => void; readonly fault: (next: Fault) => void; readonly stop: () => void };

const readySchema = z.object({ url: z.string(), token: z.string() });

export async function startOutsidePortal(processingMs: number): Promise<OutsidePortal> {
  const folder = mkdtempSync(join(tmpdir(), 'officina-outside-portal-'));
  const journalFile = join(folder, 'journal.jsonl');
  const child: ChildProcess = spawn(process.execPath, [resolve(import.meta.dirname, '../portal/faulty-portal-cli.ts'), '--data', join(folder, 'data'), '--journal', journalFile, '--processing', String(processingMs), '--delay', '60'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the portal has no pipes');
  const first = await new Promise<string>((ready, failed) => {
    createInterface({ input: stdout }).once('line', ready);
    child.once('exit', (code) => failed(new Error(`the portal ended with ${code}`)));
  });
  const { url, token } = readySchema.parse(JSON.parse(first));
  return {
    url, token,
    journal: () => readJournal(journalFile),
    faults: (seed, share) => stdin.write(`${JSON.stringify({ seed, share })}\n`),
    fault: (next) => stdin.write(`${JSON.stringify(next)}\n`),
    stop: () => {
      child.removeAllListeners('exit');
      child.kill();
    },
  };
}

/** Calls the bridge as the page does; a failure of the app is an exception here. */
export async function call<C extends ChannelName>(page: Page, name: C, input: ChannelInput<C>): Promise<ChannelOutput<C>> {
  const answer = await page.evaluate(async ([channel, payload]) => {
    const command = Reflect.get(window.officina, channel) as (given: unknown) => Promise<unknown>;
    return command(payload);
  }, [name, input] as const) as Result<ChannelOutput<C>, AppError>;
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
