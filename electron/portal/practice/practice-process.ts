import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type UtilityProcess, utilityProcess } from 'electron';
import { AppFault } from '../../../shared/domain/app-error.ts';
import { faultCode } from '../../platform/fault-code.ts';
import { type PracticeReady, practiceReadySchema, type PracticeStart } from './practice-messages.ts';

export type PracticeProcessOptions = {
  /** Where the built programs lie; `practice.js` among them. */
  readonly programFolder: string;
  /** The practice portal's own folder; nothing of the real data may be in it. */
  readonly dataFolder: string;
  /** Milliseconds between two steps of the pretend operator; null: nobody answers. */
  readonly operatorDelayMs: number | null;
  /** The highest number of the practice portal that this PC knows, as it is when it starts or comes back. */
  readonly lastNumber: () => number;
};

export type PracticeProcess = PracticeReady & { readonly stop: () => Promise<void> };

const startLimitMs = 20_000;
const restartPauseMs = 500;
const restartsInARow = 5;
/** Longest time it may take to end when it is told to, in milliseconds. */
const endLimitMs = 250;

/** Starts it once; rejects with `portal.timeout` when it stays silent, with `portal.unreachable` when it dies first. */
function launch(
  programFolder: string,
  start: PracticeStart,
): Promise<{ readonly child: UtilityProcess; readonly ready: PracticeReady }> {
  return new Promise((resolve, reject) => {
    const child = utilityProcess.fork(join(programFolder, 'practice.js'), [], {
      serviceName: 'Officina practice portal',
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env },
    });
    const give = (fault: AppFault): void => {
      clearTimeout(timer);
      child.kill();
      reject(fault);
    };
    const timer = setTimeout(() => give(new AppFault('portal.timeout')), startLimitMs);
    const died = (): void => give(new AppFault('portal.unreachable'));
    child.once('exit', died);
    child.once('message', (message: unknown) => {
      const ready = practiceReadySchema.safeParse(message);
      if (!ready.success) return give(new AppFault('portal.badAnswer'));
      clearTimeout(timer);
      child.off('exit', died);
      resolve({ child, ready: ready.data });
    });
    child.once('spawn', () => child.postMessage(start));
  });
}

/** Ends a process that hears nothing; one that is gone by now is as it should be. */
function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (faultCode(error) !== 'ESRCH') throw error;
  }
}

/**
 * The practice portal as a process of its own, so that its disk work never holds up the window. If it dies it comes back at the
 * same address with the same tokens; after five failed starts in a row it stays away and requests find nobody.
 * @throws AppFault portal.timeout, portal.unreachable
 */
export async function startPracticeProcess({
  programFolder,
  dataFolder,
  operatorDelayMs,
  lastNumber,
}: PracticeProcessOptions): Promise<PracticeProcess> {
  const tokens = {
    token: randomBytes(32).toString('base64url'),
    operatorToken: randomBytes(24).toString('base64url'),
  };
  const first = await launch(programFolder, {
    dataFolder,
    operatorDelayMs,
    port: 0,
    lastNumber: lastNumber(),
    ...tokens,
  });
  const port = Number(new URL(first.ready.url).port);
  let stopping = false;
  let current = first.child;

  const watch = (child: UtilityProcess): void => {
    current = child;
    child.once('exit', () => {
      if (!stopping) void comeBack();
    });
  };
  const comeBack = async (): Promise<void> => {
    for (let attempt = 1; attempt <= restartsInARow && !stopping; attempt += 1) {
      await wait(restartPauseMs * attempt);
      if (stopping) return;
      try {
        const { child } = await launch(programFolder, {
          dataFolder,
          operatorDelayMs,
          port,
          lastNumber: lastNumber(),
          ...tokens,
        });
        // Told to stop while it was starting: it must not outlive the app's wish.
        if (stopping) child.kill();
        else watch(child);
        return;
      } catch (error) {
        if (!(error instanceof AppFault)) throw error;
      }
    }
  };
  watch(first.child);
  return {
    ...first.ready,
    stop: () => {
      stopping = true;
      return new Promise((resolve) => {
        if (current.pid === undefined) return resolve();
        const { pid } = current;
        const deaf = setTimeout(() => endNow(pid), endLimitMs);
        current.once('exit', () => {
          clearTimeout(deaf);
          resolve();
        });
        current.kill();
      });
    },
  };
}
