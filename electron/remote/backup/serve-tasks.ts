import { performance } from 'node:perf_hooks';
import type { MessagePort } from 'node:worker_threads';
import { type BackupDisk, BackupStop } from './backup-disk.ts';
import { backupTasks } from './backup-tasks.ts';
import {
  type TaskAnswer,
  type TaskRequest,
  calledOff,
  goOn,
  paused,
  type ThreadSetup,
} from './worker-protocol.ts';

/** Works off requests on this thread, one after the other; while the run is paused the thread sleeps in the middle of one. */
export function serveTasks(port: MessagePort, setup: ThreadSetup, disk: BackupDisk): void {
  const { control, progress, patience } = setup;
  const assertOn = (): void => {
    if (Atomics.load(control, 0) === calledOff) throw new BackupStop('cancelled');
  };
  const tasks = backupTasks(
    setup,
    {
      disk,
      patience,
      monotonicMs: () => performance.now(),
      wallMs: Date.now,
      checkpoint: () => {
        while (Atomics.load(control, 0) === paused) Atomics.wait(control, 0, paused);
        assertOn();
      },
      sleep: (ms) => {
        Atomics.wait(control, 0, goOn, ms);
        assertOn();
      },
    },
    (bytes, files) => {
      Atomics.add(progress, 0, BigInt(bytes));
      Atomics.add(progress, 1, BigInt(files));
    },
  );
  const answered = ({ act, given }: TaskRequest): TaskAnswer => {
    try {
      return { kind: 'done', value: (tasks[act] as (...args: readonly unknown[]) => unknown)(...given) };
    } catch (error) {
      return error instanceof BackupStop
        ? { kind: 'stopped', reason: error.reason }
        : { kind: 'failed', error };
    }
  };
  port.on('message', (request: TaskRequest) => port.postMessage(answered(request)));
}
