import { ticketNumberSchema } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { ChannelInput } from '../../shared/ipc/contract.ts';
import type { OutboxSender } from './outbox-sender.ts';
import type { WorkDone } from './perform-work.ts';

/** What a person says of an item whose fate the program cannot find out. */
export type Decision = ChannelInput<'decideOutboxItem'>['decision'];

/** What is done when a person says that it is. A message carried by hand has no reference of the portal: its own id stands for it. */
function doneByHand({ id, work }: OutboxItem, at: string): WorkDone {
  return work.kind === 'upload-attachment' ? { kind: 'uploaded' } : { kind: 'delivered', portalReference: id, at };
}

/** Settles an item by a person's word. @param at the instant it was said */
export function decideByHand(sender: Pick<OutboxSender, 'decide'>, item: OutboxItem, decision: Decision, at: string): void {
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
      sender.decide(
        item.id,
        { kind: 'userSaysArrived' },
        item.work.kind === 'create-ticket'
          ? { kind: 'numbered', number: ticketNumberSchema.parse(decision.number), receivedAt: at, by: 'person' }
          : doneByHand(item, at),
      );
  }
}
