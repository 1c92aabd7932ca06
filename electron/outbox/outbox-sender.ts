import { randomUUID } from 'node:crypto';
import { idempotencyKeySchema } from '../../shared/domain/ids.ts';
import type { AppError } from '../../shared/domain/app-error.ts';
import { type OutboxItem, perhapsDoneMark } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { absentGapMs, type OutboxEvent, outboxStep } from '../../shared/flows/outbox-flow.ts';
import { isClosing, needsPerson } from '../../shared/flows/queue-hold.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import type { Clock } from '../platform/clock.ts';
import { clockLookMs } from '../portal/portal-clock.ts';
import type { IsDue } from '../store/outbox-repository.ts';
import { partWithNumber } from '../store/take-number.ts';
import { lostItsKey } from '../store/spoiled-work.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import { remedyFor, type Turn, itemDelivery, type DeliveryParts, type UploadProgress } from './deliver-item.ts';
import { portalGate, type PortalGateParts } from './portal-gate.ts';
import { toldByNews, type WorkDone } from './perform-work.ts';
import { exchangeTurns } from './exchange-turns.ts';
import { backoffTimers, type Resting } from './backoff-timers.ts';
import { keepAskedRest, recallPace, storedWaitMs } from './kept-pace.ts';
import { anotherPortal, pardon } from './try-at-once.ts';
import { keptPlaces } from './kept-places.ts';
import { type Lane, laneOf, lanes, type SendLane, sendLane } from './send-lane.ts';
import { applyOutcome, filesOfReply, messageOf, settleLeftFiles } from './apply-outcome.ts';

export type OutboxSenderParts = DeliveryParts &
  PortalGateParts & {
    readonly publishMark: () => void;
    /** R-ACCEPT-1: the terms in force are not those accepted for this one. */
    readonly waitsForTerms: (item: OutboxItem, ticket: Ticket) => boolean;
    /** Least time between two empty look-ups; 60 s but in tests. */
    readonly gapMs?: number;
    /** Least time between two tries of one item, in milliseconds; a second but in tests. */
    readonly leastApartMs?: number;
  };

/** How long everything rests when the store itself failed, in milliseconds. */
const storePauseMs = 15_000;

/** Longest chance wait after a reopening, in milliseconds, so that not every workshop knocks in the same second. */
const reopeningJitterMs = 20_000;

/** What a person says of an item that nobody else can decide. */
export type PersonsWord = Extract<OutboxEvent, { kind: 'userSaysArrived' | 'userSendsAgain' | 'carriedByHand' }>;

export type OutboxSender = {
  /** Settles what a crash left under way, then sends what is due. Call once, before anything else. */
  readonly start: () => void;
  /** Something may have become due: a new item, a portal that answers again. */
  readonly wake: () => void;
  /**
   * As `wake`, and forgets why everything was waiting: the person wants it tried now. Look-ups keep their distance. One item by name is
   * tried once even during a closure; all together (null) are not.
   */
  readonly tryNow: (id: OutboxItem['id'] | null) => void;
  /**
   * Another portal, or another way into the same: what is ready goes at once, but for the rest that this portal itself asked for, and no
   * item oftener than it may (P2, P3).
   */
  readonly portalChanged: () => void;
  /**
   * Takes an item out of the way, also while it is being sent: its request is given up, and what comes of it is not waited for. The
   * files of a reply go with it. False where there is nothing to take out of the way.
   */
  readonly setAside: (id: OutboxItem['id']) => boolean;
  /** Ends the exchange about an item, if there is one right now; its state stays, and what comes of it is not waited for. */
  readonly giveUp: (id: OutboxItem['id']) => void;
  /** Brings back what was set aside, in doubt where it was ever sent. False when it was not set aside. */
  readonly resume: (id: OutboxItem['id']) => boolean;
  /** The person's word about an item in `to-verify`, `set-aside` or `rejected`; changes nothing in any other state. */
  readonly decide: (id: OutboxItem['id'], event: PersonsWord, done: WorkDone | null) => boolean;
  /** Why the whole queue waits, and until when by itself; null while it does not wait. */
  readonly hold: () => PortalStatus['hold'];
  readonly progressOf: (id: OutboxItem['id']) => UploadProgress | null;
  /** Resolves when the request under way has ended, or `leaving` was aborted; nothing starts after it. */
  readonly stop: () => Promise<void>;
};

