import type { AppError } from '../../shared/domain/app-error.ts';
import type { OutboxState } from '../../shared/domain/outbox-item.ts';
import { errorTextId } from './error-text.ts';
import type { Words } from './translation.ts';

export type WaitingItem = { readonly state: OutboxState; readonly nextTryAt: string | null; readonly lastError: AppError | null };

/** Why an item waits and when it goes, in one sentence; facts only, no promise (R-LIMIT-2). */
export function outboxReason(item: WaitingItem, { t, moment }: Words): string {
  if (item.state === 'queued' || item.state === 'unknown') {
    const isDue = item.nextTryAt === null || new Date(item.nextTryAt).getTime() <= Date.now();
    return isDue ? t(`outboxWhy.${item.state}`) : t('outboxWhy.goesAt', { time: moment(item.nextTryAt) });
  }
  return t(`outboxWhy.${item.state}`);
}

/** The same for places that show no notice of the failure: its cause first, then when it is tried again. */
export function outboxCause(item: WaitingItem, words: Words): string {
  const { lastError, nextTryAt } = item;
  if (lastError === null || item.state !== 'queued') return outboxReason(item, words);
  const what = words.t(`error.${errorTextId(lastError.code)}.what`, lastError.params);
  const isAhead = nextTryAt !== null && new Date(nextTryAt).getTime() > Date.now();
  return isAhead ? `${what} ${words.t('outboxWhy.goesAt', { time: words.moment(nextTryAt) })}` : what;
}
