import type { AppError } from '../domain/app-error.ts';
import type { Hold } from '../domain/hold.ts';
import type { OutboxItem } from '../domain/outbox-item.ts';
import type { PortalState, PortalWhy } from '../domain/portal-state.ts';
import { assertNever } from '../domain/result.ts';
import type { RuleId } from '../rules/rule-definitions.ts';
import type { WaitReason } from '../domain/wait-reason.ts';
import { portalRule } from '../rules/portal-rule.ts';
import { needsPerson } from './queue-wait.ts';

/** A closing of the portal, and when it takes something again; `opensAt` null where no end is known (R-HOURS-3, R-HOURS-4). */
export type Closing = {
  readonly state: PortalState;
  readonly why: PortalWhy;
  readonly opensAt: string | null;
};

/** What is known of the queue when one item is judged. Whoever does not know a thing says what holds where nothing is in the way. */
export type QueueFacts = {
  /** Whom it was made for, where that is not the recipient in use; null: it is. */
  readonly elsewhere: { readonly address: string; readonly customerCode: string } | null;
  /** The terms in force are not those accepted for it (R-ACCEPT-1). */
  readonly isForTerms: boolean;
  /** A person holds it back; `endsAt` null where nobody can tell until when. Null: nobody does, or not any more. */
  readonly held: { readonly hold: Hold; readonly endsAt: string | null } | null;
  /** Null: the portal takes what is sent, or a person wants this one tried all the same. */
  readonly closing: Closing | null;
  /** Everything waits, for this failure where there is one, until then where it ends by itself; null: it does not. */
  readonly all: { readonly reason: AppError | null; readonly until: string | null } | null;
  /** It is a request, or its request has a number. */
  readonly hasNumber: boolean;
  /** Its own next try is not due yet; `until` null where nobody can say when. Null: it is due. */
  readonly own: { readonly until: string | null } | null;
};

/** `why` null: under way or settled. `goesAt`: when it is expected to go; null when at once, or nobody can tell. */
export type QueueAnswer = {
  readonly mayGo: boolean;
  readonly why: WaitReason | null;
  readonly goesAt: string | null;
};

/** What is judged of an item. */
export type JudgedItem = Pick<OutboxItem, 'state' | 'lastError'>;

/** Nothing stands in the way, as far as anybody knows. */
export const openGate: QueueFacts = {
  elsewhere: null,
  isForTerms: false,
  held: null,
  closing: null,
  all: null,
  hasNumber: true,
  own: null,
};

const stays = (why: WaitReason | null, goesAt: string | null = null): QueueAnswer => ({
  mayGo: false,
  why,
  goesAt,
});

