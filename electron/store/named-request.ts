import { titleOf } from '../../shared/domain/draft.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { DraftRepository } from './draft-repository.ts';
import { readRowOrNull } from './stored-row.ts';
import type { TicketRepository } from './ticket-repository.ts';

/** How a request is called where only its name is wanted. `name`: its number, else its title, which may be empty. */
export type NamedRequest = { readonly stage: 'draft' | 'ticket'; readonly name: string };

/** The name of a request; null where there is none of that id, or it cannot be read. */
export function namedRequest(
  { tickets, drafts }: { readonly tickets: TicketRepository; readonly drafts: DraftRepository },
  id: TicketId,
): NamedRequest | null {
  const ticket = readRowOrNull(() => tickets.head(id));
  if (ticket !== null) return { stage: 'ticket', name: ticket.number ?? ticket.text.subject };
  const draft = readRowOrNull(() => drafts.find(id));
  return draft === null ? null : { stage: 'draft', name: titleOf(draft.content) };
}
