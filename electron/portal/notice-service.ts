import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { NoticeInput } from '../../shared/domain/notice.ts';
import { isPossible } from '../../shared/rules/announcements.ts';
import type { Rooms } from '../rooms.ts';

export type NoticeService = {
  /** @throws AppFault E_INPUT when it ends before it begins */
  readonly add: (notice: NoticeInput) => void;
  /** @throws AppFault notFound, also for one of the portal's own: it can be read, never removed */
  readonly remove: (id: string) => void;
  /** The person has read that some news of the portal could not be. */
  readonly dismissNews: () => void;
};

/** Closures and maintenance that a person read elsewhere and types in (R-HOURS-2). @param onChange what waits may go, or no longer */
export function noticeService(rooms: Rooms, onChange: () => void): NoticeService {
  const changed = (): void => {
    rooms.publish({ kind: 'portalStatusChanged' });
    rooms.publish({ kind: 'outboxChanged' });
    onChange();
  };
  return {
    add: ({ kind, title, startsAt, endsAt }) => {
      if (!isPossible({ startsAt, endsAt })) throw new AppFault('E_INPUT', { field: 'endsAt' });
      const id = `typed-${randomUUID()}`;
      rooms.transact(() => {
        rooms.portals.addNotice({ id, kind, title: { it: title, en: title }, startsAt, endsAt, origin: 'typed' });
        rooms.audit.append(rooms.clock.instant(), 'notice-added', id, { kind });
      });
      changed();
    },
    remove: (id) => {
      rooms.transact(() => {
        if (!rooms.portals.removeTypedNotice(id)) throw new AppFault('notFound');
        rooms.audit.append(rooms.clock.instant(), 'notice-removed', id);
      });
      changed();
    },
    dismissNews: () => {
      rooms.transact(() => rooms.setAside.markTold());
      rooms.publish({ kind: 'portalStatusChanged' });
    },
  };
}
