import { type AppError, appError } from '../../shared/domain/app-error.ts';
import { type TicketId, type TicketNumber, ticketNumberSchema } from '../../shared/domain/ids.ts';
import { type OutboxItem, perhapsDoneMark } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import { type DoubtRemedy, type OutboxEvent, outboxStep } from '../../shared/flows/outbox-flow.ts';
import { concernsAll } from '../../shared/flows/queue-wait.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { Portal, PortalOutcome } from '../portal/port.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { exchangeMs, transferMs } from '../portal/portal-times.ts';
import type { NumberTrust } from '../store/number-proof.ts';
import type { PaceRepository } from '../store/pace-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import { questionOwner } from '../store/take-number.ts';
import { isSettled, keepPace, mayReopen } from './kept-pace.ts';
import type { ExchangeTurns } from './exchange-turns.ts';
import { contradictionOf } from './own-fault.ts';
import { lookUpWork, type PerformParts, performWork, toldByNews, type WorkDone } from './perform-work.ts';
import type { BackoffTimers } from './backoff-timers.ts';
import type { KeptPlaces } from './kept-places.ts';
import { applyOutcome, applyRefusal, type OutcomeParts } from './apply-outcome.ts';

/** One item whose turn it is, with its ticket and where it goes. */
export type Turn = { readonly portal: Portal; readonly item: OutboxItem; readonly ticket: Ticket };

export type UploadProgress = { readonly sentBytes: number; readonly totalBytes: number };

export type DeliveryParts = OutcomeParts &
  Omit<PerformParts, 'onUpload'> & {
    readonly link: PortalLink;
    readonly clock: Clock;
    readonly pace: PaceRepository;
    /** For the steps of a queue that drains; the audit mark follows at the end of it. */
    readonly transactInRow: <T>(work: () => T) => T;
    readonly publish: PublishEvent;
    /** Chance for the jitter, 0 to 1. */
    readonly random: () => number;
    /** Keeps a fault nobody expected and gives back its reference. */
    readonly log: (error: unknown) => string;
    /** Keeps what a refusal for good teaches of the portal in use; called in the transaction that stores it. */
    readonly learnLimit?: (item: OutboxItem, error: AppError, at: string) => void;
    /** A ticket got its number; told after it is on disk. */
    readonly onNumbered?: (ticket: Ticket) => void;
  };

export type ItemDelivery = {
  /** Stores one step of the flow, with what it brings about, in one transaction. */
  readonly apply: (item: OutboxItem, event: OutboxEvent, effects?: (at: string) => void) => OutboxItem;
  /** Stores that sending begins: from now on a crash leaves doubt, and doubt is looked up. */
  readonly begin: (turn: Turn) => Turn;
  /**
   * Sends what was begun and stores what came of it; `goOn` begins the next one in the same commit, where the portal took this one.
   * Always ends, by its deadline at the latest. What is abandoned by a signal is left as it stands, and its late answer is nobody's.
   */
  readonly send: (turn: Turn, goOn: () => Turn | null, abandoned: AbortSignal) => Promise<Turn | null>;
  /** Asks whether what may have arrived did. Ends as `send` does. */
  readonly lookUp: (turn: Turn, abandoned: AbortSignal) => Promise<void>;
  readonly progressOf: (id: OutboxItem['id']) => UploadProgress | null;
};

/** Longest time a file may take in one turn, in milliseconds: its transfer with the questions around it. */
const uploadMs = transferMs + exchangeMs;

const isUpload = ({ work }: OutboxItem): boolean => work.kind === 'upload-attachment';
const turnMs = (item: OutboxItem): number => (isUpload(item) ? uploadMs : exchangeMs);

/** What takes the place of a lost answer: repeating where that is harmless, asking the portal where it can be asked, else the person. */
export function remedyFor(item: OutboxItem, portal: Portal | null): DoubtRemedy {
  if (item.work.kind === 'upload-attachment' || item.work.kind === 'close-ticket') return 'repeat';
  return portal === null || portal.capabilities.lookUp ? 'look-up' : 'ask-person';
}

