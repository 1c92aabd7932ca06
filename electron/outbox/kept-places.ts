import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import type { OutboxEvent } from '../../shared/flows/outbox-flow.ts';
import {
  metPortalFault,
  placeKeptMs,
  roundMs,
  turnsInARow,
  witnessesARound,
  witnessesInTurn,
  witnessesLooked,
} from '../../shared/flows/queue-order.ts';
import { speaksForAll } from '../../shared/flows/queue-wait.ts';
import type { Clock } from '../platform/clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { IsDue, OutboxRepository } from '../store/outbox-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import type { HeldNow } from './held-work.ts';
import type { BackoffTimers } from './backoff-timers.ts';

type Id = OutboxItem['id'];

export type KeptPlaces = {
  /** How an item stands now, and after what: it begins to keep its place, goes on keeping it, or has lost it. Gives the item back. */
  readonly note: (item: OutboxItem, event?: OutboxEvent) => OutboxItem;
  /**
   * The next one that is due, without the requests behind a place that is kept now; those with a reason of their own go when nothing else
   * may. `find` looks through the queue, oldest first.
   */
  readonly next: (find: (isDue: IsDue) => Id | null, isDue: IsDue) => Id | null;
  /** After a start: the first one is tried as soon as it may, for the portal may be back since. */
  readonly hurryFirst: () => void;
  /** The request whose place is kept before all others; null: none. */
  readonly first: () => Id | null;
  /** True when another request is to be tried at once, so that whose fault it is becomes known. */
  readonly owesTry: () => boolean;
  /** When the next place ceases to be kept, in monotonic milliseconds, counted from the look at `sinceMs`; infinite when none is kept. */
  readonly nextMs: (sinceMs: number) => number;
};

export type KeptPlacesParts = {
  readonly clock: Clock;
  readonly outbox: Pick<OutboxRepository, 'find' | 'creationsBehind'>;
  readonly tickets: Pick<TicketRepository, 'find'>;
  readonly link: Pick<PortalLink, 'recipient'>;
  readonly waitsForTerms: (item: OutboxItem, ticket: Ticket) => boolean;
  readonly heldNow: () => HeldNow;
};

/** Events after which a request has failed once more. */
const failures: ReadonlySet<OutboxEvent['kind']> = new Set(['refused', 'answerLost', 'lookUpFailed']);

/** `untilMs`: how long the others wait for it. `isAsking`: the portal had nothing of it a moment ago, and is asked once more. */
type Place = { readonly sequence: number; readonly untilMs: number; readonly isAsking: boolean };

/** Who stands where among those that met a fault of the portal, and who could be tried behind them. */
function placeList(
  { clock, outbox, tickets, link, waitsForTerms, heldNow }: KeptPlacesParts,
  times: BackoffTimers,
) {
  const places = new Map<Id, Place>();
  const mayGo = (item: OutboxItem): boolean => {
    const ticket = readRowOrNull(() => tickets.find(item.ticketId));
    return (
      ticket !== null &&
      ticket.recipient === link.recipient() &&
      !waitsForTerms(item, ticket) &&
      heldNow().ofItem(item) === null
    );
  };
  const firstWhere = (isMeant: (id: Id, place: Place) => boolean): OutboxItem | null => {
    for (const [id, place] of [...places].toSorted(([, a], [, b]) => a.sequence - b.sequence)) {
      const item = isMeant(id, place) ? readRowOrNull(() => outbox.find(id)) : null;
      if (item !== null && metPortalFault(item) && mayGo(item)) return item;
    }
    return null;
  };
  const untilMs = (id: Id): number | null => places.get(id)?.untilMs ?? null;
  return {
    untilMs,
    keep: ({ id, sequence, absentLookups }: OutboxItem, until: number): void => {
      places.set(id, { sequence, untilMs: until, isAsking: absentLookups > 0 });
    },
    drop: (id: Id): void => {
      places.delete(id);
    },
    first: (): OutboxItem | null => firstWhere(() => true),
    /** As `first`, but nobody waits longer for one of which the portal wants no question. */
    firstToWaitFor: (): OutboxItem | null => {
      const now = clock.monotonicMs();
      return firstWhere((id, place) => place.untilMs > now || times.askedRestMs(id) === 0);
    },
    /** The one to be tried behind it now: the next in order, or the one tried least of those that come next; null: none may. */
    behind: (first: OutboxItem, isNext: boolean, isLeftOut: (id: Id) => boolean): OutboxItem | null => {
      const isCandidate = (id: Id): boolean => !isLeftOut(id) && times.mayTry(id);
      for (const { id } of witnessesInTurn(
        outbox.creationsBehind(first.sequence, witnessesLooked, isCandidate),
        isNext,
      )) {
        const item = readRowOrNull(() => outbox.find(id));
        if (item !== null && mayGo(item)) return item;
      }
      return null;
    },
    /** All go on at once, as far as they may, and each is waited for anew. */
    hurryAll: (): void => {
      const now = clock.monotonicMs();
      for (const [id, place] of places) {
        if (times.askedRestMs(id) > placeKeptMs) continue;
        places.set(id, { ...place, untilMs: now + placeKeptMs });
        if (!place.isAsking) times.hurry(id);
      }
    },
    nextMs: (sinceMs: number): number =>
      Math.min(
        ...[...places.values()].map((place) => place.untilMs).filter((until) => until > sinceMs),
        Number.POSITIVE_INFINITY,
      ),
  };
}

