import { AppFault } from '../../shared/domain/app-error.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { DraftRepository } from '../store/draft-repository.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';

/** What knows whether a request is a draft still. */
export type DraftSources = {
  readonly drafts: Pick<DraftRepository, 'find'>;
  readonly tickets: Pick<TicketRepository, 'find'>;
};

/** The draft of that id. @throws AppFault draft.frozen when it was sent, notFound when there is no such request, store.unreadable */
export function requireDraft({ drafts, tickets }: DraftSources, id: TicketId): Draft {
  const draft = drafts.find(id);
  if (draft === null) throw new AppFault(tickets.find(id) === null ? 'notFound' : 'draft.frozen');
  return draft;
}
