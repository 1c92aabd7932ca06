import { within } from '../platform/within.ts';

/** Milliseconds from the moment somebody asks for the end until main itself ends the program with whatever still hangs. */
const exitAfterMs = 4_100;
/** The same until a thread of its own ends it, should main stand still. */
const killAfterMs = 4_400;
/** Longest time the services may take, and then the threads, in milliseconds. */
const servicesEndMs = 2_300;
const threadsEndMs = 200;

export type LeavingParts = {
  /** Asks every window to close; false where none is open any more. */
  readonly closeWindows: () => boolean;
  /** Ends what was opened behind the windows, in its own time. */
  readonly stopServices: () => Promise<unknown>;
  readonly endThreads: (limitMs: number) => Promise<void>;
  /** Asks once more: nothing is in the way now. */
  readonly quit: () => void;
  /** Has the program begin again once its process is gone. */
  readonly beginAgain: () => void;
  /** Ends the program without asking anybody. */
  readonly exit: () => void;
  /** Ends the process from outside its main thread after so many milliseconds; what it gives back calls that off. */
  readonly endAfter: (limitMs: number) => () => void;
  readonly log: (fault: unknown) => unknown;
};

export type Leaving = {
  /** Somebody wants the program to end, perhaps again. True when nothing is in the way of it. */
  readonly asked: () => boolean;
  /** Somebody wants the program to begin anew; where the person stays after all, a later end is an end. */
  readonly restart: () => void;
  /** A page keeps its window, for it holds words that no disk has: the person decides (D1). */
  readonly heldBack: () => void;
  /** The system ends the session and asks nobody. */
  readonly atOnce: () => void;
  /** True once somebody wants the end and nobody has held it back: windows close without a question. */
  readonly isAsked: () => boolean;
  /** True once the services are being ended: nothing may be begun any more. */
  readonly isOver: () => boolean;
};

/**
 * How the program ends: first the windows, which hand over their last keystrokes while the store is open, then the services, then the
 * threads, each with its time. Counted from the first asking it is gone within five seconds whatever hangs, and what was acknowledged
 * is on the disk by then; only a page that asks the person first keeps it.
 */
export function leaving(parts: LeavingParts): Leaving {
  let stage: 'staying' | 'closing' | 'stopping' | 'gone' = 'staying';
  let callOff: () => void = () => undefined;
  let beginsAgain = false;

  const tried = (work: () => void): void => {
    try {
      work();
    } catch (fault) {
      parts.log(fault);
    }
  };
  const leave = (): void => {
    stage = 'closing';
    const timer = setTimeout(() => {
      if (stage === 'closing' && beginsAgain) tried(parts.beginAgain);
      parts.exit();
    }, exitAfterMs);
    let unarmed = (): void => undefined;
    tried(() => {
      unarmed = parts.endAfter(killAfterMs);
    });
    callOff = () => {
      clearTimeout(timer);
      unarmed();
    };
  };
  const inTime = (work: () => Promise<unknown>, limitMs: number): Promise<unknown> =>
    within(new Promise((over) => over(work())), limitMs).catch(parts.log);
  const stop = (then: () => void): void => {
    stage = 'stopping';
    if (beginsAgain) tried(parts.beginAgain);
    void inTime(parts.stopServices, servicesEndMs)
      .then(() => inTime(() => parts.endThreads(threadsEndMs), threadsEndMs))
      .then(() => {
        stage = 'gone';
        then();
      });
  };
  return {
    asked: () => {
      if (stage === 'gone') return true;
      if (stage === 'stopping') return false;
      if (stage === 'staying') leave();
      let isAnyOpen = false;
      tried(() => {
        isAnyOpen = parts.closeWindows();
      });
      if (!isAnyOpen) stop(parts.quit);
      return false;
    },
    restart: () => {
      beginsAgain = true;
      parts.quit();
    },
    heldBack: () => {
      if (stage !== 'closing') return;
      stage = 'staying';
      beginsAgain = false;
      callOff();
    },
    atOnce: () => {
      if (stage === 'staying') leave();
      if (stage === 'closing') stop(parts.exit);
    },
    isAsked: () => stage !== 'staying',
    isOver: () => stage === 'stopping' || stage === 'gone',
  };
}