/** What is known without asking: it says nothing of how the portal fares. */
function known(item: OutboxItem, ticket: Ticket): PortalOutcome<WorkDone> | null {
  const value = toldByNews(item, ticket);
  return value === null ? null : { kind: 'done', value, serverDate: null };
}

/** The portal's answer decides. Where it gives none, what news told stands, unless they told something else as well. */
async function decided(
  told: PortalOutcome<WorkDone> | null,
  trust: NumberTrust,
  ask: () => Promise<PortalOutcome<WorkDone | null> | null>,
): Promise<PortalOutcome<WorkDone | null> | null> {
  if (told !== null && trust === 'proven') return told;
  const answer = await ask();
  return told === null || answer?.kind === 'done' || trust !== 'unproven' ? answer : told;
}

/** Where the portal's list names the request all the same, a person decides: taken for sent it could be lost, sent again be there twice. */
function notFound(item: OutboxItem, ticket: Ticket): OutboxEvent {
  return toldByNews(item, ticket) === null
    ? { kind: 'absentOnPortal' }
    : { kind: 'disputed', error: appError('portal.conflict') };
}

/** The portal has it, but on another ticket than this one, or has nothing by which it could be found: asked again it says the same, and nobody but a person can tell. */
const isForPerson = ({ code, params }: AppError): boolean =>
  code === 'portal.noLookUp' || (code === 'portal.conflict' && params['field'] === 'number');

/** A look-up said what cannot be. Whoever has the number it named is asked for again: the false answer may have been theirs. */
function dispute(
  parts: DeliveryParts,
  apply: ItemDelivery['apply'],
  { item, ticket }: Turn,
  error: AppError,
  done: WorkDone,
): void {
  parts.transactInRow(() => {
    apply(item, { kind: 'disputed', error });
    if (done.kind === 'numbered')
      questionOwner(parts, ticket, ticketNumberSchema.parse(done.number), parts.clock.instant());
  });
}

/**
 * What the queue remembers while the program runs, beside what is stored: when each item may be tried, who is not to be overtaken, and
 * whose turn has left something behind.
 */
export type QueueStanding = {
  readonly times: BackoffTimers;
  readonly places: KeptPlaces;
  readonly turns: ExchangeTurns;
};

/** Tells each number once: one that is confirmed after it was asked for again is no news. */
function numberTeller({ tickets, onNumbered, log }: DeliveryParts): (id: TicketId) => void {
  const told = new Map<TicketId, TicketNumber | null>();
  return (id) => {
    const numbered = readRowOrNull(() => tickets.find(id));
    if (numbered === null || told.get(id) === numbered.number) return;
    told.set(id, numbered.number);
    try {
      onNumbered?.(numbered);
    } catch (error) {
      // A notification that fails must not leave the next item, already begun, in doubt.
      log(error);
    }
  };
}

/** Each step of the flow as one transaction, with its next wait and its place in the queue. */
function storedSteps(
  parts: DeliveryParts,
  { times, places }: QueueStanding,
  gapMs: number,
): ItemDelivery['apply'] {
  const { outbox, clock, transactInRow } = parts;
  return (item, event, effects = () => undefined) => {
    const { next, waitMs } = outboxStep(item, event, parts.random(), gapMs);
    const at = clock.instant();
    times.askedToRest(item.id, 'retryAfterMs' in event ? (event.retryAfterMs ?? 0) : 0);
    const restMs = waitMs === null ? null : times.spaced(item.id, waitMs);
    const moved = {
      ...item,
      ...next,
      nextTryAt: restMs === null ? null : new Date(Date.parse(at) + restMs).toISOString(),
      updatedAt: at,
    };
    transactInRow(() => {
      outbox.update(moved);
      if (moved.state !== item.state) effects(at);
      keepPace(parts, times, moved);
    });
    if (mayReopen(parts, moved)) times.settledForNow(item.id);
    else if (isSettled(moved)) times.forget(item.id);
    else times.wait(item.id, restMs);
    return places.note(moved, event);
  };
}

