import type { AppError } from '../domain/app-error.ts';
import type { OutboxState } from '../domain/outbox-item.ts';
import { assertNever } from '../domain/result.ts';
import { retryDelayMs, retryLimits } from './retry.ts';

/** Least time between two look-ups that found nothing, before a new send is allowed (ONCE-1). */
export const absentGapMs = 60_000;
/** Look-ups in a row that must find nothing before a new send is allowed. */
export const absentNeeded = 2;
/** After a second loss, gaps to wait before a third send: a look-up is a question too, and all together are at most 12 an hour (P3). */
const gapsAfterLosses = 14;

/** What the machine decides on; a part of `OutboxItem`. */
export type OutboxProgress = {
  readonly state: OutboxState;
  readonly attempts: number;
  readonly absentLookups: number;
  readonly lastError: AppError | null;
};

/**
 * How a lost answer is cleared up. `look-up`: the portal is asked by reference; `ask-person`: it cannot be asked; `repeat`: doing
 * it again changes nothing (an upload goes on from the portal's own offset, closing twice is closing once).
 */
export type DoubtRemedy = 'look-up' | 'ask-person' | 'repeat';

/** What happened. `restarted`: the program starts and cannot know how a request under way ended. */
export type OutboxEvent =
  | { readonly kind: 'sendStarted' }
  | { readonly kind: 'accepted' }
  | {
      readonly kind: 'refused';
      readonly error: AppError;
      readonly retry: 'never' | 'later';
      readonly retryAfterMs: number | null;
    }
  | {
      readonly kind: 'answerLost';
      readonly error: AppError;
      readonly remedy: DoubtRemedy;
      readonly retryAfterMs?: number | null;
    }
  | { readonly kind: 'restarted'; readonly remedy: DoubtRemedy }
  | { readonly kind: 'foundOnPortal' }
  | { readonly kind: 'absentOnPortal' }
  /** The portal's own list names it and its look-up does not find it, or what the look-up says contradicts what is known here. */
  | { readonly kind: 'disputed'; readonly error: AppError }
  | { readonly kind: 'lookUpFailed'; readonly error: AppError; readonly retryAfterMs: number | null }
  | { readonly kind: 'userSaysArrived' }
  /** `remedy`: it may have been done by a store that is gone; left out, what became of it is known. */
  | { readonly kind: 'userSendsAgain'; readonly remedy?: DoubtRemedy }
  | { readonly kind: 'setAside' }
  | { readonly kind: 'resumed'; readonly remedy: DoubtRemedy }
  | { readonly kind: 'carriedByHand' };

/** The next state, and how long to wait before something is due; null when nothing is planned. */
export type OutboxStep = { readonly next: OutboxProgress; readonly waitMs: number | null };

function stay(progress: OutboxProgress): OutboxStep {
  return { next: progress, waitMs: null };
}

function settled(
  progress: OutboxProgress,
  state: 'accepted' | 'rejected',
  lastError: AppError | null,
): OutboxStep {
  return { next: { ...progress, state, lastError, absentLookups: 0 }, waitMs: null };
}

/** @param lookUpWaitMs how long the portal is left alone before it is asked */
function uncertain(
  progress: OutboxProgress,
  remedy: DoubtRemedy,
  lastError: AppError | null,
  repeatWaitMs: number,
  lookUpWaitMs = 0,
): OutboxStep {
  const next = { ...progress, absentLookups: 0, lastError };
  switch (remedy) {
    case 'look-up':
      return { next: { ...next, state: 'unknown' }, waitMs: lookUpWaitMs };
    case 'ask-person':
      return { next: { ...next, state: 'to-verify' }, waitMs: null };
    case 'repeat':
      return { next: { ...next, state: 'queued' }, waitMs: repeatWaitMs };
    default:
      return assertNever(remedy);
  }
}

/** What the person may take out of the way: everything that is neither settled nor carried by hand. */
function isMovable(state: OutboxState): boolean {
  return state !== 'accepted' && state !== 'by-hand' && state !== 'set-aside';
}

