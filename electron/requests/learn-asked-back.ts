import type { Message } from '../../shared/domain/ticket.ts';
import { askedBackFor } from '../../shared/rules/asked-back.ts';
import type { AskedBackRepository } from '../store/asked-back-repository.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';

/** What this operator asks back for is worth asking for before sending, next time (offline, on this PC only). */
export function learnAskedBack(
  {
    tickets,
    askedBack,
  }: { readonly tickets: Pick<TicketRepository, 'head'>; readonly askedBack: AskedBackRepository },
  message: Message,
): void {
  const asked = askedBackFor(message.text);
  const content = asked.length === 0 ? null : (tickets.head(message.ticketId)?.content ?? null);
  if (content === null || content.productId === null || content.requestType === null) return;
  askedBack.add(message.id, { productId: content.productId, requestType: content.requestType }, asked);
}
