import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { isPossible } from '../../shared/rules/announcements.ts';
import type { Rooms } from '../rooms.ts';
import type { Handlers } from './handlers.ts';

export type NoticeHandlers = Pick<Handlers, 'addNotice' | 'removeNotice'>;

/** Closures and maintenance that a person read elsewhere and types in (R-HOURS-2). The portal's own can be read, never removed. */
export function noticeHandlers(
  rooms: Rooms,
  parts: { readonly status: () => Promise<PortalStatus>; readonly onChange: () => void },
): NoticeHandlers {
  const changed = (): Promise<PortalStatus> => {
    parts.onChange();
    return parts.status();
  };
  return {
    addNotice: ({ kind, title, startsAt, endsAt }) => {
      if (!isPossible({ startsAt, endsAt })) throw new AppFault('E_INPUT', { field: 'endsAt' });
      const id = `typed-${randomUUID()}`;
      rooms.transact(() => {
        rooms.portals.addNotice({ id, kind, title: { it: title, en: title }, startsAt, endsAt, origin: 'typed' });
        rooms.audit.append(rooms.clock.instant(), 'notice-added', id, { kind });
      });
      return changed();
    },
    removeNotice: ({ id }) => {
      rooms.transact(() => {
        if (!rooms.portals.removeTypedNotice(id)) throw new AppFault('notFound');
        rooms.audit.append(rooms.clock.instant(), 'notice-removed', id);
      });
      return changed();
    },
  };
}
