import type { PcCheck } from '../../../shared/domain/pc-check.ts';
import { judgePcCheck } from '../../../shared/rules/pc-checks.ts';
import { notTold, type PcCheckStep } from './pc-check-step.ts';

/** Longest time one look may take, in milliseconds (COMPLAINT-1). */
export const checkLimitMs = 5_000;

async function bounded(step: PcCheckStep, limitMs: number): Promise<PcCheck> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof notTold>((resolve) => {
    timer = setTimeout(() => {
      abort.abort();
      resolve(notTold);
    }, limitMs);
  });
  try {
    return judgePcCheck(step.id, await Promise.race([step.look(abort.signal), late]));
  } catch {
    // A look that fails tells nothing about the PC.
    return judgePcCheck(step.id, notTold);
  } finally {
    clearTimeout(timer);
  }
}

/** All looks at once, each within its limit; one that hangs or fails is `cannot-tell` and holds up no other (R-EXCL-1). */
export function runPcChecks(
  steps: readonly PcCheckStep[],
  limitMs: number = checkLimitMs,
): Promise<readonly PcCheck[]> {
  return Promise.all(steps.map((step) => bounded(step, limitMs)));
}
