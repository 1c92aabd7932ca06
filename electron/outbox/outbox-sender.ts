import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { absentGapMs, type DoubtRemedy, type OutboxEvent, outboxStep } from '../../shared/flows/outbox-flow.ts';
import { holdAfter, isClosing, noHold, type QueueHold } from '../../shared/flows/queue-hold.ts';
import { retryLimits } from '../../shared/flows/retry.ts';
import type { PublishEvent } from '../ipc/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { Portal, PortalOutcome } from '../portal/port.ts';
import { clockLookMs } from '../portal/portal-clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { closedDoor, type ClosedDoorParts } from './closed-door.ts';
import { lookUpWork, type PerformParts, performWork, type WorkDone } from './perform-work.ts';
import { settleRefusal, type SettleParts, settleWork } from './settle-work.ts';

export type OutboxSenderParts = SettleParts & ClosedDoorParts & Omit<PerformParts, 'onUpload'> & {
  readonly link: PortalLink;
  readonly clock: Clock;
  readonly transact: <T>(work: () => T) => T;
  /** For the steps of a queue that drains; the audit mark follows with `publishMark` at the end of it. */
  readonly transactInRow: <T>(work: () => T) => T;
  readonly publishMark: () => void;
  readonly publish: PublishEvent;
  /** Chance for the jitter, 0 to 1. */
  readonly random: () => number;
  /** Least time between two empty look-ups; 60 s but in tests. */
  readonly gapMs?: number;
  /** A fault nobody expected: of the store, mostly. */
  readonly log: (error: unknown) => void;
  /** A ticket got its number; told after it is on disk. */
  readonly onNumbered?: (ticket: Ticket) => void;
};

/** How long everything rests when the store itself failed, in milliseconds. */
const storePauseMs = 15_000;

/** Longest chance wait after a reopening, in milliseconds, so that not every workshop knocks in the same second. */
const reopeningJitterMs = 20_000;

export type UploadProgress = { readonly sentBytes: number; readonly totalBytes: number };

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
  /** The person's word about an item in `to-verify` or `rejected`; changes nothing in any other state. */
  readonly decide: (id: OutboxItem['id'], event: Extract<OutboxEvent, { kind: 'userSaysArrived' | 'userSendsAgain' | 'carriedByHand' }>, done: WorkDone | null) => boolean;
  /** Why the whole queue waits, or null. */
  readonly holdReason: () => AppError | null;
  readonly progressOf: (id: OutboxItem['id']) => UploadProgress | null;
  /** Resolves when the request under way has ended; nothing starts after it. */
  readonly stop: () => Promise<void>;
};

function remedyFor(item: OutboxItem, portal: Portal | null): DoubtRemedy {
  if (item.work.kind === 'upload-attachment' || item.work.kind === 'close-ticket') return 'repeat';
  return portal === null || portal.capabilities.lookUp ? 'look-up' : 'ask-person';
}

/**
 * Drives `shared/flows` with the portal: one item at a time, oldest first (R-TICKET-2), each step stored before and after the
 * request, so that a kill between any two leaves a state with a name (law 5). Waiting is by monotonic time: a changed PC clock
 * neither hurries nor delays a retry (T1).
 */
