import type { AppError } from '../../shared/domain/app-error.ts';
import type { OutboxState } from '../../shared/domain/outbox-item.ts';
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
