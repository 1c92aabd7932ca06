import type { TicketId } from '../../shared/domain/ids.ts';
import type { PortalState } from '../../shared/domain/portal-state.ts';
import type { TicketFacts } from '../../shared/domain/remote-session.ts';
import type { Rooms } from '../rooms.ts';

/**
 * What the ticket says about a session now (R-REMOTE-1). It was asked for when the portal said so and has not said since that one
 * was ended.
 */
export function ticketFacts(rooms: Pick<Rooms, 'tickets' | 'messages'>, ticketId: TicketId, hours: PortalState): TicketFacts {
  const ticket = rooms.tickets.find(ticketId);
  if (ticket === null) return { number: null, operator: null, asked: false, open: false, hours };
  const events = rooms.messages.ofTicket(ticketId).flatMap(({ author }) => (author.kind === 'system' ? [author.event] : []));
  const last = events.filter((event) => event === 'session-requested' || event === 'session-ended').at(-1);
  return { number: ticket.number, operator: ticket.operator, asked: last === 'session-requested', open: ticket.state !== 'closed', hours };
}
