import { createHash, randomUUID } from 'node:crypto';
import {
  type EvidenceId,
  type IdempotencyKey,
  idempotencyKeySchema,
  type MessageId,
  type OutboxItemId,
  outboxItemIdSchema,
  type TicketId,
} from '../../shared/domain/ids.ts';
import { type OutboxItem, type OutboxWork, perhapsDoneMark } from '../../shared/domain/outbox-item.ts';
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

/**
 * The key of a file is of what it is: its request, its reply and its bytes. A store that came back from a backup, and a request that was
 * taken back, know it again, so that the portal can be asked whether the file is there.
 */
function fileKey(ticketId: TicketId, messageId: MessageId | null, evidenceId: EvidenceId): IdempotencyKey {
  const hex = createHash('sha256')
    .update(`${ticketId} ${messageId ?? ''} ${evidenceId}`)
    .digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, variant + hex.slice(17, 20)];
  return idempotencyKeySchema.parse([...uuid, hex.slice(20, 32)].join('-'));
}

/**
 * Queues a file behind its request or its reply; call it as `queueWork`. One whose request or reply comes back in doubt is looked up
 * before its bytes are sent a second time (K3).
 */
export function queueFile(
  outbox: OutboxRepository,
  realm: Realm,
  ticketId: TicketId,
  work: Extract<OutboxWork, { readonly kind: 'upload-attachment' }>,
  { at, isInDoubt }: { readonly at: string; readonly isInDoubt: boolean },
): void {
  const { messageId, evidenceId } = work;
  const item = { ...newItem(ticketId, work, at), idempotencyKey: fileKey(ticketId, messageId, evidenceId) };
  const before = outbox.findByKey(item.idempotencyKey);
  if (before === null) outbox.add({ ...item, state: readyState(realm) });
  else outbox.update({ ...before, state: readyState(realm), nextTryAt: at, lastError: null, updatedAt: at });
  if (isInDoubt || before !== null) outbox.keepResumeUrl(before?.id ?? item.id, perhapsDoneMark);
}

/** Where work begins that nobody doubts. */
const readyState = (realm: Realm): 'by-hand' | 'queued' =>
  portalKinds[realm].isCarriedByHand ? 'by-hand' : 'queued';

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
  outbox.add({ ...item, state: readyState(realm) });
  return item.id;
}