export function outboxSender(parts: OutboxSenderParts): OutboxSender {
  const { outbox, tickets, link, clock, transactInRow, publish } = parts;
  const gapMs = parts.gapMs ?? absentGapMs;
  const dueAtMs = new Map<OutboxItem['id'], number>();
  const progress = new Map<OutboxItem['id'], UploadProgress>();
  let hold: QueueHold = noHold;
  let holdUntilMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let wokenAgain = false;
  const door = closedDoor(parts);
  let stopped = false;
  const abort = new AbortController();

  const instantIn = (waitMs: number): string => new Date(Date.parse(clock.instant()) + waitMs).toISOString();

  /** Stores one step of the flow, with what it brings about, in one transaction. */
  const apply = (item: OutboxItem, event: OutboxEvent, effects: (at: string) => void = () => undefined): OutboxItem => {
    const { next, waitMs } = outboxStep(item, event, parts.random(), gapMs);
    const at = clock.instant();
    const moved = { ...item, ...next, nextTryAt: waitMs === null ? null : instantIn(waitMs), updatedAt: at };
    transactInRow(() => {
      outbox.update(moved);
      if (moved.state !== item.state) effects(at);
    });
    if (waitMs === null) dueAtMs.delete(item.id);
    else dueAtMs.set(item.id, clock.monotonicMs() + waitMs);
    return moved;
  };

  const tell = (item: OutboxItem): void => {
    publish({ kind: 'outboxChanged' });
    publish({ kind: 'requestsChanged' });
    publish({ kind: 'ticketChanged', id: item.ticketId });
  };

  const notedFailure = (error: AppError, retryAfterMs: number | null): void => {
    hold = holdAfter(hold, error, retryAfterMs, parts.random());
    if (hold.hold !== null) holdUntilMs = clock.monotonicMs() + hold.hold.waitMs;
  };

  const settled = (item: OutboxItem, ticket: Ticket, event: OutboxEvent, done: WorkDone): void => {
    hold = noHold;
    const moved = apply(item, event, (at) => settleWork(parts, item, ticket, done, at));
    failpoint('outbox.ackStored');
    progress.delete(item.id);
    const numbered = moved.state === 'accepted' && done.kind === 'numbered' ? tickets.find(ticket.id) : null;
    if (numbered !== null) parts.onNumbered?.(numbered);
  };

  const settleOutcome = (item: OutboxItem, ticket: Ticket, portal: Portal, outcome: PortalOutcome<WorkDone>): void => {
    if (outcome.kind === 'done') {
      try {
        settled(item, ticket, { kind: 'accepted' }, outcome.value);
      } catch (error) {
        // An answer that contradicts what is known here is no answer; a disk that failed is told by `run`.
        if (!(error instanceof AppFault)) throw error;
        apply(item, { kind: 'answerLost', error: error.error, remedy: remedyFor(item, portal) });
      }
      return;
    }
    if (outcome.error.code === 'cancelled') {
      apply(item, { kind: 'answerLost', error: outcome.error, remedy: remedyFor(item, portal) });
      return;
    }
    notedFailure(outcome.error, outcome.kind === 'refused' ? outcome.retryAfterMs : null);
    if (outcome.kind === 'unknown') apply(item, { kind: 'answerLost', error: outcome.error, remedy: remedyFor(item, portal) });
    else apply(item, outcome, (at) => (outcome.retry === 'never' ? settleRefusal(parts, item, ticket.id, outcome.error.code, at) : undefined));
    // When everything waits together, who met the closed door first must not come last (R-TICKET-2).
    const dueMs = dueAtMs.get(item.id);
    if (outcome.kind === 'refused' && hold.hold !== null && dueMs !== undefined) dueAtMs.set(item.id, Math.min(dueMs, holdUntilMs));
  };

  const send = async (portal: Portal, item: OutboxItem, ticket: Ticket): Promise<void> => {
    const sending = apply(item, { kind: 'sendStarted' });
    publish({ kind: 'outboxChanged' });
    failpoint('outbox.sending');
    const answer = performWork(portal, { ...parts, onUpload: (of, sentBytes, totalBytes) => {
      progress.set(of.id, { sentBytes, totalBytes });
      publish({ kind: 'outboxChanged' });
      failpoint('upload.chunkSent');
    } }, sending, ticket, tickets.productAndSerial(ticket.id), abort.signal);
    const outcome = link.observe('write', await answer);
    failpoint('outbox.ackReceived');
    settleOutcome(sending, ticket, portal, outcome);
  };

  const lookUp = async (portal: Portal, item: OutboxItem, ticket: Ticket): Promise<void> => {
    const outcome = link.observe('read', await lookUpWork(portal, item, ticket));
    if (outcome.kind === 'done') {
      hold = noHold;
      if (outcome.value === null) apply(item, { kind: 'absentOnPortal' });
      else settled(item, ticket, { kind: 'foundOnPortal' }, outcome.value);
      return;
    }
    const retryAfterMs = outcome.kind === 'refused' ? outcome.retryAfterMs : null;
    notedFailure(outcome.error, retryAfterMs);
    apply({ ...item, attempts: item.attempts + 1 }, { kind: 'lookUpFailed', error: outcome.error, retryAfterMs });
  };

  const isDue = (id: OutboxItem['id']): boolean => (dueAtMs.get(id) ?? 0) <= clock.monotonicMs();

  const settleLeftOver = (): void => {
    // One item at a time: whatever stands as `sending` here was cut off, by a crash or by a disk that refused the outcome.
    for (const item of outbox.inState('sending')) apply(item, { kind: 'restarted', remedy: remedyFor(item, link.portal()) });
  };

  /** Everything that met the closed door is due again, after a little chance. */
  const reopen = (): void => {
    if (hold.hold === null || isClosing(hold.hold.reason)) hold = noHold;
    for (const item of outbox.open()) if (item.state === 'queued' && item.lastError !== null && isClosing(item.lastError)) dueAtMs.delete(item.id);
    holdUntilMs = clock.monotonicMs() + parts.random() * reopeningJitterMs;
  };

  const run = async (): Promise<void> => {
    settleLeftOver();
    try {
      await sendAllDue();
    } finally {
      parts.publishMark();
    }
  };

  const sendAllDue = async (): Promise<void> => {
    while (!stopped) {
      const seen = await door.look();
      if (seen === 'reopened') reopen();
      if (seen === 'doubtful') holdUntilMs = clock.monotonicMs() + clockLookMs;
      if (holdUntilMs > clock.monotonicMs()) return;
      const portal = link.portal();
      if (portal === null || portal.capabilities.delivery === 'by-hand') return;
      const id = outbox.nextDue(link.realm(), (id, state) => isDue(id) && door.lets(id, state));
      const item = id === null ? null : outbox.find(id);
      const ticket = item === null ? null : tickets.find(item.ticketId);
      if (item === null || ticket === null) return;
      door.tried(item.id);
      await (item.state === 'unknown' ? lookUp(portal, item, ticket) : send(portal, item, ticket));
      tell(item);
    }
  };

  const plan = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const now = clock.monotonicMs();
    const next = Math.min(...[...dueAtMs.values()].filter((at) => at > now), Number.POSITIVE_INFINITY);
    const gate = parts.gate();
    // A timer counts neither a sleeping PC nor a clock that was set: the gate is looked at again every minute.
    const gateAt = gate === null ? Number.POSITIVE_INFINITY : now + Math.min(clockLookMs, (gate.opensAtMs ?? Number.POSITIVE_INFINITY) - gate.nowMs);
    const wakeAt = Math.min(holdUntilMs > now ? holdUntilMs : next, gateAt);
    if (Number.isFinite(wakeAt)) timer = setTimeout(wake, Math.max(10, wakeAt - now));
  };

  const wake = (): void => {
    if (stopped) return;
    if (running !== null) {
      wokenAgain = true;
      return;
    }
    running = run().catch((error: unknown) => {
      parts.log(error);
      holdUntilMs = clock.monotonicMs() + storePauseMs;
    }).finally(() => {
      running = null;
      plan();
      if (!wokenAgain) return;
      wokenAgain = false;
      wake();
    });
  };

  return {
    start: () => {
      settleLeftOver();
      const now = Date.parse(clock.instant());
      for (const item of outbox.open()) {
        // A first empty look-up may have been a moment ago, whatever the clock says now.
        const least = item.state === 'unknown' && item.absentLookups > 0 ? gapMs : 0;
        const waitMs = item.nextTryAt === null ? 0 : Math.min(Math.max(0, Date.parse(item.nextTryAt) - now), retryLimits.retryAfterCapMs);
        dueAtMs.set(item.id, clock.monotonicMs() + Math.max(least, waitMs));
      }
      wake();
    },
    wake,
    tryNow: (id) => {
      hold = noHold;
      holdUntilMs = 0;
      if (id !== null) door.insist(id);
      for (const item of id === null ? outbox.open() : [outbox.find(id)]) {
        if (item !== null && !(item.state === 'unknown' && item.absentLookups > 0)) dueAtMs.delete(item.id);
      }
      wake();
    },
    decide: (id, event, done) => {
      const item = outbox.find(id);
      const ticket = item === null ? null : tickets.find(item.ticketId);
      if (item === null || ticket === null || outboxStep(item, event, 0, gapMs).next.state === item.state) return false;
      apply(item, event, (at) => {
        if (done !== null) settleWork(parts, item, ticket, done, at);
        const message = item.work.kind === 'send-message' && event.kind === 'userSendsAgain' ? parts.messages.find(item.work.messageId) : null;
        if (message !== null) parts.messages.update({ ...message, delivery: 'queued' }, null);
        parts.audit.append(at, 'outbox-decided', ticket.id, { decision: event.kind });
      });
      parts.publishMark();
      tell(item);
      wake();
      return true;
    },
    holdReason: () => (holdUntilMs > clock.monotonicMs() ? (hold.hold?.reason ?? null) : null),
    progressOf: (id) => progress.get(id) ?? null,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      abort.abort();
      await running;
    },
  };
}
