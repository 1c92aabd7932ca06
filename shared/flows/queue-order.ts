import type { OutboxItem } from '../domain/outbox-item.ts';
import { absentGapMs } from './outbox-flow.ts';
import { concernsAll } from './queue-wait.ts';

/** Longest time the requests behind one wait for its second try, in milliseconds: both look-ups after a lost answer fit into it. */
export const placeKeptMs = 2 * absentGapMs;

/**
 * Longest time they wait for its next try once others failed as well, in milliseconds: a look-up after the longest wait, a second one, and
 * the longest wait before it is sent again fit into it.
 */
export const roundMs = 32 * 60_000;

/** Requests tried behind a first one that fails again, before all wait for it once more. */
export const witnessesARound = 2;

/**
 * Tries of the first one in a row, each with a rest the portal asked for, before another goes in its place: an hour's. Twice as many each
 * time that one fails as well, for a closed portal or a busy one is seldom so for one request alone.
 */
export const turnsInARow = 12;

/**
 * True for a request that met a fault of the portal, the line or the program itself, cut off on the way. Such a fault says nothing of the
 * request, so it keeps its place: no later one overtakes it (R-TICKET-2), however long the portal is away.
 *
 * Whose fault it is, only another request can tell. So when the first one failed at least twice, the next in order is tried right after
 * it, and then the one that was tried least. Do they fail as well, it is the portal, and all wait for the first one again. Is one of them
 * taken, those that failed just before it have a reason of their own to wait, and keep nobody any more.
 *
 * A reason of its own is everything else as well: a refusal, for now or for good; a rest the portal asks for; being set aside, taken
 * back, or left to the person; terms to be accepted; another recipient than the one in use. Replies, closings and files keep their
 * order inside a ticket alone, and look-ups, which only read, keep none.
 */
export function metPortalFault({ work, state, attempts, lastError }: OutboxItem): boolean {
  return (
    work.kind === 'create-ticket' &&
    (state === 'queued' || state === 'unknown') &&
    attempts > 0 &&
    (lastError === null || concernsAll(lastError))
  );
}

/** Requests behind the first one among which another is looked for: a queue of years costs no more than a short one. */
export const witnessesLooked = 500;

/** Who is tried to tell whose fault it is, the best first. `isNext`: the next in order, else the one tried least. */
export function witnessesInTurn<T extends Pick<OutboxItem, 'attempts' | 'sequence'>>(
  candidates: readonly T[],
  isNext: boolean,
): readonly T[] {
  return candidates.toSorted((a, b) => (isNext ? 0 : a.attempts - b.attempts) || a.sequence - b.sequence);
}
