import { setImmediate as othersTurn } from 'node:timers/promises';

/** Does long work in the parts it gives way between, each time letting others have their turn. @throws what the work throws */
export async function inTurns<T>(work: Generator<void, T, void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await othersTurn();
  }
}
