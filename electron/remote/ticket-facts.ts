import type { TicketId } from '../../shared/domain/ids.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { PortalState } from '../../shared/domain/portal-state.ts';
import type { Recipient } from '../../shared/domain/recipient.ts';
import type { TicketFacts } from '../../shared/domain/remote-session.ts';
import type { ServiceContext } from '../store/service-context.ts';

/** What the ticket says about a session now (R-REMOTE-1). One of another portal than the one in use asks for nothing here. */
export function ticketFacts(
  context: Pick<ServiceContext, 'tickets' | 'requests'>,
  ticketId: TicketId,
  hours: PortalState,
  recipient: Recipient,
): TicketFacts {
  const ticket = context.tickets.find(ticketId);
  if (ticket === null) return { number: null, operator: null, asked: false, open: false, hours };
  const asked = ticket.recipient === recipient && context.requests.asksForSession(ticketId);
  const stated = portalKinds[ticket.realm].isCarriedByHand ? ({ stated: true } as const) : {};
  return {
    number: ticket.number,
    operator: ticket.operator,
    asked,
    ...stated,
    open: ticket.state !== 'closed',
    hours,
  };
}
