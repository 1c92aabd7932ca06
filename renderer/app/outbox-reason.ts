import type { AppError } from '../../shared/domain/app-error.ts';
import type { OutboxState } from '../../shared/domain/outbox-item.ts';
import { errorTextId, shownParams } from './error-text.ts';
import type { OutboxRow } from '../../shared/ipc/views.ts';
import { portalMoment, portalWhy } from './portal-words.ts';
import type { Words } from './translation.ts';

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

/** Why an item waits and when it goes, in one sentence; facts only, no promise (R-LIMIT-2). */
export function outboxReason(item: WaitingItem, words: Words): string {
  const { t, moment } = words;
  const closed = closedReason(item, words);
  if (closed !== '') return closed;
  if (item.waitReason?.kind === 'terms') return t('outboxWhy.terms');
  if (item.state === 'queued' || item.state === 'unknown') {
    const isDue = item.nextTryAt === null || new Date(item.nextTryAt).getTime() <= Date.now();
    return isDue ? t(`outboxWhy.${item.state}`) : t('outboxWhy.goesAt', { time: moment(item.nextTryAt) });
  }
  return t(`outboxWhy.${item.state}`);
}

/** The same for places that show no notice of the failure: its cause first, then when it is tried again. */
export function outboxCause(item: WaitingItem, words: Words): string {
  const { lastError, nextTryAt } = item;
  if (lastError === null || item.waitReason?.kind === 'closed' || item.state !== 'queued') return outboxReason(item, words);
  const what = words.t(`error.${errorTextId(lastError.code)}.what`, shownParams(lastError, words));
  const isAhead = nextTryAt !== null && new Date(nextTryAt).getTime() > Date.now();
  return isAhead ? `${what} ${words.t('outboxWhy.goesAt', { time: words.moment(nextTryAt) })}` : what;
}
