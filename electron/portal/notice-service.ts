import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { NoticeInput } from '../../shared/domain/notice.ts';
import { isPossible } from '../../shared/rules/announcements.ts';
import type { ServiceContext } from '../store/service-context.ts';

export type NoticeService = {
  /** @throws AppFault E_INPUT when it ends before it begins */
  readonly add: (notice: NoticeInput) => void;
  /** @throws AppFault notFound, also for one of the portal's own: it can be read, never removed */
  readonly remove: (id: string) => void;
  /** The person has read that some news of the portal could not be. */
  readonly dismissNews: () => void;
};

/** Closures and maintenance that a person read elsewhere and types in (R-HOURS-2). @param onChange what waits may go, or no longer */
export function noticeService(context: ServiceContext, onChange: () => void): NoticeService {
  const changed = (): void => {
    context.publish({ kind: 'portalStatusChanged' });
    context.publish({ kind: 'outboxChanged' });
    onChange();
  };
  return {
    add: ({ kind, title, startsAt, endsAt }) => {
      if (!isPossible({ startsAt, endsAt })) throw new AppFault('E_INPUT', { field: 'endsAt' });
      const id = `typed-${randomUUID()}`;
      context.transact(() => {
        context.portals.addNotice({
          id,
          kind,
          title: { it: title, en: title },
          startsAt,
          endsAt,
          origin: 'typed',
        });
        context.audit.append(context.clock.instant(), 'notice-added', id, { kind });
      });
      changed();
    },
    remove: (id) => {
      context.transact(() => {
        if (!context.portals.removeTypedNotice(id)) throw new AppFault('notFound');
        context.audit.append(context.clock.instant(), 'notice-removed', id);
      });
      changed();
    },
    dismissNews: () => {
      context.transact(() => context.setAside.markTold());
      context.publish({ kind: 'portalStatusChanged' });
    },
  };
}
