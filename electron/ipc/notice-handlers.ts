import type { PortalStatus } from '../../shared/ipc/views.ts';
import type { NoticeService } from '../portal/notice-service.ts';
import type { Handlers } from './handlers.ts';

export type NoticeHandlers = Pick<Handlers, 'addNotice' | 'dismissNewsNotice' | 'removeNotice'>;

/** What the portal announces, and what a person adds to it. */
export function noticeHandlers(service: NoticeService, status: () => Promise<PortalStatus>): NoticeHandlers {
  return {
    addNotice: (notice) => {
      service.add(notice);
      return status();
    },
    removeNotice: ({ id }) => {
      service.remove(id);
      return status();
    },
    dismissNewsNotice: () => {
      service.dismissNews();
      return null;
    },
  };
}
