import type { AppError } from '../../shared/domain/app-error.ts';
import type { OutboxItem, OutboxState } from '../../shared/domain/outbox-item.ts';
import type { RuleId } from '../../shared/domain/rule-id.ts';
import { portalRule } from '../../shared/rules/portal-rule.ts';
import { errorTextId, shownParams } from '../words/error-text.ts';
import type { OutboxRow, WaitReason } from '../../shared/ipc/views.ts';
import { portalMoment, portalWhy } from './portal-words.ts';
import { stopOf } from './stopped.ts';
import type { Words } from '../words/translation.ts';

export type WaitingItem = { readonly state: OutboxState; readonly nextTryAt: string | null; readonly lastError: AppError | null } & Partial<
  Pick<OutboxRow, 'waitReason' | 'goesAt' | 'before'>
>;

/** Why the portal takes nothing now, when the item goes, and how many go before it; empty while it is no closing that keeps it here. */
function closedReason({ waitReason, goesAt, before }: WaitingItem, words: Words): string {
  if (waitReason?.kind !== 'closed') return '';
  const { t } = words;
  const goes =
    goesAt === null || goesAt === undefined ? t('outboxWhy.whenOpen') : t('outboxWhy.leavesAt', { time: portalMoment(goesAt, words) });
  return [
    portalWhy(waitReason.why, words),
    goes,
    ...(before === undefined || before === 0 ? [] : [t('outboxWhy.before', { count: before })]),
  ].join(' ');
}

/** Whom it was made for, and the two things a person can do about it. */
function recipientReason({ address, customerCode }: Extract<WaitReason, { kind: 'recipient' }>, { t }: Words): string {
  const host = URL.canParse(address) ? new URL(address).host : t('outboxWhy.noAddress');
  return t('outboxWhy.recipient', { host, customerCode });
}

/** True for work whose row in the store is spoiled: the program set it aside, and the person decides (DAMAGE-3). */
export function isSpoiled({ state, lastError }: Pick<WaitingItem, 'state' | 'lastError'>): boolean {
  return state === 'set-aside' && lastError?.code === 'outbox.unreadable';
}

/** An item with what the queue says of its waiting; as it is where the queue has not heard of its present state. */
export function asInQueue(item: OutboxItem, rows: readonly OutboxRow[] | null): WaitingItem {
  return rows?.find((row) => row.id === item.id && row.state === item.state) ?? item;
}

/** Why an item waits and when it goes; facts only, no promise (R-LIMIT-2). */
export function outboxReason(item: WaitingItem, words: Words): string {
  const { t, moment } = words;
  if (item.waitReason?.kind === 'recipient') return recipientReason(item.waitReason, words);
  const closed = closedReason(item, words);
  if (closed !== '') return closed;
  if (item.waitReason?.kind === 'terms') return t('outboxWhy.terms');
  if (isSpoiled(item)) return t('outboxWhy.spoiled');
  // A time of the next try would promise what it cannot bring.
  const stop = item.state === 'queued' ? stopOf(item.lastError, words) : null;
  if (stop !== null) return stop.why;
  const isAhead = item.nextTryAt !== null && new Date(item.nextTryAt).getTime() > Date.now();
  const next = isAhead ? t('outboxWhy.goesAt', { time: moment(item.nextTryAt) }) : '';
  // The time alone would hide that it may have arrived.
  if (item.state === 'unknown') return `${t('outboxWhy.unknown')} ${next}`.trimEnd();
  if (item.state === 'queued' && next !== '') return next;
  const { before = 0 } = item;
  if (item.waitReason?.kind === 'turn' && before > 0) return t('outboxWhy.behind', { count: before });
  return t(`outboxWhy.${item.state}`);
}

/** The same for places that show no notice of the failure: its cause first, then when it is tried again. */
export function outboxCause(item: WaitingItem, words: Words): string {
  const { lastError, nextTryAt } = item;
  if (lastError === null || item.waitReason?.kind === 'closed' || item.waitReason?.kind === 'recipient' || item.state !== 'queued')
    return outboxReason(item, words);
  if (stopOf(lastError, words) !== null) return outboxReason(item, words);
  const what = words.t(`error.${errorTextId(lastError.code)}.what`, shownParams(lastError, words));
  const isAhead = nextTryAt !== null && new Date(nextTryAt).getTime() > Date.now();
  return isAhead ? `${what} ${words.t('outboxWhy.goesAt', { time: words.moment(nextTryAt) })}` : what;
}

/** What the waiting rests on, for "Why?": the portal's state with its cause, when the item goes, how many go before it. */
export function waitFacts({ waitReason, goesAt, before }: OutboxRow, words: Words): readonly string[] {
  const { t } = words;
  const facts = [
    ...(waitReason?.kind === 'closed' ? [t(`portalState.${waitReason.state}`), portalWhy(waitReason.why, words)] : []),
    ...(goesAt === null ? [] : [t('outboxWhy.leavesAt', { time: portalMoment(goesAt, words) })]),
    ...(before === 0 ? [] : [t('outboxWhy.before', { count: before })]),
  ];
  return facts.map((fact) => fact.replace(/\.$/u, ''));
}

/** The rule that keeps a queued item here; null where none does, but the network or a portal that was not asked yet. */
export function waitRule(reason: WaitReason | null): RuleId | null {
  switch (reason?.kind) {
    case 'closed':
      return portalRule(reason.state, reason.why);
    case 'number':
      return 'R-TICKET-1';
    case 'turn':
      return 'R-TICKET-2';
    case 'terms':
      return 'R-ACCEPT-1';
    case 'recipient':
    case 'retry':
    case 'look-up':
    case undefined:
      return null;
  }
}
