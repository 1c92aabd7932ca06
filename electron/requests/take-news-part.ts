import type { TicketId } from '../../shared/domain/ids.ts';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Message } from '../../shared/domain/ticket.ts';
import type { AsideWhy } from '../../shared/portal/heard-changes.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import { failpoint } from '../platform/failpoint.ts';
import { faultCode } from '../platform/fault-code.ts';
import type { PortalRepository } from '../store/portal-repository.ts';
import { storeError } from '../store/store-error.ts';
import type { NewsPart } from './news-steps.ts';
import { type NewsSource, takeNews, type TakeNewsParts } from './take-news.ts';

export type TakeNewsPartParts = TakeNewsParts & {
  readonly portals: PortalRepository;
  readonly transact: <T>(work: () => T) => T;
  readonly publish: PublishEvent;
};

/**
 * Takes a part of a page into the store in one transaction, each entry a part of it that fails alone, and tells the window. What cannot be
 * taken is set aside.
 *
 * @returns a function that gives back what operators wrote; its `cursor` is kept with the last part of a page and null before it
 */
export function newsPartTaker(
  parts: TakeNewsPartParts,
): (source: NewsSource, part: NewsPart, cursor: string | null) => readonly Message[] {
  const { portals, clock, transact, publish } = parts;
  const take = takeNews(parts);
  /** Takes one entry, or says why it cannot be taken. What the disk refuses is nobody's entry: it undoes the page. */
  const takeOne = <T>(work: () => T): T | AsideWhy => {
    try {
      return transact(work);
    } catch (error) {
      const why = asideWhy(error);
      if (why === null) throw error;
      return why;
    }
  };

  return (source, part, cursor) => {
    const changed = new Set<TicketId>();
    const answers: Message[] = [];
    const aside = [...part.aside];
    transact(() => {
      for (const entry of part.tickets) {
        const id = takeOne(() => ({ id: take.ticket(source, entry) }));
        if (typeof id !== 'string') changed.add(id.id);
        else
          aside.push({
            why: id,
            entry: JSON.stringify(entry),
            about: `${entry.number}\n${entry.clientReference ?? ''}`,
          });
        if (id === 'contradiction') take.contradicted(source, entry);
      }
      for (const entry of part.messages) {
        const taken = takeOne(() => take.message(source, entry));
        if (typeof taken === 'string') {
          aside.push({ why: taken, entry: JSON.stringify(entry) });
          continue;
        }
        changed.add(taken.ticketId);
        if (taken.answer !== null) answers.push(taken.answer);
      }
      parts.setAside.add(source.recipient, aside, clock.instant());
      if (cursor !== null) portals.keepCursor(source.recipient, cursor);
      failpoint('sync.inTx');
    });
    if (changed.size > 0) {
      publish({ kind: 'requestsChanged' });
      // What stood in the queue may be settled by what was read.
      publish({ kind: 'outboxChanged' });
    }
    for (const id of changed) publish({ kind: 'ticketChanged', id });
    if (aside.length > 0) publish({ kind: 'portalStatusChanged' });
    return answers;
  };
}

/** Why one entry cannot be taken, whatever went wrong with it; null for what speaks of the disk and not of the entry. */
function asideWhy(error: unknown): AsideWhy | null {
  if (error instanceof AppFault)
    return error.error.code === 'portal.badAnswer' ? 'contradiction' : 'unreadable';
  if (faultCode(error).startsWith('SQLITE_CONSTRAINT')) return 'contradiction';
  return storeError(error) === null ? 'unreadable' : null;
}
