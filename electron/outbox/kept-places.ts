import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { keepsItsPlace, placeKeptMs } from '../../shared/flows/queue-order.ts';
import type { Clock } from '../platform/clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { IsDue, OutboxRepository } from '../store/outbox-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';

type Id = OutboxItem['id'];

export type KeptPlaces = {
  /** How an item stands now: it begins to keep its place, goes on keeping it, or has lost it. Gives the item back. */
  readonly note: (item: OutboxItem) => OutboxItem;
  /** As `isDue`, but for the requests behind a place that is kept now. */
  readonly inOrder: (isDue: IsDue) => IsDue;
  /** When the next place ceases to be kept, in monotonic milliseconds, counted from the look at `sinceMs`; infinite when none is kept. */
  readonly nextMs: (sinceMs: number) => number;
};

export type KeptPlacesParts = {
  readonly clock: Clock;
  readonly outbox: Pick<OutboxRepository, 'find'>;
  readonly tickets: Pick<TicketRepository, 'find'>;
  readonly link: Pick<PortalLink, 'recipient'>;
  readonly waitsForTerms: (item: OutboxItem, ticket: Ticket) => boolean;
};

/**
 * Requests whose place is kept after a first fault of the portal or the line (R-TICKET-2), each for `placeKeptMs` at most, by monotonic
 * time: nothing keeps the others waiting for ever.
 */
export function keptPlaces(parts: KeptPlacesParts): KeptPlaces {
  const { clock, outbox, tickets, link } = parts;
  const untilMs = new Map<Id, number>();
  const placeOf = (id: Id): number => {
    const item = readRowOrNull(() => outbox.find(id));
    const ticket = item === null || !keepsItsPlace(item) ? null : readRowOrNull(() => tickets.find(item.ticketId));
    if (item === null || ticket === null || ticket.recipient !== link.recipient()) return Number.POSITIVE_INFINITY;
    return parts.waitsForTerms(item, ticket) ? Number.POSITIVE_INFINITY : item.sequence;
  };
  return {
    note: (item) => {
      if (!keepsItsPlace(item)) untilMs.delete(item.id);
      else if (!untilMs.has(item.id)) untilMs.set(item.id, clock.monotonicMs() + placeKeptMs);
      return item;
    },
    inOrder: (isDue) => {
      const now = clock.monotonicMs();
      const places = [...untilMs].flatMap(([id, until]) => (until > now ? [placeOf(id)] : []));
      const first = Math.min(...places, Number.POSITIVE_INFINITY);
      return (id, state, place) => !(place.isCreation && place.sequence > first) && isDue(id, state, place);
    },
    nextMs: (sinceMs) => Math.min(...[...untilMs.values()].filter((until) => until > sinceMs), Number.POSITIVE_INFINITY),
  };
}
