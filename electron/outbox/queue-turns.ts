import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { recipientNames } from '../../shared/domain/recipient.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { isClosing, needsPerson } from '../../shared/flows/queue-wait.ts';
import { openGate, type QueueAnswer, type QueueFacts, queueGate } from '../../shared/flows/queue-gate.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { clockLookMs } from '../portal/portal-clock.ts';
import type { IsDue } from '../store/outbox-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { DeliveryParts, ItemDelivery, QueueStanding, Turn } from './deliver-item.ts';
import { closingOf, type PortalGate, type PortalGateParts } from './portal-gate.ts';
import type { HeldNow } from './held-work.ts';
import type { Lane } from './send-lane.ts';

/** Longest chance wait after a reopening, in milliseconds, so that not every workshop knocks in the same second. */
const reopeningJitterMs = 20_000;

export type QueueTurnsParts = DeliveryParts &
  Pick<PortalGateParts, 'gate'> & {
    readonly standing: QueueStanding;
    readonly carrier: Pick<ItemDelivery, 'begin'>;
    readonly portalGate: PortalGate;
    readonly heldNow: () => HeldNow;
    /** R-ACCEPT-1: the terms in force are not those accepted for this one. */
    readonly waitsForTerms: (item: OutboxItem, ticket: Ticket) => boolean;
  };

/** Whose turn it is. */
export type QueueTurns = {
  /** Looks at the gate, then at the queue; null when nothing may move now. */
  readonly firstTurn: (lane: Lane) => Promise<Turn | null>;
  /** What follows at once where nothing has to be asked or waited for; it is begun already. */
  readonly goOn: (lane: Lane) => Turn | null;
  /** Running time of the next look, in milliseconds, as far as the items and the portal's clock say; infinite where they say nothing. */
  readonly nextMs: () => number;
  /** The failure for which the whole queue waits, and until when by itself; null while it waits for none. */
  readonly queueWait: () => PortalStatus['queueWait'];
  /** One look at everything that may be in the way, for all items that are judged by it. `ticket` null where it cannot be read. */
  readonly judge: () => (item: OutboxItem, ticket: Ticket | null) => QueueAnswer;
  /** What waited for terms is asked again at the next look. */
  readonly lookAnew: () => void;
  /** Nobody's turn comes any more. */
  readonly stop: () => void;
};

/** How long until something is let go, in milliseconds, a look at the clock at most: it may be set, and the PC may sleep. */
function heldForMs(held: HeldNow): number {
  const inMs = held.nextInMs();
  return inMs === null || Number.isFinite(inMs)
    ? Math.max(0, Math.min(inMs ?? clockLookMs, clockLookMs))
    : Number.POSITIVE_INFINITY;
}

/** As the gate is told of it. */
function heldFact(held: HeldNow, item: Pick<OutboxItem, 'id' | 'state'>): QueueFacts['held'] {
  const back = held.ofItem(item);
  return back === null
    ? null
    : { hold: back.hold, endsAt: back.endsMs === null ? null : new Date(back.endsMs).toISOString() };
}

/** Why the whole queue waits, and until when by itself; null while it does not wait. `isTimeAsked`: the portal's own time is not known. */
function waitOfQueue(
  { link, clock, standing: { times } }: QueueTurnsParts,
  isTimeAsked: boolean,
): QueueFacts['all'] {
  const unheard = isTimeAsked ? link.reach().lastError : null;
  const stands = times.allWait();
  const reason = unheard ?? stands?.reason ?? null;
  if (reason === null) {
    const isStill = isTimeAsked || times.areAllWaiting() || link.portal() === null;
    return isStill ? { reason, until: null } : null;
  }
  // What only a person ends has no end of its own.
  const isOpenEnd = unheard !== null || stands === null || needsPerson(reason);
  return {
    reason,
    until: isOpenEnd ? null : new Date(Date.parse(clock.instant()) + stands.leftMs).toISOString(),
  };
}

/** Everything that met the closed gate is due again, after a little chance. */
function reopen({ outbox, random, standing: { times } }: QueueTurnsParts): void {
  const reason = times.waitsFor();
  const isClosed = reason === null || isClosing(reason);
  if (isClosed) times.succeeded();
  for (const item of outbox.open())
    if (item.state === 'queued' && item.lastError !== null && isClosing(item.lastError))
      times.wait(item.id, null);
  (isClosed ? times.waitAllAnew : times.waitAll)(random() * reopeningJitterMs);
}

/** What is in the way at this moment, for all items that are judged by this one look. */
function judgeNow(parts: QueueTurnsParts, all: QueueFacts['all']): ReturnType<QueueTurns['judge']> {
  const [recipient, at, closing, held] = [
    parts.link.recipient(),
    parts.clock.instant(),
    closingOf(parts.gate()),
    parts.heldNow(),
  ];
  return (item, ticket) =>
    queueGate(item, {
      elsewhere: ticket === null || ticket.recipient === recipient ? null : recipientNames(ticket.recipient),
      isForTerms: ticket !== null && parts.waitsForTerms(item, ticket),
      held: heldFact(held, item),
      closing,
      all,
      hasNumber: item.work.kind === 'create-ticket' || (ticket?.number ?? null) !== null,
      own: item.nextTryAt !== null && item.nextTryAt > at ? { until: item.nextTryAt } : null,
    });
}

