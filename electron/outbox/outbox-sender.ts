import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { absentGapMs } from '../../shared/flows/outbox-flow.ts';
import { retryLimits } from '../../shared/flows/retry.ts';
import { type ClosedGate, clockLookMs } from '../portal/portal-clock.ts';
import {
  remedyFor,
  itemDelivery,
  type DeliveryParts,
  type ItemDelivery,
  type QueueStanding,
  type UploadProgress,
} from './deliver-item.ts';
import { openPortalGate, type PortalGateParts } from './portal-gate.ts';
import type { HeldNow } from './held-work.ts';
import { exchangeTurns } from './exchange-turns.ts';
import { backoffTimers } from './backoff-timers.ts';
import { keepAskedRest, recallPace, storedWaitMs } from './kept-pace.ts';
import { anotherPortal } from './try-at-once.ts';
import { keptPlaces } from './kept-places.ts';
import { isOfStore } from './own-fault.ts';
import { type PersonsOrders, personsOrders } from './persons-orders.ts';
import { type QueueTurns, queueTurns } from './queue-turns.ts';
import { type Lane, laneOf, lanes, type SendLane, sendLane } from './send-lane.ts';
import { settleLeftFiles } from './apply-outcome.ts';

export type OutboxSenderParts = DeliveryParts &
  PortalGateParts & {
    readonly publishMark: () => void;
    /** What a person holds back, as it stands at this moment. */
    readonly heldNow: () => HeldNow;
    /** R-ACCEPT-1: the terms in force are not those accepted for this one. */
    readonly waitsForTerms: (item: OutboxItem, ticket: Ticket) => boolean;
    /** Least time between two empty look-ups; 60 s but in tests. */
    readonly gapMs?: number;
    /** Least time between two tries of one item, in milliseconds; a second but in tests. */
    readonly leastApartMs?: number;
  };

/** How long everything rests when the store itself failed, in milliseconds. */
const storePauseMs = 15_000;

export type OutboxSender = PersonsOrders & {
  /** Settles what a crash left under way, then sends what is due. Call once, before anything else. */
  readonly start: () => void;
  /** Something may have become due: a new item, a portal that answers again. */
  readonly wake: () => void;
  /**
   * Another portal, or another way into the same: what is ready goes at once, but for the rest that this portal itself asked for, and no
   * item oftener than it may (P2, P3).
   */
  readonly portalChanged: () => void;
  /** Ends the exchange about an item, if there is one right now; its state stays, and what comes of it is not waited for. */
  readonly giveUp: (id: OutboxItem['id']) => void;
  /** Whether each item may go now, and if not why, by one look. */
  readonly judge: QueueTurns['judge'];
  /** The failure for which the whole queue waits, and until when by itself; null while it does not wait. */
  readonly queueWait: QueueTurns['queueWait'];
  readonly progressOf: (id: OutboxItem['id']) => UploadProgress | null;
  /** Resolves when the request under way has ended, or `leaving` was aborted; nothing starts after it. */
  readonly stop: () => Promise<void>;
};

/**
 * How long until the gate is looked at again, in milliseconds: every minute while it is shut, for a timer counts neither a sleeping PC nor
 * a clock that was set.
 */
function gateLookMs(gate: ClosedGate | null): number {
  return gate === null
    ? Number.POSITIVE_INFINITY
    : Math.min(clockLookMs, (gate.opensAtMs ?? Number.POSITIVE_INFINITY) - gate.nowMs);
}

/** Tells every screen that shows something of an item. */
function itemTeller(publish: DeliveryParts['publish']): (item: OutboxItem) => void {
  return (item) => {
    publish({ kind: 'outboxChanged' });
    publish({ kind: 'requestsChanged' });
    publish({ kind: 'ticketChanged', id: item.ticketId });
  };
}

/**
 * One item of a lane at a time: whatever of it stands as `sending` before it begins was cut off, by a crash or by a disk that refused
 * the outcome.
 */
function settleCutOff(
  { outbox, link }: OutboxSenderParts,
  carrier: Pick<ItemDelivery, 'apply'>,
  lane: Lane,
): void {
  for (const item of outbox.inState('sending'))
    if (laneOf(item) === lane)
      carrier.apply(item, { kind: 'restarted', remedy: remedyFor(item, link.portal()) });
}

