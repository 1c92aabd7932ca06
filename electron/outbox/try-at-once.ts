import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { BackoffTimers } from './backoff-timers.ts';
import { type KeptPaceParts, recallAllWait } from './kept-pace.ts';

/** Two empty look-ups keep their distance, whoever asks. */
function keepsDistance({ state, absentLookups }: OutboxItem): boolean {
  return state === 'unknown' && absentLookups > 0;
}

/** The person wants an item tried now, however often it was tried before. @param gapMs least time between two empty look-ups */
export function pardon(item: OutboxItem, times: BackoffTimers, gapMs: number): void {
  times.pardon(item.id);
  if (keepsDistance(item)) times.atMost(item.id, gapMs);
  else times.wait(item.id, null);
}

/**
 * Another portal is spoken to, or the same in another way: what kept everything waiting before is over, but for the rest that this one
 * asked for (P2). What waited of our own making is due, and no item oftener than it may be tried (P3). `gapMs` as for `pardon`.
 */
export function anotherPortal(parts: KeptPaceParts, times: BackoffTimers, gapMs: number): void {
  recallAllWait(parts, times);
  for (const item of parts.outbox.open())
    if (keepsDistance(item)) times.atMost(item.id, gapMs);
    else times.hurry(item.id);
}
