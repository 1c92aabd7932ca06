import { performance } from 'node:perf_hooks';
import { clockShiftMs, runningShiftMs } from './failpoint.ts';

/** Wall time for records, monotonic time for waiting: setting the PC's clock moves the first and never the second (CLOCK-1). */
export type Clock = {
  /** Now as ISO 8601 UTC with milliseconds. */
  readonly instant: () => string;
  /** Milliseconds that only grow while the process lives. */
  readonly monotonicMs: () => number;
};

export const systemClock: Clock = {
  instant: () => new Date(Date.now() + clockShiftMs()).toISOString(),
  monotonicMs: () => performance.now() + runningShiftMs(),
};
