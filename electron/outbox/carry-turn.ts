import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { type DoubtRemedy, type OutboxEvent, outboxStep } from '../../shared/flows/outbox-flow.ts';
import type { PublishEvent } from '../ipc/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { Portal, PortalOutcome } from '../portal/port.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { lookUpWork, type PerformParts, performWork, type WorkDone } from './perform-work.ts';
import type { QueueTimes } from './queue-times.ts';
import { settleRefusal, type SettleParts, settleWork } from './settle-work.ts';

/** One item whose turn it is, with its ticket and where it goes. */
export type Turn = { readonly portal: Portal; readonly item: OutboxItem; readonly ticket: Ticket };

export type UploadProgress = { readonly sentBytes: number; readonly totalBytes: number };

export type TurnParts = SettleParts &
  Omit<PerformParts, 'onUpload'> & {
    readonly link: PortalLink;
    readonly clock: Clock;
    /** For the steps of a queue that drains; the audit mark follows at the end of it. */
    readonly transactInRow: <T>(work: () => T) => T;
    readonly publish: PublishEvent;
    /** Chance for the jitter, 0 to 1. */
    readonly random: () => number;
    /** A fault nobody expected: of the store, mostly. */
    readonly log: (error: unknown) => void;
    /** A ticket got its number; told after it is on disk. */
    readonly onNumbered?: (ticket: Ticket) => void;
  };

export type TurnCarrier = {
  /** Stores one step of the flow, with what it brings about, in one transaction. */
  readonly apply: (item: OutboxItem, event: OutboxEvent, effects?: (at: string) => void) => OutboxItem;
  /** Stores that sending begins: from now on a crash leaves doubt, and doubt is looked up. */
  readonly begin: (turn: Turn) => Turn;
  /** Sends what was begun and stores what came of it; `goOn` begins the next one in the same commit, where the portal took this one. */
  readonly send: (turn: Turn, goOn: () => Turn | null) => Promise<Turn | null>;
  /** Asks whether what may have arrived did. */
  readonly lookUp: (turn: Turn) => Promise<void>;
  readonly progressOf: (id: OutboxItem['id']) => UploadProgress | null;
};

/** What takes the place of a lost answer: repeating where that is harmless, asking the portal where it can be asked, else the person. */
export function remedyFor(item: OutboxItem, portal: Portal | null): DoubtRemedy {
  if (item.work.kind === 'upload-attachment' || item.work.kind === 'close-ticket') return 'repeat';
  return portal === null || portal.capabilities.lookUp ? 'look-up' : 'ask-person';
}

/** Carries one turn from "begun" to its outcome: intent stored, request made, outcome stored (law 5). `signal` ends an upload under way. */
export function turnCarrier(parts: TurnParts, times: QueueTimes, gapMs: number, signal: AbortSignal): TurnCarrier {
  const { outbox, tickets, link, clock, transactInRow, publish } = parts;
  const progress = new Map<OutboxItem['id'], UploadProgress>();

  const instantIn = (waitMs: number): string => new Date(Date.parse(clock.instant()) + waitMs).toISOString();

  const apply: TurnCarrier['apply'] = (item, event, effects = () => undefined) => {
    const { next, waitMs } = outboxStep(item, event, parts.random(), gapMs);
    const at = clock.instant();
    const moved = { ...item, ...next, nextTryAt: waitMs === null ? null : instantIn(waitMs), updatedAt: at };
    transactInRow(() => {
      outbox.update(moved);
      if (moved.state !== item.state) effects(at);
    });
    times.wait(item.id, waitMs);
    return moved;
  };

  /** Stores what the portal confirmed; the error where that contradicts what is known here, which is no answer (P6). */
  const settled = (item: OutboxItem, ticket: Ticket, event: OutboxEvent, done: WorkDone): AppError | null => {
    try {
      apply(item, event, (at) => settleWork(parts, item, ticket, done, at));
      times.succeeded();
      return null;
    } catch (error) {
      // A disk that failed is told by whoever drives the queue.
      if (error instanceof AppFault) return error.error;
      throw error;
    }
  };

  /** Call when what was settled is on the disk, never before (R-TICKET-1). */
  const afterSettling = (item: OutboxItem, done: WorkDone): void => {
    failpoint('outbox.ackStored');
    progress.delete(item.id);
    const numbered = done.kind === 'numbered' ? tickets.find(item.ticketId) : null;
    try {
      if (numbered !== null) parts.onNumbered?.(numbered);
    } catch (error) {
      // A notification that fails must not leave the next item, already begun, in doubt.
      parts.log(error);
    }
  };

  const notSettled = (item: OutboxItem, portal: Portal, outcome: Exclude<PortalOutcome<WorkDone>, { kind: 'done' }>): void => {
    const { error } = outcome;
    if (error.code !== 'cancelled') times.failed(error, outcome.kind === 'refused' ? outcome.retryAfterMs : null, parts.random());
    if (outcome.kind === 'unknown' || error.code === 'cancelled') {
      apply(item, { kind: 'answerLost', error, remedy: remedyFor(item, portal) });
      return;
    }
    apply(item, outcome, (at) => (outcome.retry === 'never' ? settleRefusal(parts, item, item.ticketId, error.code, at) : undefined));
    times.restWithAll(item.id);
  };

  return {
    apply,
    begin: (turn) => ({ ...turn, item: apply(turn.item, { kind: 'sendStarted' }) }),
    send: async ({ portal, item, ticket }, goOn) => {
      publish({ kind: 'outboxChanged' });
      failpoint('outbox.sending');
      const answer = performWork(
        portal,
        {
          ...parts,
          onUpload: (of, sentBytes, totalBytes) => {
            progress.set(of.id, { sentBytes, totalBytes });
            publish({ kind: 'outboxChanged' });
            failpoint('upload.chunkSent');
          },
        },
        item,
        ticket,
        tickets.productAndSerial(ticket.id),
        signal,
      );
      const outcome = link.observe('write', await answer);
      failpoint('outbox.ackReceived');
      if (outcome.kind !== 'done') {
        notSettled(item, portal, outcome);
        return null;
      }
      const { contradiction, next } = transactInRow(() => {
        const contradiction = settled(item, ticket, { kind: 'accepted' }, outcome.value);
        if (contradiction !== null) apply(item, { kind: 'answerLost', error: contradiction, remedy: remedyFor(item, portal) });
        return { contradiction, next: contradiction === null ? goOn() : null };
      });
      if (contradiction === null) afterSettling(item, outcome.value);
      return next;
    },
    lookUp: async ({ portal, item, ticket }) => {
      const outcome = link.observe('read', await lookUpWork(portal, item, ticket));
      const failed = (error: AppError, retryAfterMs: number | null): void => {
        times.failed(error, retryAfterMs, parts.random());
        apply({ ...item, attempts: item.attempts + 1 }, { kind: 'lookUpFailed', error, retryAfterMs });
      };
      if (outcome.kind !== 'done') {
        failed(outcome.error, outcome.kind === 'refused' ? outcome.retryAfterMs : null);
        return;
      }
      if (outcome.value === null) {
        times.succeeded();
        apply(item, { kind: 'absentOnPortal' });
        return;
      }
      const contradiction = settled(item, ticket, { kind: 'foundOnPortal' }, outcome.value);
      if (contradiction === null) afterSettling(item, outcome.value);
      else failed(contradiction, null);
    },
    progressOf: (id) => progress.get(id) ?? null,
  };
}
