import type { OutboxState } from '../domain/outbox-item.ts';

/** What is known when the last window is about to go. `moving` counts what of the queue goes on by itself. */
export type ClosingFacts = {
  readonly isSessionLive: boolean;
  readonly moving: number;
  /** The system shows the program's mark at the edge of the screen. */
  readonly hasTray: boolean;
  /** The person was told once that the program stays, and how to end it. */
  readonly isTold: boolean;
};

/**
 * `end`: the program ends with its window. `stay`: it goes on without one. `tell`: it goes on, and says so first. `no-tray`: it would go on
 * where nobody could reach it, so the person is told what does not go and decides.
 */
export type ClosingStep = 'end' | 'stay' | 'tell' | 'no-tray';

/** What closing the window means. A session has a strip of its own above everything: it is reached without a tray. */
export function closingStep({ isSessionLive, moving, hasTray, isTold }: ClosingFacts): ClosingStep {
  if (!isSessionLive && moving === 0) return 'end';
  if (hasTray) return isTold ? 'stay' : 'tell';
  return isSessionLive ? 'stay' : 'no-tray';
}

const underWay: ReadonlySet<OutboxState> = new Set(['queued', 'sending', 'unknown']);
/** Only a person brings these on, and nobody does without a window. */
const standsStill: ReadonlySet<string> = new Set(['recipient', 'terms', 'person']);

/** True for work that goes on by itself as long as the program runs. */
export function goesOnByItself({
  state,
  waitReason,
}: {
  readonly state: OutboxState;
  readonly waitReason: { readonly kind: string } | null;
}): boolean {
  return underWay.has(state) && !(waitReason !== null && standsStill.has(waitReason.kind));
}
