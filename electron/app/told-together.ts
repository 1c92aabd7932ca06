import { displayName } from '../../shared/domain/display-name.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import type { Translate } from '../../shared/i18n/translator.ts';

/** How long nothing more may come before what came is told, and how long it waits at most while more keeps coming, in milliseconds. */
export const togetherWaits = { quietMs: 4_000, longestMs: 60_000 } as const;
/** Numbers that one notification names. */
const mostNamed = 8;

/** What one notification says, and the request it opens. */
export type TogetherNotice = { readonly title: string; readonly body: string; readonly opens: Ticket['id'] };

export type ToldTogetherParts = {
  /** Whether the person looks at the program: then it is on the screen already, and is not told. */
  readonly isWatched: () => boolean;
  readonly words: () => Translate;
  readonly tell: (notice: TogetherNotice) => void;
  readonly log: (error: unknown) => void;
};

/** `stop`: what was not told yet is told no more, for the program ends. */
type ToldTogether<N> = { readonly note: N; readonly stop: () => void };
export type NumbersTogether = ToldTogether<(ticket: Ticket) => void>;
/** `more` others were written that are not told one by one. */
export type AnswersTogether = ToldTogether<(ticket: Ticket, message: Message, more: number) => void>;

/**
 * Gathers what comes close together, each under its key, the last of a key as the last of all. What came waits for the next one a moment,
 * and while more keeps coming a minute at most. `isUrgent`: the first after a quiet moment is told at once, and only those behind it wait.
 */
function together<T>(
  { isWatched, words, tell, log }: ToldTogetherParts,
  noticeOf: (all: readonly T[], t: Translate) => TogetherNotice | null,
  isUrgent = false,
): ToldTogether<(key: string, one: T) => void> {
  const waiting = new Map<string, T>();
  let quiet: NodeJS.Timeout | undefined;
  let longest: NodeJS.Timeout | undefined;
  const endWaits = (): void => {
    clearTimeout(quiet);
    clearTimeout(longest);
    quiet = undefined;
    longest = undefined;
  };
  const tellAll = (): void => {
    endWaits();
    const all = [...waiting.values()];
    waiting.clear();
    try {
      const notice = noticeOf(all, words());
      if (notice !== null) tell(notice);
    } catch (error) {
      // A desktop that takes no notification must not end the program.
      log(error);
    }
  };
  return {
    note: (key, one) => {
      if (isWatched()) return;
      waiting.delete(key);
      waiting.set(key, one);
      if (isUrgent && quiet === undefined) tellAll();
      clearTimeout(quiet);
      quiet = setTimeout(tellAll, togetherWaits.quietMs);
      longest ??= setTimeout(tellAll, togetherWaits.longestMs);
    },
    stop: () => {
      endWaits();
      waiting.clear();
    },
  };
}

function named(tickets: readonly Ticket[]): string {
  const names = [...new Set(tickets.flatMap(({ number }) => number ?? []))];
  return names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '');
}

/**
 * Tells numbers that come close together at once: a queue that drains after a closure is one piece of news and not dozens. A request is
 * told once, by its last number; one keeps its own words, several are counted, named by their numbers, and open the last of them.
 */
export function numbersTogether(parts: ToldTogetherParts): NumbersTogether {
  const { note, stop } = together<Ticket>(parts, (tickets, t) => {
    const last = tickets.at(-1);
    if (last === undefined) return null;
    return tickets.length === 1
      ? {
          title: t('notification.numbered', { number: last.number ?? '' }),
          body: last.text.subject,
          opens: last.id,
        }
      : {
          title: t('notification.numberedMany', { count: tickets.length }),
          body: named(tickets),
          opens: last.id,
        };
  });
  return { note: (ticket) => note(ticket.id, ticket), stop };
}

type Answer = { readonly ticket: Ticket; readonly message: Message; readonly more: number };

/** Tells answers that come close together at once, over as many looks at the portal as bring them. */
export function answersTogether(parts: ToldTogetherParts): AnswersTogether {
  const { note, stop } = together<Answer>(parts, (answers, t) => {
    const last = answers.at(-1);
    if (last === undefined) return null;
    const { ticket, message } = last;
    const count = answers.reduce((sum, { more }) => sum + 1 + more, 0);
    if (count === 1) {
      const name = message.author.kind === 'operator' ? displayName(message.author.name) : '';
      const number = ticket.number ?? '';
      return {
        title: t('notification.answered', { number, name }),
        body: message.text,
        opens: ticket.id,
      };
    }
    const tickets = answers.map((answer) => answer.ticket);
    const isOfOne = answers.every((answer) => answer.ticket.id === ticket.id);
    return {
      title: t('notification.answeredMany', { count }),
      body: isOfOne ? message.text : named(tickets),
      opens: ticket.id,
    };
  });
  return { note: (ticket, message, more) => note(message.id, { ticket, message, more }), stop };
}

/** Tells an operator's wish for a session at once, for they wait in line; others that come close behind it are told together. */
export function wishesTogether(parts: ToldTogetherParts): AnswersTogether {
  const { note, stop } = together<Answer>(
    parts,
    (wishes, t) => {
      const last = wishes.at(-1);
      if (last === undefined) return null;
      const { ticket, message } = last;
      const detail = message.author.kind === 'system' ? message.author.detail : '';
      return wishes.length === 1
        ? {
            title: t('notification.sessionAsked', {
              number: ticket.number ?? '',
              name: displayName(ticket.operator ?? detail) || t('notification.anOperator'),
            }),
            body: ticket.text.subject,
            opens: ticket.id,
          }
        : {
            title: t('notification.sessionsAsked', { count: wishes.length }),
            body: named(wishes.map((wish) => wish.ticket)),
            opens: ticket.id,
          };
    },
    true,
  );
  return { note: (ticket, message, more) => note(ticket.id, { ticket, message, more }), stop };
}