/** The later of two instants, of which either may be missing. */
function laterOf(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

/** Look-ups only read, and reading goes on during a closure in which the portal can be reached (R-HOURS-3). */
function lookUpAnswer({ closing, all, own }: QueueFacts): QueueAnswer {
  const mayGo = closing?.state !== 'unreachable' && all === null && own === null;
  return { mayGo, why: { kind: 'look-up' }, goesAt: own?.until ?? null };
}

/** What a person can do about it comes first, then what time brings. */
function queuedAnswer(
  { lastError }: JudgedItem,
  { isForTerms, held, closing, all, hasNumber, own }: QueueFacts,
): QueueAnswer {
  if (isForTerms) return stays({ kind: 'terms' });
  if (held !== null) {
    const isOpenEnd = held.endsAt === null || closing?.opensAt === null;
    return stays(
      { kind: 'held', hold: held.hold },
      isOpenEnd ? null : laterOf(held.endsAt, closing?.opensAt ?? null),
    );
  }
  if (closing !== null)
    return stays({ kind: 'closed', state: closing.state, why: closing.why }, closing.opensAt);
  // After a restart only the item itself still knows what stopped it.
  const stops = [all?.reason ?? null, all === null && own === null ? null : lastError];
  if (stops.some((error) => error !== null && needsPerson(error))) return stays({ kind: 'person' });
  if (!hasNumber) return stays({ kind: 'number' });
  if (all !== null && all.until === null) return stays({ kind: 'unheard' });
  if (all !== null || own !== null)
    return stays({ kind: 'retry' }, laterOf(all?.until ?? null, own?.until ?? null));
  return { mayGo: true, why: { kind: 'turn' }, goesAt: null };
}

/** What would go, be asked for or be carried by a person, and must not under another address or customer code. */
const waitsForItsRecipient: ReadonlySet<JudgedItem['state']> = new Set([
  'queued',
  'unknown',
  'sending',
  'by-hand',
]);

/**
 * Whether one item may go now, and if not why: the only place that says it, for the sender and for every screen. Whose turn it is among
 * those that may go, the order of the queue decides (`queue-order.ts`).
 */
export function queueGate(item: JudgedItem, facts: QueueFacts): QueueAnswer {
  const { state } = item;
  if (facts.elsewhere !== null && waitsForItsRecipient.has(state))
    return stays({ kind: 'recipient', ...facts.elsewhere });
  switch (state) {
    case 'queued':
      return queuedAnswer(item, facts);
    case 'unknown':
      return lookUpAnswer(facts);
    case 'sending':
    case 'accepted':
      return stays(null);
    case 'to-verify':
      return stays({ kind: 'decision' });
    case 'rejected':
      return stays({ kind: 'refused' });
    case 'by-hand':
      return stays({ kind: 'by-hand' });
    case 'set-aside':
      return stays({ kind: item.lastError?.code === 'outbox.unreadable' ? 'spoiled' : 'set-aside' });
    default:
      return assertNever(state);
  }
}

/** States that say for certain that the portal does not have it; anything else that was ever sent may be there. */
const certainlyNotThere: ReadonlySet<OutboxItem['state']> = new Set(['queued', 'rejected']);

/** True for what was tried, or may have been, and of which nothing says for certain that the portal does not have it. */
export function isPerhapsThere({ state, attempts }: Pick<OutboxItem, 'state' | 'attempts'>): boolean {
  return attempts > 0 && !certainlyNotThere.has(state);
}

/**
 * True for what a person carries to the vendor's web form and that may be there already: carried before the store went back to a copy
 * that does not know of it, or sent over another way whose answer was lost. By hand nothing counts as a try.
 */
export function isPerhapsCarried(item: Pick<OutboxItem, 'state' | 'attempts'>): boolean {
  return item.state === 'by-hand' && isPerhapsThere(item);
}

/** What an item tells of itself where nobody asked the queue. */
export function gateOfItem(item: JudgedItem & Pick<OutboxItem, 'nextTryAt'>): QueueAnswer {
  const { lastError, nextTryAt } = item;
  return queueGate(item, {
    ...openGate,
    all: lastError !== null && needsPerson(lastError) ? { reason: lastError, until: null } : null,
    own: nextTryAt === null ? null : { until: nextTryAt },
  });
}

/** The rule of the terms that keeps an item here; null where none does. */
export function waitRule(reason: WaitReason | null): RuleId | null {
  switch (reason?.kind) {
    case 'closed':
      return portalRule(reason.state, reason.why);
    case 'number':
      return 'R-TICKET-1';
    case 'turn':
    case 'held':
      return 'R-TICKET-2';
    case 'terms':
      return 'R-ACCEPT-1';
    case 'recipient':
    case 'person':
    case 'unheard':
    case 'retry':
    case 'look-up':
    case 'decision':
    case 'refused':
    case 'by-hand':
    case 'set-aside':
    case 'spoiled':
    case undefined:
      return null;
  }
}

/** How the portal stands for what is about to be written. */
export type DeliveryFacts = {
  readonly isCarriedByHand: boolean;
  /** It answered, and takes what is sent. */
  readonly isOpen: boolean;
  /** Why everything waits, as `QueueFacts.all`. */
  readonly all: QueueFacts['all'];
  readonly hasNumber: boolean;
};

/** What Send does with something that is not in the queue yet. */
export function deliveryOf({
  isCarriedByHand,
  isOpen,
  all,
  hasNumber,
}: DeliveryFacts): 'now' | 'queue' | 'by-hand' {
  if (isCarriedByHand) return 'by-hand';
  const { mayGo } = queueGate({ state: 'queued', lastError: null }, { ...openGate, all, hasNumber });
  return isOpen && mayGo ? 'now' : 'queue';
}
