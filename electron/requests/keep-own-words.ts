import { AppFault } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OwnWords } from '../../shared/domain/own-words.ts';
import type { ServiceContext } from '../store/service-context.ts';

/**
 * Keeps a workshop's own words beside a request, a draft or one that was sent; a draft that was only begun is stored with them. The audit
 * hears nothing of what they say. @throws AppFault notFound
 */
export function keepOwnWords(
  context: Pick<
    ServiceContext,
    'audit' | 'clock' | 'drafts' | 'ownWords' | 'publish' | 'tickets' | 'transact'
  >,
  id: TicketId,
  words: OwnWords,
): void {
  const { drafts, tickets } = context;
  context.transact(() => {
    if (tickets.head(id) === null && drafts.find(id) === null) throw new AppFault('notFound');
    if (drafts.storeBegun(id)) context.audit.append(context.clock.instant(), 'draft-started', id);
    context.ownWords.save(id, words);
  });
  // Only what is on the disk lets go of what was held beside it.
  drafts.letGoOfBegun(id);
  context.publish({ kind: 'requestsChanged' });
}
