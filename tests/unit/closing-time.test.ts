import { expect, test } from 'vitest';
import { applyOutcome, type OutcomeParts } from '../../electron/outbox/apply-outcome.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';

const pc = '2026-11-30T10:00:00.000Z';

test.each([
  ['that the portal names', '2026-11-28T09:00:00.000Z', '2026-11-28T09:00:00.000Z'],
  ['of the portal where this PC stands months back', '2027-06-01T09:00:00.000Z', '2027-06-01T09:00:00.000Z'],
  ['of this PC where the portal names one before the request', '2026-10-01T00:00:00.000Z', pc],
  ['of this PC where the portal names a far year', '9999-12-31T00:00:00.000Z', pc],
  ['of this PC where the portal names none', 'no time', pc],
])('closing is kept with the time %s', (_which, told, kept) => {
  const written: string[] = [];
  const parts = {
    tickets: {
      setState: (_id: string, state: string, _operator: null, at: string) => written.push(state, at),
    },
    audit: { append: (at: string, action: string) => written.push(action, at) },
  } as unknown as OutcomeParts;
  const ticket = { id: 't1', operator: null, receivedAt: '2026-11-20T08:00:00.000Z' } as unknown as Ticket;
  applyOutcome(parts, {} as OutboxItem, ticket, { kind: 'closed', at: told }, pc);
  expect(written).toEqual(['closed', kept, 'ticket-closed', pc]);
});