const isDoubted = ({ outbox }: Pick<OutboxSenderParts, 'outbox'>, { id }: OutboxItem): boolean => outbox.resumeUrl(id) === perhapsDoneMark;

/** What was refused before a restore may have been taken since by the store that is gone: sent again, it begins with a look-up. */
function orDoubted(parts: Pick<OutboxSenderParts, 'outbox' | 'link'>, item: OutboxItem, event: PersonsWord): PersonsWord {
  return event.kind === 'userSendsAgain' && isDoubted(parts, item) ? { ...event, remedy: remedyFor(item, parts.link.portal()) } : event;
}

/**
 * The words of an item that is sent again wait once more; a number that nobody proved would be taken for its answer. A file goes under a
 * new reference where the portal has said again and again that it has another one, or another ticket's, under the old.
 */
function beginAnew(
  parts: Pick<OutboxSenderParts, 'messages' | 'tickets' | 'setAside' | 'outbox'>,
  item: OutboxItem,
  ticket: Ticket,
  at: string,
): void {
  const message = messageOf(parts, item);
  if (message !== null) parts.messages.update({ ...message, delivery: 'queued' }, null);
  if (item.work.kind === 'create-ticket') partWithNumber(parts, ticket, at);
  // What was known of an earlier transfer is given up with it, but not that a store that is gone may have ended it.
  if (item.work.kind !== 'upload-attachment' || !isDoubted(parts, item)) parts.outbox.keepResumeUrl(item.id, null);
  if (item.work.kind === 'upload-attachment' && item.lastError?.code === 'portal.conflict')
    parts.outbox.renewKey(item.id, idempotencyKeySchema.parse(randomUUID()));
}

/** Why nothing goes, for as long as everybody can see: `unheard` kept the portal from telling its time. What only a person ends has no end. */
function holdNow(resting: Resting | null, unheard: AppError | null, clock: Clock): PortalStatus['hold'] {
  const reason = unheard ?? resting?.reason ?? null;
  if (reason === null) return null;
  const isOpenEnd = unheard !== null || resting === null || needsPerson(reason);
  return { reason, until: isOpenEnd ? null : new Date(Date.parse(clock.instant()) + resting.leftMs).toISOString() };
}

/**
 * Drives `shared/flows` with the portal: one item of each lane at a time, oldest first (R-TICKET-2), each step stored before and after
 * the request, so that a kill between any two leaves a state with a name (LAW-5).
 */
