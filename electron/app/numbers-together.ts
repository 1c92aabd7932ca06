import type { Ticket } from '../../shared/domain/ticket.ts';
import type { Translate } from '../../shared/i18n/translator.ts';

/** How long nothing more may come before what came is told, and how long it waits at most while more keeps coming, in milliseconds. */
export const numberWaits = { quietMs: 4_000, longestMs: 60_000 } as const;
/** Numbers that one notification names. */
const mostNamed = 8;

/** What one notification says, and the request it opens. */
export type NumberedNotice = { readonly title: string; readonly body: string; readonly opens: Ticket['id'] };

export type NumbersTogetherParts = {
  /** Whether the person looks at the program: then the number is on the screen already, and is not told. */
  readonly isWatched: () => boolean;
  readonly words: () => Translate;
  readonly tell: (notice: NumberedNotice) => void;
  readonly log: (error: unknown) => void;
};

export type NumbersTogether = {
  /** A request got its number. */
  readonly note: (ticket: Ticket) => void;
  /** What was not told yet is told no more: the program ends. */
  readonly stop: () => void;
};

/** One request keeps its own words; several are counted, named by their numbers, and open the last of them. */
function noticeOf(tickets: readonly Ticket[], t: Translate): NumberedNotice | null {
  const last = tickets.at(-1);
  if (last === undefined) return null;
  if (tickets.length === 1)
    return {
      title: t('notification.numbered', { number: last.number ?? '' }),
      body: last.text.subject,
      opens: last.id,
    };
  const names = tickets.slice(0, mostNamed).map(({ number }) => number ?? '');
  return {
    title: t('notification.numberedMany', { count: tickets.length }),
    body: names.join(', ') + (tickets.length > mostNamed ? ', …' : ''),
    opens: last.id,
  };
}

/**
 * Tells numbers that come close together at once: a queue that drains after a closure is one piece of news and not dozens. A number waits
 * for the next one a moment, and while they keep coming a minute at most. A request is told once, by its last number.
 */
export function numbersTogether({ isWatched, words, tell, log }: NumbersTogetherParts): NumbersTogether {
  const waiting = new Map<Ticket['id'], Ticket>();
  let quiet: NodeJS.Timeout | undefined;
  let longest: NodeJS.Timeout | undefined;
  const endWaits = (): void => {
    clearTimeout(quiet);
    clearTimeout(longest);
    longest = undefined;
  };
  const tellAll = (): void => {
    endWaits();
    const tickets = [...waiting.values()];
    waiting.clear();
    try {
      const notice = noticeOf(tickets, words());
      if (notice !== null) tell(notice);
    } catch (error) {
      // A desktop that takes no notification must not end the program.
      log(error);
    }
  };
  return {
    note: (ticket) => {
      if (isWatched()) return;
      waiting.delete(ticket.id);
      waiting.set(ticket.id, ticket);
      clearTimeout(quiet);
      quiet = setTimeout(tellAll, numberWaits.quietMs);
      longest ??= setTimeout(tellAll, numberWaits.longestMs);
    },
    stop: () => {
      endWaits();
      waiting.clear();
    },
  };
}
