import type { AppError } from '../../shared/domain/app-error.ts';
import type { Result } from '../../shared/domain/result.ts';
import { answered } from '../bridge/bridge.ts';
import { mayPass } from '../bridge/passing-failure.ts';

/** Pause after the last keystroke before an edit is stored, in ms; with the store's own time it stays under 300 ms. */
const pauseMs = 150;
/** How often a failed save is tried again, in ms: somebody who has just freed the disk looks at the window meanwhile. */
const againMs = 2_000;

export type SaveLoopParts<T, S> = {
  /** What stands in this window alone, as it is now; null when the disk has it. */
  readonly unstored: () => T | null;
  readonly store: (what: T) => Promise<Result<S, AppError>>;
  /** The disk has `what`. Afterwards `unstored` must answer only what was written since. */
  readonly onStored: (what: T, answer: S) => void;
  readonly onFailed: (what: T, error: AppError) => void;
};

export type SaveLoop = {
  /** An edit was made: it is stored once the typing pauses. */
  readonly edited: () => void;
  /**
   * Stores what is not stored yet, now; safe to call at any time, calls follow one another. False when that failed, a call that main
   * never answered included; what may pass is tried again by itself, and everything is at the next edit.
   */
  readonly flush: () => Promise<boolean>;
};

/** Keeps what is typed coming to the disk, whatever became of the save before (D1). */
export function saveLoop<T, S>(parts: SaveLoopParts<T, S>): SaveLoop {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** What may be on the disk though its answer was lost: sent again as it was, for main can tell a repeat from another edit. */
  let inDoubt: T | null = null;

  const storeAll = async (): Promise<boolean> => {
    for (let what = inDoubt ?? parts.unstored(); what !== null; what = parts.unstored()) {
      const result = await answered(parts.store(what));
      inDoubt = !result.ok && result.error.code === 'E_UNEXPECTED' ? what : null;
      if (!result.ok) {
        parts.onFailed(what, result.error);
        if (mayPass(result.error)) later(againMs);
        return false;
      }
      parts.onStored(what, result.value);
    }
    return true;
  };
  const flush = (): Promise<boolean> => {
    clearTimeout(timer);
    const saved = last.then(storeAll);
    // A fault of the page itself reaches whoever asked for this save, and no save after it.
    last = saved.catch(() => undefined);
    return saved;
  };
  const later = (waitMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), waitMs);
  };
  return { edited: () => later(pauseMs), flush };
}

/** One loop for each request, made when it is first edited. */
export function saveLoops<Id>(newLoop: (id: Id) => SaveLoop): (id: Id) => SaveLoop {
  const loops = new Map<Id, SaveLoop>();
  return (id) => {
    const loop = loops.get(id) ?? newLoop(id);
    loops.set(id, loop);
    return loop;
  };
}