/** What a failure means for everything else; who stands first is tried first when the rest is over (R-TICKET-2). */
function waitOfOthers(parts: DeliveryParts, { times, places }: QueueStanding) {
  return ({ id }: OutboxItem, portal: Portal, error: AppError, retryAfterMs: number | null): void => {
    // The answer of a portal that was left says nothing of the one in use.
    if (portal !== parts.link.portal()) return;
    times.failed(error, retryAfterMs, parts.random(), places.owesTry());
    if (concernsAll(error))
      for (const next of [id, places.first()]) if (next !== null) times.waitWithAll(next);
  };
}

type NotDone = Exclude<PortalOutcome<WorkDone>, { kind: 'done' }>;

/** A request that the portal had not has none of its files either: what was doubted of them goes like any other. */
function sendFilesAnew({ outbox }: Pick<DeliveryParts, 'outbox'>, item: OutboxItem): void {
  if (item.work.kind !== 'create-ticket') return;
  for (const { id, work, attempts } of outbox.readableOfTicket(item.ticketId))
    if (work.kind === 'upload-attachment' && attempts === 0 && outbox.resumeUrl(id) === perhapsDoneMark)
      outbox.keepResumeUrl(id, null);
}

/** What becomes of an item by the portal's answer, for itself and for everything else. `onSettled` before anybody is told of it. */
function answerKeeping(
  parts: DeliveryParts,
  standing: QueueStanding,
  apply: ItemDelivery['apply'],
  onSettled: (id: OutboxItem['id']) => void,
) {
  const tellNumber = numberTeller(parts);
  const othersWait = waitOfOthers(parts, standing);
  return {
    /** Stores what the portal confirmed; the error where that contradicts what is known here, which is no answer (P6). */
    settled: (item: OutboxItem, ticket: Ticket, event: OutboxEvent, done: WorkDone): AppError | null => {
      try {
        apply(item, event, (at) => {
          applyOutcome(parts, item, ticket, done, at);
          if (event.kind === 'accepted') sendFilesAnew(parts, item);
        });
        standing.times.succeeded();
        return null;
      } catch (error) {
        return contradictionOf(error, parts.log);
      }
    },
    /** Call when what was settled is on the disk, never before (R-TICKET-1). */
    afterSettling: (item: OutboxItem, done: WorkDone): void => {
      failpoint('outbox.ackStored');
      onSettled(item.id);
      if (done.kind === 'numbered') tellNumber(item.ticketId);
    },
    /** What was sent was refused, or nobody knows what became of it. */
    notSettled: (item: OutboxItem, portal: Portal, outcome: NotDone): void => {
      const { error, retryAfterMs = null } = outcome;
      if (outcome.kind === 'unknown' || error.code === 'cancelled')
        apply(item, { kind: 'answerLost', error, remedy: remedyFor(item, portal), retryAfterMs });
      else
        apply(item, outcome, (at) => {
          if (outcome.retry !== 'never') return;
          applyRefusal(parts, item, item.ticketId, error, at);
          // The answer of a portal that was left says nothing of the one in use.
          if (portal === parts.link.portal()) parts.learnLimit?.(item, error, at);
        });
      if (error.code !== 'cancelled') othersWait(item, portal, error, retryAfterMs);
    },
    /** A question what became of it has no answer, or one that only a person can judge. */
    notLookedUp: (item: OutboxItem, portal: Portal, { error, retryAfterMs = null }: NotDone): void => {
      if (isForPerson(error)) {
        apply(item, { kind: 'disputed', error });
        return;
      }
      apply({ ...item, attempts: item.attempts + 1 }, { kind: 'lookUpFailed', error, retryAfterMs });
      othersWait(item, portal, error, retryAfterMs);
    },
  };
}

