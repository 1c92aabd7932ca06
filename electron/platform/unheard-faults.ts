import { AsyncLocalStorage } from 'node:async_hooks';

/** What tells of faults nobody listened to: the process, or a stand-in for it. */
export type FaultSource = {
  readonly on: (kind: 'unhandledRejection' | 'uncaughtException', hear: (fault: unknown) => void) => unknown;
};

/** Told the reference of a fault in the log. `isOwn`: it came out of the very work that is watched; else out of nobody knows what. */
type HearUnheard = (reference: string, isOwn: boolean) => void;

export type UnheardWatch = {
  /** Begins the work whose faults are its own, however late and from whichever callback they come. */
  readonly begin: <T>(work: () => T) => T;
  /** Nothing is told from now on. */
  readonly end: () => void;
};

const origin = new AsyncLocalStorage<HearUnheard>();
const watching = new Set<HearUnheard>();

/** Watches work that libraries do for us: what they throw where nobody listens is told to who began it. */
export function watchUnheardFaults(hear: HearUnheard): UnheardWatch {
  watching.add(hear);
  return {
    begin: (work) => origin.run(hear, work),
    end: () => void watching.delete(hear),
  };
}

/** A fault of work that is over is nobody's any more; one whose origin is not known may be anybody's. */
function concerned(): readonly HearUnheard[] {
  const own = origin.getStore();
  if (own === undefined) return [...watching];
  return watching.has(own) ? [own] : [];
}

/**
 * What nobody listened to must neither end the program nor open a box with its words: it is handed to `log`, with its places, like every
 * other fault, and its reference to the work it came out of. `log` must not throw: what is thrown here ends the process.
 */
export function keepUnheardFaults(source: FaultSource, log: (fault: unknown) => string): void {
  for (const kind of ['unhandledRejection', 'uncaughtException'] as const)
    source.on(kind, (fault) => {
      const reference = log(fault);
      const isOwn = origin.getStore() !== undefined;
      for (const hear of concerned()) hear(reference, isOwn);
    });
}
