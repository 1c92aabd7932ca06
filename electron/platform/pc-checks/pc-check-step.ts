import type { PcCheckId, PcFinding } from '../../../shared/domain/pc-check.ts';

/** One look at this PC: reads facts, judges nothing, changes nothing. May be slow or fail; whoever runs it bounds and catches it. */
export type PcCheckStep = {
  readonly id: PcCheckId;
  readonly look: (signal: AbortSignal) => Promise<PcFinding>;
};

export const notTold: PcFinding = { kind: 'not-told' };
