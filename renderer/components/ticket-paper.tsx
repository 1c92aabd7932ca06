import type { ReactNode } from 'react';
import type { TicketText } from '../../shared/domain/ticket.ts';

/** The words that leave the PC, exactly: nothing is shortened, nothing is dressed up. */
export function TicketPaper({ text }: { readonly text: TicketText }): ReactNode {
  return (
    <div className="paper" lang={text.language}>
      <p className="paper-subject">{text.subject}</p>
      <div className="paper-body">{text.body}</div>
    </div>
  );
}
