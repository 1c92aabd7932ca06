import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { type Recipient, recipientNames } from '../../shared/domain/recipient.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import type { OutboxRow } from '../../shared/ipc/views.ts';
import type { ClosedGate } from '../portal/portal-clock.ts';

type Wait = Pick<OutboxRow, 'waitReason' | 'goesAt'>;

const notWaiting: Wait = { waitReason: null, goesAt: null };

/** Why an item of another recipient than the one in use waits, whatever else would keep it; null for one of this recipient. */
export function waitElsewhere(item: OutboxItem, ticket: Ticket | null, recipient: Recipient): Wait | null {
  const names = ticket === null || ticket.recipient === recipient ? null : recipientNames(ticket.recipient);
  if (names === null || (item.state !== 'queued' && item.state !== 'unknown' && item.state !== 'sending')) return null;
  return { waitReason: { kind: 'recipient', ...names }, goesAt: null };
}

/** Why one item waits, and when it is expected to go. An item whose turn simply comes next waits for nothing. */
export function waitOf(item: OutboxItem, ticket: Ticket | null, gate: ClosedGate | null, now: string, isForTerms = false): Wait {
  const due = item.nextTryAt !== null && item.nextTryAt > now ? item.nextTryAt : null;
  if (item.state === 'unknown') return { waitReason: { kind: 'look-up' }, goesAt: due };
  if (item.state !== 'queued') return notWaiting;
  // The one thing a person can do about it comes before what time brings.
  if (isForTerms) return { waitReason: { kind: 'terms' }, goesAt: null };
  if (gate !== null) {
    const { state, why } = gate.span;
    const goesAt = gate.opensAtMs === null ? null : new Date(gate.opensAtMs).toISOString();
    return { waitReason: { kind: 'closed', state, why }, goesAt };
  }
  if (item.work.kind !== 'create-ticket' && (ticket?.number ?? null) === null) return { waitReason: { kind: 'number' }, goesAt: null };
  return due === null ? { waitReason: { kind: 'turn' }, goesAt: null } : { waitReason: { kind: 'retry' }, goesAt: due };
}
