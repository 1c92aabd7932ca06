import { randomUUID } from 'node:crypto';
import { idempotencyKeySchema } from '../../shared/domain/ids.ts';
import { type OutboxItem, perhapsDoneMark } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { type OutboxEvent, outboxStep } from '../../shared/flows/outbox-flow.ts';
import { lostItsKey } from '../store/spoiled-work.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import { partWithNumber } from '../store/take-number.ts';
import { applyOutcome, filesOfReply, messageOf } from './apply-outcome.ts';
import type { BackoffTimers } from './backoff-timers.ts';
import { type DeliveryParts, type ItemDelivery, remedyFor } from './deliver-item.ts';
import { toldByNews, type WorkDone } from './perform-work.ts';
import type { PortalGate } from './portal-gate.ts';
import { pardon } from './try-at-once.ts';

/** What a person says of an item that nobody else can decide. */
export type PersonsWord = Extract<
  OutboxEvent,
  { kind: 'userSaysArrived' | 'userSendsAgain' | 'carriedByHand' }
>;

/** What a person may order of things in the queue. */
export type PersonsOrders = {
  /**
   * As `wake`, and forgets why everything was waiting: the person wants it tried now. Look-ups keep their distance. One item by name is
   * tried once even during a closure; all together (null) are not.
   */
  readonly tryNow: (id: OutboxItem['id'] | null) => void;
  /**
   * Takes an item out of the way, also while it is being sent: its request is given up, and what comes of it is not waited for. The
   * files of a reply go with it. False where there is nothing to take out of the way.
   */
  readonly setAside: (id: OutboxItem['id']) => boolean;
  /** Brings back what was set aside, in doubt where it was ever sent. False when it was not set aside. */
  readonly resume: (id: OutboxItem['id']) => boolean;
  /** The person's word about an item in `to-verify`, `set-aside` or `rejected`; changes nothing in any other state. */
  readonly decide: (id: OutboxItem['id'], event: PersonsWord, done: WorkDone | null) => boolean;
};

export type PersonsOrdersParts = DeliveryParts & {
  readonly carrier: ItemDelivery;
  readonly times: BackoffTimers;
  readonly portalGate: PortalGate;
  /** Least time between two empty look-ups, in milliseconds. */
  readonly gapMs: number;
  readonly giveUp: (id: OutboxItem['id']) => void;
  readonly wake: () => void;
  /** An order was stored: it is told, and the queue is looked through anew. */
  readonly onDecided: (item: OutboxItem) => void;
};

const isDoubted = ({ outbox }: Pick<DeliveryParts, 'outbox'>, { id }: OutboxItem): boolean =>
  outbox.resumeUrl(id) === perhapsDoneMark;

/** What was refused before a restore may have been taken since by the store that is gone: sent again, it begins with a look-up. */
function orDoubted(
  parts: Pick<DeliveryParts, 'outbox' | 'link'>,
  item: OutboxItem,
  event: PersonsWord,
): PersonsWord {
  return event.kind === 'userSendsAgain' && isDoubted(parts, item)
    ? { ...event, remedy: remedyFor(item, parts.link.portal()) }
    : event;
}

/**
 * The words of an item that is sent again wait once more; a number that nobody proved would be taken for its answer. A file goes under a
 * new reference where the portal has said again and again that it has another one, or another ticket's, under the old.
 */
function beginAnew(
  parts: Pick<DeliveryParts, 'messages' | 'tickets' | 'setAside' | 'outbox'>,
  item: OutboxItem,
  ticket: Ticket,
  at: string,
): void {
  const message = messageOf(parts, item);
  if (message !== null) parts.messages.update({ ...message, delivery: 'queued' }, null);
  if (item.work.kind === 'create-ticket') partWithNumber(parts, ticket, at);
  // What was known of an earlier transfer is given up with it, but not that a store that is gone may have ended it.
  if (item.work.kind !== 'upload-attachment' || !isDoubted(parts, item))
    parts.outbox.keepResumeUrl(item.id, null);
  if (item.work.kind === 'upload-attachment' && item.lastError?.code === 'portal.conflict')
    parts.outbox.renewKey(item.id, idempotencyKeySchema.parse(randomUUID()));
}

/** Carries out what a person orders, each order in one transaction with everything it brings about. */
export function personsOrders(parts: PersonsOrdersParts): PersonsOrders {
  const { outbox, tickets, link, carrier, times, portalGate, gapMs, giveUp } = parts;

  /** Moves the files of a reply along with it, without a try of their own. */
  const moveFiles = (
    item: OutboxItem,
    from: readonly OutboxItem['state'][],
    state: 'queued' | 'set-aside',
    at: string,
  ): void => {
    for (const file of filesOfReply(parts, item)) {
      if (!from.includes(file.state)) continue;
      const next = state === 'queued' && lostItsKey(file) ? 'to-verify' : state;
      outbox.update({ ...file, state: next, nextTryAt: next === 'queued' ? at : null, updatedAt: at });
      times.wait(file.id, null);
    }
  };

  return {
    tryNow: (id) => {
      times.succeeded();
      times.waitAllAnew(0);
      if (id !== null) portalGate.insist(id);
      for (const item of id === null ? outbox.open() : [outbox.find(id)])
        if (item !== null) pardon(item, times, gapMs);
      parts.wake();
    },
    setAside: (id) => {
      const item = outbox.find(id);
      if (item === null || outboxStep(item, { kind: 'setAside' }, 0, gapMs).next.state === item.state)
        return false;
      giveUp(id);
      const moved = carrier.apply(item, { kind: 'setAside' }, (at) => {
        moveFiles(item, ['queued', 'rejected'], 'set-aside', at);
        parts.audit.append(at, 'outbox-set-aside', item.ticketId, { work: item.work.kind });
      });
      // The news gave it its number while its answer was still waited for: nothing of it is left to set aside.
      const ticket = readRowOrNull(() => tickets.find(item.ticketId));
      if (ticket !== null && toldByNews(item, ticket) !== null)
        carrier.apply(moved, { kind: 'userSaysArrived' });
      parts.onDecided(item);
      return true;
    },
    resume: (id) => {
      const item = outbox.find(id);
      if (item?.state !== 'set-aside') return false;
      const remedy = lostItsKey(item) ? 'ask-person' : remedyFor(item, link.portal());
      carrier.apply(item, { kind: 'resumed', remedy }, (at) => moveFiles(item, ['set-aside'], 'queued', at));
      times.pardon(id);
      times.wait(id, null);
      parts.onDecided(item);
      return true;
    },
    decide: (id, event, done) => {
      const item = outbox.find(id);
      const ticket = item === null ? null : tickets.find(item.ticketId);
      if (item === null || ticket === null || outboxStep(item, event, 0, gapMs).next.state === item.state)
        return false;
      // A question about it that is still under way must not answer over the person's word.
      giveUp(id);
      carrier.apply(item, orDoubted(parts, item, event), (at) => {
        if (done !== null) applyOutcome(parts, item, ticket, done, at);
        if (event.kind === 'userSendsAgain') {
          beginAnew(parts, item, ticket, at);
          moveFiles(item, ['rejected'], 'queued', at);
        }
        parts.audit.append(at, 'outbox-decided', ticket.id, { decision: event.kind });
      });
      parts.onDecided(item);
      return true;
    },
  };
}
