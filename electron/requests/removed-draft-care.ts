import { AppFault } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import { goesForGoodMs } from '../../shared/rules/removed-days.ts';
import type { RemovedDraftView } from '../../shared/ipc/views.ts';
import type { ServiceContext } from '../store/service-context.ts';

type Parts = Pick<ServiceContext, 'audit' | 'clock' | 'publish' | 'removed' | 'transact'>;

/** Removed drafts that can be restored, each with the day until which it stays at least. */
export function removedDraftList({ removed }: Pick<ServiceContext, 'removed'>): RemovedDraftView[] {
  return removed.all().map((draft) => ({
    ...draft,
    staysUntil: new Date(goesForGoodMs(Date.parse(draft.removedAt))).toISOString(),
  }));
}

/** Forgets a removed draft for good, as a person wants it. @throws AppFault notFound */
export function forgetDraft(context: Parts, id: TicketId): void {
  context.transact(() => {
    if (!context.removed.forget(id)) throw new AppFault('notFound');
    context.audit.append(context.clock.instant(), 'draft-forgotten', id);
  });
  context.publish({ kind: 'requestsChanged' });
}