/**
 * The life of one thing to be sent. The contract:
 * - stored `queued` with a durable key before the first byte; `sendStarted` is stored before the request leaves;
 * - success: `accepted`, only on the portal's own word (an answer or a look-up);
 * - certain refusal: `queued` again after a wait, or `rejected` for good, kept and explained;
 * - lost answer or crash while sending: `unknown`, and never back to `queued` before two look-ups, at least 60 s apart, found
 *   nothing; where the portal cannot be asked, or says one thing in its list and another to a look-up: `to-verify`, and a person
 *   decides (COMPLAINT-10, K3); what may be repeated without harm is `queued` again;
 * - set aside: out of the way in any state that is not settled, and back by the person's word alone; what was ever sent comes back in
 *   doubt, never straight to sending;
 * - events that do not fit the state change nothing, so a late answer cannot undo a settled item.
 * `random` is 0 to 1 for the jitter; `gapMs` lies between two empty look-ups.
 */
export function outboxStep(
  progress: OutboxProgress,
  event: OutboxEvent,
  random: number,
  gapMs: number = absentGapMs,
): OutboxStep {
  const { state } = progress;
  switch (event.kind) {
    case 'sendStarted':
      return state === 'queued'
        ? { next: { ...progress, state: 'sending', attempts: progress.attempts + 1 }, waitMs: null }
        : stay(progress);
    case 'accepted':
      return state === 'sending' ? settled(progress, 'accepted', null) : stay(progress);
    case 'refused':
      if (state !== 'sending') return stay(progress);
      if (event.retry === 'never') return settled(progress, 'rejected', event.error);
      return {
        next: { ...progress, state: 'queued', lastError: event.error },
        waitMs: retryDelayMs(progress.attempts, event.retryAfterMs, random),
      };
    case 'answerLost': {
      if (state !== 'sending') return stay(progress);
      const askedMs = event.retryAfterMs ?? null;
      const lookUpWaitMs = askedMs === null ? 0 : retryDelayMs(0, askedMs, random);
      return uncertain(
        progress,
        event.remedy,
        event.error,
        retryDelayMs(progress.attempts, askedMs, random),
        lookUpWaitMs,
      );
    }
    case 'restarted':
      return state === 'sending' ? uncertain(progress, event.remedy, progress.lastError, 0) : stay(progress);
    case 'foundOnPortal':
      return state === 'unknown' ? settled(progress, 'accepted', null) : stay(progress);
    case 'absentOnPortal': {
      if (state !== 'unknown') return stay(progress);
      const absentLookups = progress.absentLookups + 1;
      if (absentLookups < absentNeeded) return { next: { ...progress, absentLookups }, waitMs: gapMs };
      const waitMs =
        progress.attempts > 1 ? gapsAfterLosses * gapMs : retryDelayMs(progress.attempts, null, random);
      return {
        next: { ...progress, state: 'queued', absentLookups: 0 },
        waitMs: Math.min(waitMs, retryLimits.retryAfterCapMs),
      };
    }
    case 'disputed':
      if (state !== 'unknown') return stay(progress);
      return progress.absentLookups + 1 < absentNeeded
        ? { next: { ...progress, absentLookups: progress.absentLookups + 1 }, waitMs: gapMs }
        : {
            next: { ...progress, state: 'to-verify', absentLookups: 0, lastError: event.error },
            waitMs: null,
          };
    case 'lookUpFailed':
      return state === 'unknown'
        ? {
            next: { ...progress, lastError: event.error },
            waitMs: Math.max(
              retryDelayMs(progress.attempts, event.retryAfterMs, random),
              progress.absentLookups > 0 ? gapMs : 0,
            ),
          }
        : stay(progress);
    case 'userSaysArrived':
      return state === 'to-verify' || state === 'unknown' || state === 'set-aside'
        ? settled(progress, 'accepted', null)
        : stay(progress);
    case 'userSendsAgain':
      if (state !== 'to-verify' && state !== 'rejected') return stay(progress);
      return uncertain(progress, event.remedy ?? 'repeat', null, 0);
    case 'setAside':
      return isMovable(state)
        ? { next: { ...progress, state: 'set-aside', absentLookups: 0 }, waitMs: null }
        : stay(progress);
    case 'resumed':
      if (state !== 'set-aside') return stay(progress);
      return progress.attempts === 0
        ? { next: { ...progress, state: 'queued', lastError: null }, waitMs: 0 }
        : uncertain(progress, event.remedy, null, 0);
    case 'carriedByHand':
      return state === 'by-hand' ? settled(progress, 'accepted', null) : stay(progress);
    default:
      return assertNever(event);
  }
}
