import type { Hold } from '../domain/hold.ts';
import type { OutboxItem } from '../domain/outbox-item.ts';

/** Longest time a person can hold something back, in milliseconds: further off, a year was mistyped. */
export const longestHoldMs = 366 * 86_400_000;

/** True for work a person may hold back: nothing of it is on its way, and it is not a part of other work. */
export function mayBeHeld({ state, work }: Pick<OutboxItem, 'state' | 'work'>): boolean {
  return state === 'queued' && (work.kind === 'create-ticket' || work.kind === 'send-message');
}

/** True for an instant something can be held back until: ahead, and not out of reach. */
export function isHoldPossible(hold: Hold, nowMs: number): boolean {
  if (hold.kind === 'staffed') return true;
  // That is found, and not chosen.
  if (hold.kind === 'conflict') return false;
  const leftMs = Date.parse(hold.at) - nowMs;
  return leftMs > 0 && leftMs <= longestHoldMs;
}

/**
 * When what is held back may go, by the portal's clock, in milliseconds; null where nobody can tell. @param staffedFromMs when somebody
 * answers from now on; null where no calendar says so
 */
export function holdEndsMs(hold: Hold, staffedFromMs: number | null): number | null {
  if (hold.kind === 'conflict') return null;
  return hold.kind === 'until' ? Date.parse(hold.at) : staffedFromMs;
}

/** True while it stays here. */
export function isHeldNow(hold: Hold, nowMs: number, staffedFromMs: number | null): boolean {
  const endsMs = holdEndsMs(hold, staffedFromMs);
  return endsMs === null || endsMs > nowMs;
}
