import type { AppError, ErrorCode } from '../../shared/domain/app-error.ts';
import type { OutboxItem, OutboxState } from '../../shared/domain/outbox-item.ts';
import type { WaitReason } from '../../shared/domain/wait-reason.ts';
import { gateOfItem, isPerhapsCarried } from '../../shared/flows/queue-gate.ts';
import { errorTextId, shownParams } from '../words/error-text.ts';
import type { OutboxRow, RequestRow } from '../../shared/ipc/views.ts';
import { portalClosed, portalMoment, portalWhy } from './portal-words.ts';
import { stopOf } from './stopped.ts';
import type { Words } from '../words/translation.ts';

export type WaitingItem = {
  readonly state: OutboxState;
  readonly nextTryAt: string | null;
  readonly lastError: AppError | null;
} & Partial<Pick<OutboxRow, 'waitReason' | 'goesAt' | 'before' | 'attempts' | 'work'>>;

/** Why an item does not move: as the queue says, or as the item tells where the queue was not asked. */
export function reasonOf(item: WaitingItem): WaitReason | null {
  return item.waitReason === undefined ? gateOfItem(item).why : item.waitReason;
}

/** Whom it was made for, and the two things a person can do about it. */
function recipientReason(
  item: WaitingItem,
  { address, customerCode }: Extract<WaitReason, { kind: 'recipient' }>,
  { t }: Words,
): string {
  if (item.state === 'by-hand') {
    const said = t('outboxWhy.recipientByHand', { customerCode });
    return isPerhapsCarried({ state: item.state, attempts: item.attempts ?? 0 })
      ? `${said} ${t('outboxWhy.by-hand-doubt')}`
      : said;
  }
  const host = URL.canParse(address) ? new URL(address).host : t('outboxWhy.noAddress');
  return t('outboxWhy.recipient', { host, customerCode });
}

/** When it is tried next, as long as that is still to come. */
function nextTry({ nextTryAt }: WaitingItem, { t, moment }: Words): string {
  return nextTryAt !== null && new Date(nextTryAt).getTime() > Date.now()
    ? t('outboxWhy.goesAt', { time: moment(nextTryAt) })
    : '';
}

/** An item with what the queue says of its waiting; as it is where the queue has not heard of its present state. */
export function asInQueue(item: OutboxItem, rows: readonly OutboxRow[] | null): WaitingItem {
  return rows?.find((row) => row.id === item.id && row.state === item.state) ?? item;
}

/** What is said of those that leave in their turn: when, behind whom, or with the portal's next answer. */
function turnReason(item: WaitingItem, words: Words, isInTurn: boolean): string {
  const next = nextTry(item, words);
  if (next !== '') return next;
  const { before = 0 } = item;
  if (!isInTurn || before === 0) return words.t('outboxWhy.queued');
  // Its request is open already: what it waits for is the way of the files, not another request.
  return item.work?.kind === 'upload-attachment'
    ? words.t('outboxFileWhy.behind')
    : words.t('outboxWhy.behind', { count: before });
}

/** Why an item waits and when it goes; facts only, no promise (R-LIMIT-2). */
export function outboxReason(item: WaitingItem, words: Words): string {
  const { t } = words;
  const why = reasonOf(item);
  const isFile = item.work?.kind === 'upload-attachment';
  switch (why?.kind) {
    case 'recipient':
      return recipientReason(item, why, words);
    case 'closed':
      return portalClosed({ why: why.why, goesAt: item.goesAt ?? null, before: item.before ?? 0 }, words);
    case 'held':
      if (why.hold.kind === 'conflict') return t('outboxWhy.conflict');
      return item.goesAt == null
        ? t('outboxWhy.heldOpen')
        : t('outboxWhy.heldUntil', { time: portalMoment(item.goesAt, words) });
    case 'terms':
      return t('outboxWhy.terms');
    case 'spoiled':
      return t(isFile ? 'outboxFileWhy.spoiled' : 'outboxWhy.spoiled');
    case 'person':
      // A time of the next try would promise what it cannot bring.
      return stopOf(item.lastError, words)?.why ?? t('outboxWhy.queued');
    case 'look-up':
      // The time alone would hide that it may have arrived.
      return `${t(isFile ? 'outboxFileWhy.unknown' : 'outboxWhy.unknown')} ${nextTry(item, words)}`.trimEnd();
    case 'turn':
    case 'unheard':
      return turnReason(item, words, true);
    case 'number':
    case 'retry':
      return turnReason(item, words, false);
    case 'by-hand':
      return t(
        isPerhapsCarried({ state: item.state, attempts: item.attempts ?? 0 })
          ? 'outboxWhy.by-hand-doubt'
          : isFile
            ? 'outboxFileWhy.by-hand'
            : 'outboxWhy.by-hand',
      );
    case 'decision':
    case 'refused':
    case 'set-aside':
    case undefined:
      return isFile && item.state !== 'queued' && item.state !== 'sending'
        ? t(`outboxFileWhy.${item.state}`)
        : t(`outboxWhy.${item.state}`);
  }
}