/** Carries one turn from "begun" to its outcome: intent stored, request made, outcome stored (LAW-5). `signal` ends an upload under way. */
export function itemDelivery(
  parts: DeliveryParts,
  standing: QueueStanding,
  gapMs: number,
  signal: AbortSignal,
): ItemDelivery {
  const { tickets, link, transactInRow, publish } = parts;
  const { times, turns } = standing;
  const progress = new Map<OutboxItem['id'], UploadProgress>();
  const onUpload: PerformParts['onUpload'] = ({ id }, sentBytes, totalBytes) => {
    progress.set(id, { sentBytes, totalBytes });
    publish({ kind: 'outboxChanged' });
    failpoint('upload.chunkSent');
  };

  const apply = storedSteps(parts, standing, gapMs);

  const { settled, afterSettling, notSettled, notLookedUp } = answerKeeping(parts, standing, apply, (id) =>
    progress.delete(id),
  );

  /** The outcome in any case but one: null where nobody wants it any more. Of a portal that is not in use now nothing is noted. */
  const heard = async <T>(
    act: 'read' | 'write',
    portal: Portal,
    item: OutboxItem,
    ask: (turn: AbortSignal) => Promise<PortalOutcome<T>>,
    limitMs: number,
    abandoned: AbortSignal,
  ): Promise<PortalOutcome<T> | null> => {
    const outcome = await turns.take(item.id, ask, limitMs, abandoned);
    return outcome !== null && portal === link.portal() ? link.observe(act, outcome) : outcome;
  };

  return {
    apply,
    begin: (turn) => {
      times.tried(turn.item.id);
      return { ...turn, item: apply(turn.item, { kind: 'sendStarted' }) };
    },
    send: async ({ portal, item, ticket }, goOn, abandoned) => {
      publish({ kind: 'outboxChanged' });
      failpoint('outbox.sending');
      const perform = (turn: AbortSignal): Promise<PortalOutcome<WorkDone>> =>
        performWork(
          portal,
          { ...parts, onUpload },
          item,
          ticket,
          tickets.productAndSerial(ticket.id),
          isUpload(item) ? AbortSignal.any([signal, turn]) : turn,
        );
      const outcome =
        known(item, ticket) ?? (await heard('write', portal, item, perform, turnMs(item), abandoned));
      failpoint('outbox.ackReceived');
      if (outcome === null) {
        progress.delete(item.id);
        return null;
      }
      if (outcome.kind !== 'done') {
        notSettled(item, portal, outcome);
        return null;
      }
      const { contradiction, next } = transactInRow(() => {
        const contradiction = settled(item, ticket, { kind: 'accepted' }, outcome.value);
        if (contradiction !== null)
          apply(item, { kind: 'answerLost', error: contradiction, remedy: remedyFor(item, portal) });
        return { contradiction, next: contradiction === null ? goOn() : null };
      });
      if (contradiction === null) afterSettling(item, outcome.value);
      return next;
    },
    lookUp: async ({ portal, item, ticket }, abandoned) => {
      times.tried(item.id);
      // A power cut in the middle of the question must not make it forgotten (P3).
      transactInRow(() => keepPace(parts, times, item));
      const ask = () =>
        heard('read', portal, item, (turn) => lookUpWork(portal, item, ticket, turn), exchangeMs, abandoned);
      const outcome = await decided(known(item, ticket), tickets.numberTrust(ticket.id), ask);
      if (outcome === null) return;
      if (outcome.kind !== 'done') {
        notLookedUp(item, portal, outcome);
        return;
      }
      if (outcome.value === null) {
        // That the portal answers a question is no sign that it takes anything: what holds the queue goes on holding it.
        apply(item, notFound(item, ticket));
        return;
      }
      const contradiction = settled(item, ticket, { kind: 'foundOnPortal' }, outcome.value);
      if (contradiction === null) afterSettling(item, outcome.value);
      // What the portal says here cannot be, and asking on and on brings nothing else: a second time a person decides.
      else dispute(parts, apply, { portal, item, ticket }, contradiction, outcome.value);
    },
    progressOf: (id) => progress.get(id) ?? null,
  };
}
