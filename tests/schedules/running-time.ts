/** Waits from here on can be cut short; shorter ones are deadlines of single exchanges, and pass by themselves. Milliseconds. */
const longMs = 10_000;

/** The running time of the program under test: it goes on by itself, and by as much as is said. */
export type RunningTime = {
  /** Milliseconds; never goes back. */
  readonly nowMs: () => number;
  /** So much of it is over at once: every long wait that ends within goes off, in their order. */
  readonly pass: (ms: number) => void;
  /** Gives the timers back to the system. */
  readonly end: () => void;
};

type Wait = { readonly dueMs: number; readonly goOff: () => void };

/** Takes hold of every timer that is set from now on, until its end. */
export function holdRunningTime(): RunningTime {
  const real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  const waits = new Map<NodeJS.Timeout, Wait>();
  let aheadMs = 0;
  const nowMs = (): number => performance.now() + aheadMs;
  const set = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout => {
    const goOff = (): void => {
      waits.delete(timer);
      callback(...args);
    };
    const timer = real.set(goOff, ms);
    if (ms >= longMs) waits.set(timer, { dueMs: nowMs() + ms, goOff });
    return timer;
  };
  const clear: typeof clearTimeout = (timer) => {
    waits.delete(timer as NodeJS.Timeout);
    real.clear(timer);
  };
  // What is promisified keeps the system's own time: nobody's long wait is made of it.
  globalThis.setTimeout = Object.assign(set, real.set) as typeof setTimeout;
  globalThis.clearTimeout = clear;
  return {
    nowMs,
    pass: (ms) => {
      aheadMs += ms;
      const due = [...waits]
        .filter(([, { dueMs }]) => dueMs <= nowMs())
        .sort(([, a], [, b]) => a.dueMs - b.dueMs);
      for (const [timer, { goOff }] of due) {
        real.clear(timer);
        if (waits.has(timer)) goOff();
      }
    },
    end: () => {
      globalThis.setTimeout = real.set;
      globalThis.clearTimeout = real.clear;
    },
  };
}
