import { randomUUID } from 'node:crypto';
import {
  idempotencyKeySchema,
  type MessageId,
  type OutboxItemId,
  outboxItemIdSchema,
  type TicketId,
} from '../../shared/domain/ids.ts';
import type { OutboxItem, OutboxWork } from '../../shared/domain/outbox-item.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import type { NewOutboxItem, OutboxRepository } from '../store/outbox-repository.ts';

/**
 * Queues the creation of a ticket; call it as `queueWork`. One that was taken back while it may have reached the portal keeps its key and
 * comes back in doubt, so that it is looked up before anything is sent a second time (K3).
 */
export function queueCreation(
  outbox: OutboxRepository,
  realm: Realm,
  ticketId: TicketId,
  at: string,
): OutboxItemId {
  const before = outbox.readableOfTicket(ticketId).find((item) => item.work.kind === 'create-ticket');
  if (before === undefined) return queueWork(outbox, realm, ticketId, { kind: 'create-ticket' }, at);
  outbox.update(inDoubt(before, realm, at));
  return before.id;
}

/** As `queueCreation`, for a reply that was taken back in doubt and is sent again with the same words. */
export function queueAgain(
  outbox: OutboxRepository,
  realm: Realm,
  ticketId: TicketId,
  messageId: MessageId,
  at: string,
): OutboxItemId {
  const before = outbox
    .readableOfTicket(ticketId)
    .find(({ work }) => work.kind === 'send-message' && work.messageId === messageId);
  if (before === undefined)
    return queueWork(outbox, realm, ticketId, { kind: 'send-message', messageId }, at);
  outbox.update(inDoubt(before, realm, at));
  return before.id;
}

function inDoubt(item: OutboxItem, realm: Realm, at: string): OutboxItem {
  const state = portalKinds[realm].isCarriedByHand ? 'by-hand' : 'unknown';
  return { ...item, state, absentLookups: 0, nextTryAt: at, lastError: null, updatedAt: at };
}

/** Queues work nobody remembers the fate of, for a person to say whether it was done; call it as `queueWork`. */
export function queueDoubt(outbox: OutboxRepository, ticketId: TicketId, work: OutboxWork, at: string): void {
  outbox.add({ ...newItem(ticketId, work, at), state: 'to-verify', attempts: 1, nextTryAt: null });
}

function newItem(ticketId: TicketId, work: OutboxWork, at: string): NewOutboxItem {
  return {
    id: outboxItemIdSchema.parse(randomUUID()),
    ticketId,
    work,
    idempotencyKey: idempotencyKeySchema.parse(randomUUID()),
    state: 'queued',
    attempts: 0,
    absentLookups: 0,
    nextTryAt: at,
    lastError: null,
    createdAt: at,
    updatedAt: at,
  };
}

/** Puts work at the end of the queue with its durable key; call inside the transaction that makes the work necessary (LAW-5). */
export function queueWork(
  outbox: OutboxRepository,
  realm: Realm,
  ticketId: TicketId,
  work: OutboxWork,
  at: string,
): OutboxItemId {
  const item = newItem(ticketId, work, at);
  outbox.add({ ...item, state: portalKinds[realm].isCarriedByHand ? 'by-hand' : 'queued' });
  return item.id;
}