/**
 * Keeps requests in their order while the portal or the line is at fault, as `queue-order.ts` has it, by monotonic time: nothing keeps
 * the others waiting for ever. What is known here and not stored is found out anew after a start, by a try of the first one.
 */
export function keptPlaces(parts: KeptPlacesParts, times: BackoffTimers): KeptPlaces {
  const { clock } = parts;
  const places = placeList(parts, times);
  /** Those that have a reason of their own, as others were taken behind them. */
  const passed = new Set<Id>();
  /** Who failed since the first one was tried last, that one among them, with its place in the queue. */
  const round = new Map<Id, number>();
  let turns = 0;
  let patience = turnsInARow;
  /** The portal took a request, and none failed since. */
  let isTaking = false;

  const tried = (first: OutboxItem): number => round.size - (round.has(first.id) ? 1 : 0);
  const witnessBehind = (first: OutboxItem): OutboxItem | null => {
    if ((places.untilMs(first.id) ?? 0) > clock.monotonicMs()) return null;
    return places.behind(
      first,
      tried(first) === 0 && turns < patience,
      (id) => passed.has(id) || round.has(id),
    );
  };

  /** The portal takes requests: what failed just before has a reason of its own, and the others go at once, in their order. */
  const taken = ({ sequence }: OutboxItem, isSent: boolean): void => {
    for (const [id, place] of isSent ? round : []) {
      if (place >= sequence) continue;
      passed.add(id);
      places.drop(id);
    }
    round.clear();
    turns = 0;
    patience = turnsInARow;
    isTaking = isSent;
    places.hurryAll();
  };
  const endRound = (first: OutboxItem): void => {
    round.clear();
    places.keep(first, clock.monotonicMs() + roundMs);
  };
  const failed = (item: OutboxItem, kind: OutboxEvent['kind']): void => {
    const first = places.first();
    isTaking = false;
    if (first === null) return;
    if (first.id === item.id) {
      if (item.attempts < 2) return;
      round.clear();
      round.set(item.id, item.sequence);
      turns += 1;
      places.keep(item, clock.monotonicMs());
      // Nobody can tell whose fault it is now, or it is plainly the portal's: it is tried once more before others are.
      const isPortals = item.lastError !== null && speaksForAll(item.lastError);
      if ((isPortals && turns < patience) || witnessBehind(first) === null) endRound(first);
    } else if (kind !== 'lookUpFailed') {
      round.set(item.id, item.sequence);
      if (turns >= patience) patience *= 2;
      turns = 0;
      if (tried(first) >= witnessesARound || witnessBehind(first) === null) endRound(first);
    }
  };
  const inOrder = (isDue: IsDue): IsDue => {
    const first = places.firstToWaitFor();
    const witness = first === null ? null : witnessBehind(first);
    if (witness !== null) times.hurry(witness.id);
    const isReady =
      witness !== null && isDue(witness.id, 'queued', { sequence: witness.sequence, isCreation: true });
    const yields = isReady && turns >= patience;
    /** The first one had its turn: now it is the other's, before anything is asked about the rest. */
    const isOwed = isReady && first !== null && round.has(first.id);
    return (id, state, place) => {
      if (first === null || !place.isCreation || passed.has(id)) return isDue(id, state, place);
      if (id !== witness?.id && (yields || (isOwed && state === 'unknown'))) return false;
      const isBehind = state === 'queued' && place.sequence > first.sequence && id !== witness?.id;
      return !isBehind && isDue(id, state, place);
    };
  };

  return {
    note: (item, event) => {
      const isCreation = item.work.kind === 'create-ticket';
      if (isCreation && (event?.kind === 'accepted' || event?.kind === 'foundOnPortal'))
        taken(item, event.kind === 'accepted');
      if (item.state === 'sending') return item;
      if (!metPortalFault(item)) {
        places.drop(item.id);
        passed.delete(item.id);
        return item;
      }
      if (passed.has(item.id)) return item;
      const isNew = event !== undefined || item.attempts === 1;
      places.keep(item, places.untilMs(item.id) ?? clock.monotonicMs() + (isNew ? placeKeptMs : 0));
      if (event?.kind === 'absentOnPortal' && item.state === 'queued' && isTaking) times.hurry(item.id);
      if (event !== undefined && failures.has(event.kind)) failed(item, event.kind);
      return item;
    },
    next: (find, isDue) => {
      const due = inOrder(isDue);
      const next = find((id, state, place) => !passed.has(id) && due(id, state, place));
      return next !== null || passed.size === 0 ? next : find(due);
    },
    hurryFirst: () => {
      const first = places.first();
      if (first?.absentLookups === 0) times.hurry(first.id);
    },
    first: () => places.first()?.id ?? null,
    owesTry: () => {
      const first = places.first();
      return first !== null && round.has(first.id) && witnessBehind(first) !== null;
    },
    nextMs: places.nextMs,
  };
}
