import { AppFault } from '../../shared/domain/app-error.ts';
import type { DraftAdviser } from '../requests/draft-advice.ts';
import type { Rooms } from '../rooms.ts';
import type { Handlers } from './handlers.ts';

/** What the rules would tell before sending. */
export function adviceHandlers(rooms: Rooms, adviser: DraftAdviser): Handlers {
  return {
    draftAdvice: ({ id }) => {
      const draft = rooms.drafts.find(id);
      if (draft === null) throw new AppFault(rooms.tickets.find(id) === null ? 'notFound' : 'draft.frozen');
      return adviser(draft);
    },
  };
}
