import { AppFault } from '../../shared/domain/app-error.ts';
import { type TicketNumber, ticketNumberSchema } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { ChannelInput } from '../../shared/ipc/contract.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { otherOwner, questionOwner } from '../store/take-number.ts';
import type { OutboxSender } from './outbox-sender.ts';
import type { WorkDone } from './perform-work.ts';

/** What a person says of an item whose fate the program cannot find out. */
export type Decision = ChannelInput<'decideOutboxItem'>['decision'];

/** What is done when a person says that it is. A message carried by hand has no reference of the portal: its own id stands for it. */
function doneByHand({ id, work }: OutboxItem, at: string): WorkDone {
  return work.kind === 'upload-attachment'
    ? { kind: 'uploaded', receipt: null }
    : { kind: 'delivered', portalReference: id, at };
}

export type DecideParts = Pick<
  ServiceContext,
  'transact' | 'tickets' | 'outbox' | 'messages' | 'setAside'
> & {
  readonly sender: Pick<OutboxSender, 'decide' | 'wake'>;
};

/**
 * A number the person found on the portal. Where another request here has it by an answer of the portal's, the hand may have slipped or
 * the answer may have been wrong: the portal is asked about the other one, and until it has answered nothing changes.
 * @throws AppFault outbox.numberTaken
 */
function numberedByHand(parts: DecideParts, item: OutboxItem, number: TicketNumber, at: string): void {
  try {
    parts.sender.decide(
      item.id,
      { kind: 'userSaysArrived' },
      { kind: 'numbered', number, receivedAt: at, by: 'person' },
    );
  } catch (error) {
    const ticket = parts.tickets.find(item.ticketId);
    if (!(error instanceof AppFault) || ticket === null || otherOwner(parts, ticket, number) === null)
      throw error;
    parts.transact(() => questionOwner(parts, ticket, number, at));
    parts.sender.wake();
    throw new AppFault('outbox.numberTaken', { number });
  }
}

/** Settles an item by a person's word. @param at the instant it was said @throws AppFault outbox.numberTaken */
export function decideByHand(parts: DecideParts, item: OutboxItem, decision: Decision, at: string): void {
  const { sender } = parts;
  switch (decision.kind) {
    case 'send-again':
      sender.decide(item.id, { kind: 'userSendsAgain' }, null);
      return;
    case 'carried': {
      const hasPortalWord = item.work.kind === 'upload-attachment' || item.work.kind === 'send-message';
      sender.decide(item.id, { kind: 'carriedByHand' }, hasPortalWord ? doneByHand(item, at) : null);
      return;
    }
    case 'arrived':
      if (item.work.kind === 'create-ticket')
        numberedByHand(parts, item, ticketNumberSchema.parse(decision.number), at);
      else sender.decide(item.id, { kind: 'userSaysArrived' }, doneByHand(item, at));
  }
}
