import type { TicketId } from '../../../shared/domain/ids.ts';
import type { DraftAdvice } from '../../../shared/ipc/advice-views.ts';

/** What every note in the margin of the review is given: the draft, what the rules say, and whom to tell of a kept reason. */
export type NoteProps = { readonly id: TicketId; readonly advice: DraftAdvice; readonly onKept: () => void };
