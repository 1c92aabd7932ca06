import { AppFault } from '../../shared/domain/app-error.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { holdItem, type HoldServiceParts } from '../outbox/held-work.ts';
import { decideByHand } from '../outbox/decide-by-hand.ts';
import { mendSpoiled } from '../outbox/mend-spoiled.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import type { TicketService } from '../requests/ticket-service.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { Handlers } from './handlers.ts';

export type QueueHandlerParts = {
  readonly sender: Pick<OutboxSender, 'resume' | 'decide' | 'tryNow' | 'setAside' | 'giveUp' | 'wake'>;
  readonly portalClock: HoldServiceParts['portalClock'];
  readonly tickets: Pick<TicketService, 'removeWork'>;
};

export type QueueHandlers = Pick<
  Handlers,
  'decideOutboxItem' | 'holdOutboxItem' | 'removeOutboxItem' | 'retryOutboxItem' | 'setOutboxItemAside'
>;

/** What a person does with one thing in the queue. */
export function queueHandlers(
  context: ServiceContext,
  { sender, portalClock, tickets }: QueueHandlerParts,
): QueueHandlers {
  const mended = (id: OutboxItem['id']): OutboxItem | null => mendSpoiled(context, id);
  return {
    retryOutboxItem: ({ id }) => {
      if (mended(id)?.state === 'accepted') return null;
      if (!sender.resume(id) && !sender.decide(id, { kind: 'userSendsAgain' }, null)) sender.tryNow(id);
      return null;
    },
    holdOutboxItem: ({ id, hold }) => {
      holdItem(context, { sender, portalClock }, id, hold);
      return null;
    },
    setOutboxItemAside: ({ id }) => {
      if (mended(id) === null && !sender.setAside(id)) throw new AppFault('notFound');
      return null;
    },
    removeOutboxItem: ({ id }) => {
      // What is being sent or asked about is given up first: it must not settle under the hand that removes it.
      sender.giveUp(id);
      if (mended(id)?.state !== 'accepted') tickets.removeWork(id);
      return null;
    },
    decideOutboxItem: ({ id, decision }) => {
      if (mended(id)?.state === 'accepted') return null;
      const item = context.outbox.find(id);
      if (item === null) throw new AppFault('notFound');
      decideByHand({ ...context, sender }, item, decision, context.clock.instant());
      return null;
    },
  };
}
