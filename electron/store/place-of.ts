import type { Ticket } from '../../shared/domain/ticket.ts';
import type { TicketRepository } from './ticket-repository.ts';

/**
 * Whether `owner`, a row that has a number, is only the place that news of `ticket` were put in before its number was known: nobody
 * here wrote it, and either nothing but a message told of it or it has the very subject of ours.
 */
export function isPlaceOf(tickets: Pick<TicketRepository, 'isHeardOf'>, owner: Ticket, ticket: Ticket): boolean {
  return owner.content === null && ticket.content !== null && (tickets.isHeardOf(owner.id) || owner.text.subject === ticket.text.subject);
}