/** What of an item says whether something else has to be there before it. */
export type FollowedItem = Pick<OutboxItem, 'state' | 'work' | 'ticketId'>;

/** True when a request must be open on the portal before this can go, and that is still waiting; `all`: what waits. */
export function followsRequest(item: FollowedItem, all: readonly FollowedItem[]): boolean {
  return (
    item.state === 'queued' &&
    item.work.kind !== 'create-ticket' &&
    all.some(
      (other) =>
        other.ticketId === item.ticketId && other.work.kind === 'create-ticket' && other.state !== 'accepted',
    )
  );
}

/** Reasons that hold for what follows a request as for the request itself, and are said of both. */
const saidOfAll: ReadonlySet<WaitReason['kind']> = new Set(['closed', 'recipient', 'held']);

/** True for what waits for its request alone: nothing else is said of it then, wherever it is shown. */
export function saysItFollows(item: WaitingItem, follows: boolean): boolean {
  const why = reasonOf(item);
  return follows && !(why !== null && saidOfAll.has(why.kind));
}

/** Failures whose own sentence says that the queue goes on by itself. */
const goesOnByItself: ReadonlySet<ErrorCode> = new Set([
  'evidence.copyUnreadable',
  'portal.unreachable',
  'portal.timeout',
  'portal.rateLimited',
  'portal.serverFault',
  'portal.readOnly',
  'portal.maintenance',
  'portal.badAnswer',
]);

/** Reasons that nothing but time or the portal ends. */
const endedByTime: ReadonlySet<WaitReason['kind']> = new Set([
  'closed',
  'unheard',
  'retry',
  'turn',
  'look-up',
]);

/**
 * What to show of the failure beside the reason: what only waits behind others does not repeat why the first of them waits, and nothing
 * that a person or another thing keeps here is said to go on by itself.
 */
export function shownFailure(item: WaitingItem, follows: boolean): AppError | null {
  const why = reasonOf(item);
  const { lastError } = item;
  const waitsBehind = item.attempts === 0 && (item.before ?? 0) > 0;
  if (lastError === null || follows || waitsBehind || why?.kind === 'spoiled') return null;
  return why !== null && !endedByTime.has(why.kind) && goesOnByItself.has(lastError.code) ? null : lastError;
}

/** True where trying now would change nothing: it may go, and only what is before it is in the way. */
export function isInLine(item: WaitingItem): boolean {
  return reasonOf(item)?.kind === 'turn' && item.attempts === 0 && (item.before ?? 0) > 0;
}

/** Reasons behind which the failure itself says more than they do. */
const toldByFailure: ReadonlySet<WaitReason['kind']> = new Set(['turn', 'unheard', 'number', 'retry']);

/** The same for places that show no notice of the failure: its cause first, then when it is tried again. `follows`: it waits for its request. */
export function outboxCause(item: WaitingItem, words: Words, follows = false): string {
  if (saysItFollows(item, follows)) return words.t('outboxWhy.follows');
  const { lastError } = item;
  const why = reasonOf(item);
  if (lastError === null || why === null || !toldByFailure.has(why.kind)) return outboxReason(item, words);
  return `${words.t(`error.${errorTextId(lastError.code)}.what`, shownParams(lastError, words))} ${nextTry(item, words)}`.trimEnd();
}

/** Why a request in a list waits, in the words its first thing in the queue has there; null while nothing of it does. */
export function requestCause(
  row: Pick<RequestRow, 'id'>,
  queue: readonly OutboxRow[] | null,
  words: Words,
): string | null {
  const item = queue?.find(({ ticketId, state }) => ticketId === row.id && state !== 'accepted');
  return item === undefined ? null : outboxCause(item, words, followsRequest(item, queue ?? []));
}

/** What the waiting rests on, for "Why?": the portal's state with its cause, when the item goes, how many go before it. */
export function waitFacts({ waitReason, goesAt, before }: OutboxRow, words: Words): readonly string[] {
  const { t } = words;
  const facts = [
    ...(waitReason?.kind === 'closed'
      ? [t(`portalState.${waitReason.state}`), portalWhy(waitReason.why, words)]
      : []),
    ...(goesAt === null ? [] : [t('outboxWhy.leavesAt', { time: portalMoment(goesAt, words) })]),
    ...(before === 0 ? [] : [t('outboxWhy.before', { count: before })]),
  ];
  return facts.map((fact) => fact.replace(/\.$/u, ''));
}
