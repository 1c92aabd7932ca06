import type { ReactNode } from 'react';
import type { TicketText } from '../../shared/domain/ticket.ts';
import type { TicketLine, TicketPlace } from '../../shared/domain/ticket-line.ts';

export type TicketPaperProps = {
  readonly text: TicketText;
  /** The same body line by line. */
  readonly lines?: readonly TicketLine[];
  /** What a press on a line leads to; left out, nothing is pressed. */
  readonly onFact?: (at: TicketPlace) => void;
};

/** Lines with the place of their first sign in the body, which tells them apart. */
function placed(lines: readonly TicketLine[]): readonly (TicketLine & { readonly start: number })[] {
  let start = 0;
  return lines.map((line) => {
    const at = start;
    start += line.text.length + 1;
    return { ...line, start: at };
  });
}

/** The words that leave the PC, exactly: nothing is shortened, nothing is dressed up. Lines that are not the body to the letter lead nowhere. */
export function TicketPaper({ text, lines = [], onFact }: TicketPaperProps): ReactNode {
  const isWhole = onFact !== undefined && lines.map((line) => line.text).join('\n') === text.body;
  return (
    <div className="paper" lang={text.language}>
      <p className="paper-subject">{text.subject}</p>
      <div className="paper-body">
        {isWhole
          ? placed(lines).map(({ text: words, at, start }) => (
              <span key={start}>
                {at === null ? (
                  words
                ) : (
                  <button type="button" className="fact" onClick={() => onFact(at)}>
                    {words}
                  </button>
                )}
                {start + words.length === text.body.length ? '' : '\n'}
              </span>
            ))
          : text.body}
      </div>
    </div>
  );
}
