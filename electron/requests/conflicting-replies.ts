import type { MessageId, TicketId } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { HoldRepository } from '../store/hold-repository.ts';
import type { OutboxRepository } from '../store/outbox-repository.ts';

export type ConflictParts = {
  readonly outbox: OutboxRepository;
  readonly holds: HoldRepository;
  readonly audit: AuditRepository;
};

/** A reply that has not arrived yet, as far as anybody knows. */
const isUnderWay = ({ state }: OutboxItem): boolean =>
  state === 'queued' || state === 'sending' || state === 'unknown';

/**
 * The portal closed a ticket, or somebody answered in it from elsewhere, while replies waited here: each of them stays until a person has
 * seen both. What may be on the way already is still looked up, and held only if it turns out not to have arrived. Call in the
 * transaction that takes the news.
 */
export function holdForDecision({ outbox, holds, audit }: ConflictParts, id: TicketId, at: string): void {
  for (const item of outbox.readableOfTicket(id)) {
    if (item.work.kind !== 'send-message' || !isUnderWay(item)) continue;
    if (holds.ofItem(item.id)?.kind === 'conflict') continue;
    holds.keep(item.id, { kind: 'conflict' });
    audit.append(at, 'outbox-held', id, { work: item.work.kind });
  }
}

/** A reply that turns out to have arrived waits for no decision. Call in the transaction that takes the news. */
export function letArrivedGo(
  { outbox, holds }: ConflictParts,
  ticketId: TicketId,
  messageId: MessageId,
): void {
  for (const { id, work } of outbox.readableOfTicket(ticketId))
    if (work.kind === 'send-message' && work.messageId === messageId && holds.ofItem(id)?.kind === 'conflict')
      holds.keep(id, null);
}
