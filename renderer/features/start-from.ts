import type { TicketId } from '../../shared/domain/ids.ts';
import { unwrap } from '../bridge/bridge.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { useDraft } from '../stores/draft-store.ts';

/** Begins a new request about the same tool and car as another one, as it stands in the window, and opens it. */
export function startFrom(id: TicketId): void {
  void attempt(async () => {
    if (useDraft.getState().draft?.id === id) await useDraft.getState().flush();
    const draft = await unwrap(window.officina.draftFromRequest({ id }));
    useApp.getState().go({ screen: 'draft', id: draft.id, isNew: true });
  });
}
