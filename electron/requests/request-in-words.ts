import type { Evidence } from '../../shared/domain/evidence.ts';
import type { Instant } from '../../shared/domain/ids.ts';
import type { Message, TermsAcceptance, Ticket, TicketText } from '../../shared/domain/ticket.ts';

/** One request as a folder that a person can carry: a document to read, the ready text, every file, and a list with hashes. */
export type ExportRequest = {
  readonly name: string;
  readonly text: TicketText;
  readonly files: readonly Evidence[];
  /** Files that belong to it and of which nothing is known any more, by their ids. */
  readonly lost: readonly string[];
  readonly conversation: readonly Message[];
  /** What was agreed with the ticket (R-ACCEPT-1); null for a draft. */
  readonly terms: TermsAcceptance | null;
  /** Where it stands, once it was sent; null for a draft. */
  readonly standing:
    | (Pick<Ticket, 'number' | 'state' | 'operator' | 'receivedAt' | 'realm'> & { readonly sentAt: Instant })
    | null;
};
