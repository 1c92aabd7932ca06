import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { systemClock } from '../../platform/clock.ts';
import { environmentInTests } from '../../platform/failpoint.ts';
import { operatorFile } from './practice-sessions.ts';

// A stand-in of TeamViewer for practising, started only with the practice portal and labelled as one. It shows made-up codes, lets
// the practice operator "in", and writes the same files as the real one (FACT-TV-3, FACT-TV-4): log in local time, connections in UTC.

const startSchema = z.object({ kind: z.literal('start'), folder: z.string().min(1) });
const orderSchema = z.union([startSchema, z.object({ kind: z.literal('close') })]);

/** What the stand-in tells whoever started it. */
export type StandInWord = { readonly kind: 'session'; readonly on: boolean };
type Port = {
  readonly postMessage: (word: StandInWord) => void;
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => void;
};

const now = (): Date => new Date(systemClock.instant());
const two = (value: number): string => String(value).padStart(2, '0');

function localStamp(at: Date): string {
  return `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

function utcStamp(at: Date): string {
  return `${two(at.getUTCDate())}-${two(at.getUTCMonth() + 1)}-${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
}

const operatorId = '987654321';
const lookEveryMs = 100;

function standIn(port: Port): void {
  let folder = '';
  let since: Date | null = null;
  const log = (text: string): void =>
    appendFileSync(
      join(folder, 'TeamViewer15_Logfile.log'),
      `${localStamp(now())}  ${process.pid}  1  S0  ${text}\n`,
    );
  const come = (): void => {
    if (since !== null) return;
    since = now();
    log(`CPersistentParticipantManager::AddParticipant: [${operatorId},-1] type=6 name=PRACTICE`);
    port.postMessage({ kind: 'session', on: true });
  };
  const go = (): void => {
    if (since === null) return;
    log(`CPersistentParticipantManager::RemoveParticipant: [${operatorId},-1]`);
    log('SessionTerminate');
    // As the real one does: the end of a row is written only with the next.
    appendFileSync(
      join(folder, 'Connections_incoming.txt'),
      `\n${operatorId}\tPRACTICE\t${utcStamp(since)}\t${utcStamp(now())}\tpractice\tRemoteControl\t{00000000-0000-4000-8000-000000000000}\t`,
    );
    since = null;
    port.postMessage({ kind: 'session', on: false });
  };
  const look = (): void => {
    try {
      const signal = readFileSync(join(folder, operatorFile), 'utf8');
      rmSync(join(folder, operatorFile), { force: true });
      if (signal === 'connect') come();
      else go();
    } catch {
      // No signal: nobody came, nobody went.
    }
  };
  port.on('message', ({ data }) => {
    const order = orderSchema.parse(data);
    if (order.kind === 'close') {
      // As one that stays open when it is asked to close: the rest of the ladder must be walked (R-REMOTE-6).
      if (environmentInTests('STAND_IN_STAYS') !== null) return;
      if (folder !== '') go();
      process.exit(0);
    }
    folder = order.folder;
    mkdirSync(folder, { recursive: true });
    log('Start: practice stand-in, not TeamViewer');
    setInterval(look, lookEveryMs);
  });
}

const { parentPort } = process as { readonly parentPort?: Port };
if (parentPort !== undefined) standIn(parentPort);
