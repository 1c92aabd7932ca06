import { workerData } from 'node:worker_threads';

// A thread of its own, for the main one may stand still: nothing it does, and nothing that hangs in it, holds this up.
const leftMs = Number((workerData as bigint) - process.hrtime.bigint()) / 1e6;
setTimeout(() => process.kill(process.pid, 'SIGKILL'), Math.max(0, leftMs));
