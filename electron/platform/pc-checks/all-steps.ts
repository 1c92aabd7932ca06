import { untoldSteps, windowsSteps } from '../windows/windows-steps.ts';
import { type PlainFacts, plainSteps } from './plain-steps.ts';
import type { PcCheckStep } from './pc-check-step.ts';

/** One step for each check there is; those this system cannot take answer that they cannot tell. */
export function pcCheckSteps(
  facts: PlainFacts,
  platform: NodeJS.Platform = process.platform,
): readonly PcCheckStep[] {
  const own = [...plainSteps(facts, platform), ...(platform === 'win32' ? windowsSteps : [])];
  return [...own, ...untoldSteps.filter((step) => own.every((other) => other.id !== step.id))];
}
