import { parentPort, workerData } from 'node:worker_threads';
import { realBackupDisk } from './backup-disk.ts';
import type { ThreadOrder } from './copy-orders.ts';
import { serveBench } from './serve-bench.ts';

if (parentPort !== null) serveBench(parentPort, workerData as ThreadOrder, realBackupDisk);
