import { AppFault } from '../../../shared/domain/app-error.ts';
import type { BackupState } from '../../../shared/domain/backup.ts';
import { type BackupEvent, backupStep, newBackup } from '../../../shared/flows/backup.ts';
import type { BackupView } from '../../../shared/ipc/remote-views.ts';
import { type BackupResult, isStop } from './run-backup.ts';
import type { WorkerPool } from './worker-pool.ts';

export type BackupProgressParts = {
  readonly log: (error: unknown) => string;
  readonly onChange: () => void;
};

/** How far the backup is, and the pool that works at it. */
export type BackupProgress = {
  readonly state: () => BackupState;
  readonly differences: () => BackupView['differences'];
  readonly isIdle: () => boolean;
  /** @throws AppFault remote.backupRunning */
  readonly assertIdle: () => void;
  readonly apply: (event: BackupEvent) => void;
  readonly note: (result: Pick<BackupResult, 'skipped' | 'different'>) => void;
  /** Takes over how far the pool is. */
  readonly look: (pool: WorkerPool) => void;
  /** One pool at work, told of now and then, and dismissed whatever comes of it. @returns when it came to rest */
  readonly occupy: (pool: WorkerPool, workOf: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  /** Resolves when nothing works any more. */
  readonly rest: () => Promise<void>;
};

/** Progress is told this often at most, in milliseconds. */
const tellEveryMs = 250;

/** One backup at a time: its state, what was left out or differs, and whoever works at it. */
export function backupProgress(parts: BackupProgressParts): BackupProgress {
  let state: BackupState = newBackup;
  let differences: BackupView['differences'] = { skipped: [], skippedTotal: 0, different: [] };
  let running: {
    readonly pool: WorkerPool;
    readonly cancel: AbortController;
    readonly work: Promise<void>;
  } | null = null;

  const apply = (event: BackupEvent): void => {
    state = backupStep(state, event);
    parts.onChange();
  };
  const note = (result: Pick<BackupResult, 'skipped' | 'different'>): void => {
    differences = {
      skipped: result.skipped.slice(0, 200),
      skippedTotal: result.skipped.length,
      different: result.different.slice(0, 200),
    };
  };
  const look = ({ progress }: WorkerPool): void => {
    const { bytes, files } = progress();
    const next = backupStep(state, { kind: 'progressed', files, bytes: Math.floor(bytes / 2) });
    const isNews = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (isNews) parts.onChange();
  };
  const occupy = (pool: WorkerPool, workOf: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const cancel = new AbortController();
    const telling = setInterval(() => look(pool), tellEveryMs);
    const work = workOf(cancel.signal)
      .catch((error: unknown) => {
        if (!isStop(error)) parts.log(error);
        apply({
          kind: 'stopped',
          reason: cancel.signal.aborted ? 'cancelled' : isStop(error) ? error.reason : 'program-fault',
        });
      })
      .finally(() => {
        clearInterval(telling);
        pool.dismiss();
        running = null;
        parts.onChange();
      });
    running = { pool, cancel, work };
    return work;
  };
  return {
    state: () => state,
    differences: () => differences,
    isIdle: () => running === null,
    assertIdle: () => {
      if (running !== null) throw new AppFault('remote.backupRunning');
    },
    apply,
    note,
    look,
    occupy,
    pause: () => running?.pool.pause(),
    resume: () => running?.pool.resume(),
    cancel: () => {
      running?.cancel.abort();
      running?.pool.callOff();
    },
    rest: async () => running?.work,
  };
}