/** Whose turn it is, of everything that waits: asks the gate, the places that are kept and the time of each item. */
/**
 * While everything waits for a fault, each wait ends with one try. Were that the oldest item's each time, one whose every answer is a
 * fault would keep all others for ever, so the replies, files and closings that had their turn let the others have theirs first. Requests
 * have places of their own (`kept-places.ts`).
 */
function holdRounds(isHeld: () => boolean) {
  const tried: Record<Lane, Set<OutboxItem['id']>> = { words: new Set(), files: new Set() };
  return {
    tried: (lane: Lane, { id, work }: OutboxItem): void => {
      if (isHeld() && work.kind !== 'create-ticket') tried[lane].add(id);
    },
    next: (
      lane: Lane,
      find: (isTurn: IsDue) => OutboxItem['id'] | null,
      isDue: IsDue,
    ): OutboxItem['id'] | null => {
      const had = tried[lane];
      if (!isHeld()) had.clear();
      if (had.size === 0) return find(isDue);
      const next = find((id, state, place) => !had.has(id) && isDue(id, state, place));
      if (next !== null) return next;
      had.clear();
      return find(isDue);
    },
  };
}

export function queueTurns(parts: QueueTurnsParts): QueueTurns {
  const { outbox, tickets, link, clock, carrier, portalGate } = parts;
  const { times, places, turns } = parts.standing;
  /** When the portal is asked again what time it is; infinite while that is known. */
  let askAgainMs = Number.POSITIVE_INFINITY;
  /** Asked again each time the queue is looked through: acceptance wakes it. */
  const forTerms = new Set<OutboxItem['id']>();
  const rounds = holdRounds(() => times.waitsFor() !== null);
  let stopped = false;
  /** When each lane last looked through the queue and found nothing that may move; infinite while something of it is under way. */
  const lookedAtMs: Record<Lane, number> = {
    words: Number.POSITIVE_INFINITY,
    files: Number.POSITIVE_INFINITY,
  };

  const allWait = (): QueueFacts['all'] => waitOfQueue(parts, Number.isFinite(askAgainMs));

  /** What is known of one item of this recipient before it is read: a queue of years is looked through. */
  const factsOf = (id: OutboxItem['id'], state: OutboxItem['state'], held: HeldNow): QueueFacts => ({
    ...openGate,
    isForTerms: forTerms.has(id),
    held: heldFact(held, { id, state }),
    closing: portalGate.closingFor(id),
    own: (state === 'unknown' || turns.isFree(id)) && times.isDue(id) ? null : { until: null },
  });

  /** The next item that may move, or null. Look at the gate first. */
  const nextTurn = (lane: Lane): Turn | null => {
    lookedAtMs[lane] = clock.monotonicMs();
    const portal = link.portal();
    if (stopped || portal === null || portal.capabilities.delivery === 'by-hand' || allWait() !== null)
      return null;
    const held = parts.heldNow();
    for (;;) {
      const isDue: IsDue = (id, state) =>
        queueGate({ state, lastError: null }, factsOf(id, state, held)).mayGo;
      const id = rounds.next(
        lane,
        (isTurn) => places.next((due) => outbox.nextDue(link.recipient(), lane, due), isTurn),
        isDue,
      );
      if (id === null) return null;
      const item = readRowOrNull(() => outbox.find(id));
      const ticket = item === null ? null : readRowOrNull(() => tickets.find(item.ticketId));
      if (item !== null && ticket !== null) {
        if (!queueGate(item, { ...openGate, isForTerms: parts.waitsForTerms(item, ticket) }).mayGo) {
          forTerms.add(id);
          continue;
        }
        portalGate.tried(item.id);
        rounds.tried(lane, item);
        lookedAtMs[lane] = Number.POSITIVE_INFINITY;
        return { portal, item, ticket };
      }
      // Gone, or spoiled by a hand or a disk: what stands behind it goes all the same.
      times.wait(id, Number.POSITIVE_INFINITY);
    }
  };

  /** What follows at once where nothing has to be asked or waited for. */
  const goOn = (lane: Lane): Turn | null => {
    const next = portalGate.isStillOpen() ? nextTurn(lane) : null;
    return next === null || next.item.state === 'unknown' ? null : carrier.begin(next);
  };

  /** Looks at the gate, then at the queue; null when nothing may move now. */
  const firstTurn = async (lane: Lane): Promise<Turn | null> => {
    lookedAtMs[lane] = clock.monotonicMs();
    const portal = link.portal();
    if (stopped || portal === null || portal.capabilities.delivery === 'by-hand') return null;
    const seen = await portalGate.look();
    askAgainMs = seen === 'doubtful' ? clock.monotonicMs() + clockLookMs : Number.POSITIVE_INFINITY;
    if (seen === 'reopened') reopen(parts);
    return seen === 'doubtful' || portal !== link.portal() ? null : nextTurn(lane);
  };

  return {
    firstTurn,
    goOn,
    nextMs: () => {
      const since = Math.min(clock.monotonicMs(), ...Object.values(lookedAtMs));
      return Math.min(
        times.nextMs(since),
        places.nextMs(since),
        askAgainMs,
        clock.monotonicMs() + heldForMs(parts.heldNow()),
      );
    },
    queueWait: () => {
      const { reason = null, until = null } = allWait() ?? {};
      return reason === null ? null : { reason, until };
    },
    judge: () => judgeNow(parts, allWait()),
    lookAnew: () => forTerms.clear(),
    stop: () => {
      stopped = true;
    },
  };
}
