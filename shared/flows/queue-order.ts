import type { OutboxItem } from '../domain/outbox-item.ts';
import { absentGapMs } from './outbox-flow.ts';
import { concernsAll } from './queue-hold.ts';

/** Longest time the requests behind one wait for its second try, in milliseconds: both look-ups after a lost answer fit into it. */
export const placeKeptMs = 2 * absentGapMs;

/**
 * True when no later request may overtake this one (R-TICKET-2): it was tried once, and what failed was the portal, the line or the
 * program itself, cut off on the way. It says nothing of the request, so the others wait until it was tried once more. A reason of its
 * own to wait, which lets the others go, is everything else: a refusal of its own, for now or for good; a second fault in a row,
 * whosever; a look-up that fails; being set aside, taken back, or left to the person; terms to be accepted; another recipient than the
 * one in use; more than `placeKeptMs` since the first fault, as where the portal named an hour. Replies, closings and files keep
 * their order inside a ticket alone.
 */
export function keepsItsPlace({ work, state, attempts, lastError }: OutboxItem): boolean {
  return (
    work.kind === 'create-ticket' &&
    (state === 'queued' || state === 'unknown') &&
    attempts === 1 &&
    (lastError === null || concernsAll(lastError))
  );
}
