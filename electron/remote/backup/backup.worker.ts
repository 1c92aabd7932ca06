import { parentPort, workerData } from 'node:worker_threads';
import { realBackupDisk } from './backup-disk.ts';
import type { ThreadSetup } from './worker-protocol.ts';
import { serveTasks } from './serve-tasks.ts';

if (parentPort !== null) serveTasks(parentPort, workerData as ThreadSetup, realBackupDisk);
