import type { Ticket } from '../../shared/domain/ticket.ts';
import type { TicketRepository } from './ticket-repository.ts';

/**
 * Whether `owner`, a row that has a number, is only the place that news of `ticket` were put in before its number was known: nobody
 * here wrote it, and the portal never named another's reference for it. Its words prove nothing: a portal may tell them changed or not
 * at all. Ask only where our reference, or the person, says that the number is that of `ticket`.
 */
export function isPlaceOf(
  tickets: Pick<TicketRepository, 'isAnothers'>,
  owner: Ticket,
  ticket: Ticket,
): boolean {
  return owner.content === null && ticket.content !== null && !tickets.isAnothers(owner.id);
}
