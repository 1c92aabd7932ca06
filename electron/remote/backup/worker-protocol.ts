import type { LockedFileLimits } from '../../platform/locked-file-retry.ts';
import type { StopReason } from '../../../shared/domain/backup.ts';
import type { TaskSetup, BackupTasks } from './backup-tasks.ts';

/** Words of the shared memory that all workers of a run look at: what they are to do. */
export const goOn = 0;
export const paused = 1;
export const calledOff = 2;

/**
 * What a thread is started with. `control` holds one of the words above; `progress` bytes and files, counted by every thread
 * of the run, so that nobody has to be told of each file.
 */
export type ThreadSetup = TaskSetup & {
  readonly patience: LockedFileLimits;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly progress: BigInt64Array<SharedArrayBuffer>;
};

export type TaskName = keyof BackupTasks;
export type TaskRequest = { readonly act: TaskName; readonly given: readonly unknown[] };
/** One answer for each request, in their order. */
export type TaskAnswer =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The same tasks, asked of a thread. */
export type AskedTasks = {
  readonly [Act in TaskName]: (
    ...given: Parameters<BackupTasks[Act]>
  ) => Promise<ReturnType<BackupTasks[Act]>>;
};