export function outboxSender(parts: OutboxSenderParts): OutboxSender {
  const { outbox, tickets, link, clock, publish } = parts;
  const gapMs = parts.gapMs ?? absentGapMs;
  const times = backoffTimers(clock, (rest) => keepAskedRest(parts, rest), parts.leastApartMs);
  const door = portalGate(parts);
  const abort = new AbortController();
  const places = keptPlaces(parts, times);
  const turns = exchangeTurns(parts.log, () => wake());
  const carrier = itemDelivery(parts, { times, places, turns }, gapMs, abort.signal);
  /** When the portal is asked again what time it is; infinite while that is known. */
  let askAgainMs = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  /** Asked again each time the queue is looked through: acceptance wakes it. */
  const forTerms = new Set<OutboxItem['id']>();
  let stopped = false;
  /** When each lane last looked through the queue and found nothing that may move; infinite while something of it is under way. */
  const lookedAtMs: Record<Lane, number> = { words: Number.POSITIVE_INFINITY, files: Number.POSITIVE_INFINITY };

  const tell = (item: OutboxItem): void => {
    publish({ kind: 'outboxChanged' });
    publish({ kind: 'requestsChanged' });
    publish({ kind: 'ticketChanged', id: item.ticketId });
  };

  /** Runs what may be refused by the store between two looks at the queue: then everything rests, and the next look comes all the same. */
  const orRest = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      parts.log(error);
      times.rest(storePauseMs);
      return null;
    }
  };

  /** The next item that may move, or null. Look at the door first. */
  const nextTurn = (lane: Lane): Turn | null => {
    lookedAtMs[lane] = clock.monotonicMs();
    const portal = link.portal();
    if (stopped || times.isResting() || portal === null || portal.capabilities.delivery === 'by-hand') return null;
    for (;;) {
      const isDue: IsDue = (id, state) =>
        !forTerms.has(id) && (state === 'unknown' || turns.isFree(id)) && times.isDue(id) && door.lets(id, state);
      const id = places.next((due) => outbox.nextDue(link.recipient(), lane, due), isDue);
      if (id === null) return null;
      const item = readRowOrNull(() => outbox.find(id));
      const ticket = item === null ? null : readRowOrNull(() => tickets.find(item.ticketId));
      if (item !== null && ticket !== null) {
        if (parts.waitsForTerms(item, ticket)) {
          forTerms.add(id);
          continue;
        }
        door.tried(item.id);
        lookedAtMs[lane] = Number.POSITIVE_INFINITY;
        return { portal, item, ticket };
      }
      // Gone, or spoiled by a hand or a disk: what stands behind it goes all the same.
      times.wait(id, Number.POSITIVE_INFINITY);
    }
  };

  /** What follows at once where nothing has to be asked or waited for. */
  const goOn = (lane: Lane): Turn | null => {
    const next = door.isStillOpen() ? nextTurn(lane) : null;
    return next === null || next.item.state === 'unknown' ? null : carrier.begin(next);
  };

  const settleLeftOver = (lane: Lane): void => {
    // One item at a time: whatever of a lane stands as `sending` before it begins was cut off, by a crash or by a disk that refused the outcome.
    for (const item of outbox.inState('sending'))
      if (laneOf(item) === lane) carrier.apply(item, { kind: 'restarted', remedy: remedyFor(item, link.portal()) });
  };

  /** Everything that met the closed door is due again, after a little chance. */
  const reopen = (): void => {
    const held = times.held();
    const isClosed = held === null || isClosing(held);
    if (isClosed) times.succeeded();
    for (const item of outbox.open())
      if (item.state === 'queued' && item.lastError !== null && isClosing(item.lastError)) times.wait(item.id, null);
    (isClosed ? times.restAnew : times.rest)(parts.random() * reopeningJitterMs);
  };

  /** Looks at the door, then at the queue; null when nothing may move now. */
  const firstTurn = async (lane: Lane): Promise<Turn | null> => {
    lookedAtMs[lane] = clock.monotonicMs();
    const portal = link.portal();
    if (stopped || portal === null || portal.capabilities.delivery === 'by-hand') return null;
    const seen = await door.look();
    askAgainMs = seen === 'doubtful' ? clock.monotonicMs() + clockLookMs : Number.POSITIVE_INFINITY;
    if (seen === 'reopened') reopen();
    return seen === 'doubtful' || portal !== link.portal() ? null : nextTurn(lane);
  };

  const plan = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const now = clock.monotonicMs();
    const gate = orRest(parts.gate);
    // A timer counts neither a sleeping PC nor a clock that was set: the gate is looked at again every minute.
    const gateAt =
      gate === null ? Number.POSITIVE_INFINITY : now + Math.min(clockLookMs, (gate.opensAtMs ?? Number.POSITIVE_INFINITY) - gate.nowMs);
    const since = Math.min(now, ...Object.values(lookedAtMs));
    const wakeAt = Math.min(times.nextMs(since), places.nextMs(since), gateAt, askAgainMs);
    if (Number.isFinite(wakeAt)) timer = setTimeout(wake, Math.max(10, wakeAt - now));
  };

  /** What one exchange lets move in the other lane: files after their number or their reply, a closing after everything else. */
  const follow = (item: OutboxItem): void => {
    const other = laneOf(item) === 'words' ? 'files' : 'words';
    if (outbox.readableOfTicket(item.ticketId).some((next) => next.state === 'queued' && laneOf(next) === other)) row[other].wake();
  };

  const laneFor = (lane: Lane): SendLane =>
    sendLane({
      carrier,
      firstTurn: () => firstTurn(lane),
      goOn: () => goOn(lane),
      settleLeftOver: () => settleLeftOver(lane),
      onExchanged: (item) => {
        tell(item);
        follow(item);
      },
      onIdle: (moved) => {
        if (moved) orRest(parts.publishMark);
        plan();
      },
      onFault: (error) => {
        parts.log(error);
        times.rest(storePauseMs);
      },
      leaving: parts.leaving,
    });
  const row: Readonly<Record<Lane, SendLane>> = { words: laneFor('words'), files: laneFor('files') };
  const wake = (): void => {
    if (stopped) return;
    forTerms.clear();
    for (const lane of lanes) row[lane].wake();
  };

  /** Moves the files of a reply along with it, without a try of their own. */
  const moveFiles = (item: OutboxItem, from: readonly OutboxItem['state'][], state: 'queued' | 'set-aside', at: string): void => {
    for (const file of filesOfReply(parts, item)) {
      if (!from.includes(file.state)) continue;
      const next = state === 'queued' && lostItsKey(file) ? 'to-verify' : state;
      outbox.update({ ...file, state: next, nextTryAt: next === 'queued' ? at : null, updatedAt: at });
      times.wait(file.id, null);
    }
  };

  const giveUp = (id: OutboxItem['id']): void => {
    for (const lane of lanes) row[lane].giveUp(id);
  };

  return {
    giveUp,
    setAside: (id) => {
      const item = outbox.find(id);
      if (item === null || outboxStep(item, { kind: 'setAside' }, 0, gapMs).next.state === item.state) return false;
      giveUp(id);
      const moved = carrier.apply(item, { kind: 'setAside' }, (at) => {
        moveFiles(item, ['queued', 'rejected'], 'set-aside', at);
        parts.audit.append(at, 'outbox-set-aside', item.ticketId, { work: item.work.kind });
      });
      // The news gave it its number while its answer was still waited for: nothing of it is left to set aside.
      const ticket = readRowOrNull(() => tickets.find(item.ticketId));
      if (ticket !== null && toldByNews(item, ticket) !== null) carrier.apply(moved, { kind: 'userSaysArrived' });
      parts.publishMark();
      tell(item);
      wake();
      return true;
    },
    resume: (id) => {
      const item = outbox.find(id);
      if (item?.state !== 'set-aside') return false;
      const remedy = lostItsKey(item) ? 'ask-person' : remedyFor(item, link.portal());
      carrier.apply(item, { kind: 'resumed', remedy }, (at) => moveFiles(item, ['set-aside'], 'queued', at));
      times.pardon(id);
      times.wait(id, null);
      parts.publishMark();
      tell(item);
      wake();
      return true;
    },
    start: () => {
      recallPace(parts, times);
      for (const lane of lanes) settleLeftOver(lane);
      settleLeftFiles(parts);
      const now = Date.parse(clock.instant());
      for (const item of outbox.open()) times.wait(places.note(item).id, storedWaitMs(item, now, gapMs));
      places.hurryFirst();
      wake();
    },
    wake,
    tryNow: (id) => {
      times.succeeded();
      times.restAnew(0);
      if (id !== null) door.insist(id);
      for (const item of id === null ? outbox.open() : [outbox.find(id)]) if (item !== null) pardon(item, times, gapMs);
      wake();
    },
    portalChanged: () => {
      orRest(() => anotherPortal(parts, times, gapMs));
      wake();
    },
    decide: (id, event, done) => {
      const item = outbox.find(id);
      const ticket = item === null ? null : tickets.find(item.ticketId);
      if (item === null || ticket === null || outboxStep(item, event, 0, gapMs).next.state === item.state) return false;
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
      parts.publishMark();
      tell(item);
      wake();
      return true;
    },
    hold: () => holdNow(times.resting(), Number.isFinite(askAgainMs) ? link.reach().lastError : null, clock),
    progressOf: carrier.progressOf,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      abort.abort();
      await Promise.all(lanes.map((lane) => row[lane].stop()));
    },
  };
}