/** At a start: everything that is open waits as long as it was to wait before it, and stands where it stood. */
function queueUp(
  { outbox, clock }: OutboxSenderParts,
  { times, places }: QueueStanding,
  gapMs: number,
): void {
  const now = Date.parse(clock.instant());
  for (const item of outbox.open()) times.wait(places.note(item).id, storedWaitMs(item, now, gapMs));
  places.hurryFirst();
}

/**
 * Drives `shared/flows` with the portal: one item of each lane at a time, oldest first (R-TICKET-2), each step stored before and after
 * the request, so that a kill between any two leaves a state with a name (LAW-5).
 */
export function outboxSender(parts: OutboxSenderParts): OutboxSender {
  const { outbox, clock, publish } = parts;
  const gapMs = parts.gapMs ?? absentGapMs;
  const times = backoffTimers(clock, (rest) => keepAskedRest(parts, rest), parts.leastApartMs);
  const portalGate = openPortalGate(parts);
  const abort = new AbortController();
  const places = keptPlaces(parts, times);
  const turns = exchangeTurns(parts.log, () => wake());
  const standing = { times, places, turns };
  const carrier = itemDelivery(parts, standing, gapMs, abort.signal);
  const queue = queueTurns({ ...parts, standing, carrier, portalGate });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const tell = itemTeller(publish);

  /** Runs what may be refused by the store between two looks at the queue: then everything rests, and the next look comes all the same. */
  const orRest = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      parts.log(error);
      times.waitAll(storePauseMs);
      return null;
    }
  };

  const settleLeftOver = (lane: Lane): void => settleCutOff(parts, carrier, lane);

  const plan = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const now = clock.monotonicMs();
    const wakeAt = Math.min(queue.nextMs(), now + gateLookMs(orRest(parts.gate)));
    if (Number.isFinite(wakeAt)) timer = setTimeout(wake, Math.max(10, wakeAt - now));
  };

  /** What one exchange lets move in the other lane: files after their number or their reply, a closing after everything else. */
  const follow = (item: OutboxItem): void => {
    const other = laneOf(item) === 'words' ? 'files' : 'words';
    if (
      outbox.readableOfTicket(item.ticketId).some((next) => next.state === 'queued' && laneOf(next) === other)
    )
      row[other].wake();
  };

  const laneFor = (lane: Lane): SendLane =>
    sendLane({
      carrier,
      firstTurn: () => queue.firstTurn(lane),
      goOn: () => queue.goOn(lane),
      settleLeftOver: () => settleLeftOver(lane),
      onExchanged: (item) => {
        tell(item);
        follow(item);
      },
      onIdle: (moved) => {
        if (moved) orRest(parts.publishMark);
        plan();
      },
      onItemFault: (item, error) => {
        if (isOfStore(error)) throw error;
        parts.log(error);
        times.wait(item.id, retryLimits.slowFloorMs);
      },
      onFault: (error) => {
        parts.log(error);
        times.waitAll(storePauseMs);
      },
      leaving: parts.leaving,
    });
  const row: Readonly<Record<Lane, SendLane>> = { words: laneFor('words'), files: laneFor('files') };
  const wake = (): void => {
    if (stopped) return;
    queue.lookAnew();
    for (const lane of lanes) row[lane].wake();
  };

  const giveUp = (id: OutboxItem['id']): void => {
    for (const lane of lanes) row[lane].giveUp(id);
  };

  const onDecided = (item: OutboxItem): void => {
    parts.publishMark();
    tell(item);
    wake();
  };

  return {
    ...personsOrders({ ...parts, carrier, times, portalGate, gapMs, giveUp, wake, onDecided }),
    giveUp,
    start: () => {
      recallPace(parts, times);
      for (const lane of lanes) settleLeftOver(lane);
      settleLeftFiles(parts);
      queueUp(parts, standing, gapMs);
      wake();
    },
    wake,
    portalChanged: () => {
      orRest(() => anotherPortal(parts, times, gapMs));
      wake();
    },
    judge: queue.judge,
    queueWait: queue.queueWait,
    progressOf: carrier.progressOf,
    stop: async () => {
      stopped = true;
      queue.stop();
      clearTimeout(timer);
      abort.abort();
      await Promise.all(lanes.map((lane) => row[lane].stop()));
    },
  };
}
