import { createHash } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { MessageId, TicketId } from '../../shared/domain/ids.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import type { ReadConversation, ReadEntry } from '../../shared/portal-map/conversation.ts';
import { linesInOrder, shownLines } from '../../shared/portal-map/page-text.ts';
import { holdForDecision } from './conflicting-replies.ts';
import { takeNews, type TakeNewsParts } from './take-news.ts';

export type MergeParts = TakeNewsParts & { readonly transact: <T>(work: () => T) => T };

export type ArrivedMessage = {
  readonly id: MessageId;
  readonly reference: string;
  /** The page shows each of its lines. */
  readonly isWhole: boolean;
  readonly files: readonly string[];
};

/** What a look at a ticket's page brought. */
export type Merged = {
  /** What operators wrote and nobody here knew. */
  readonly answers: readonly Message[];
  /** Entries that are new here, whoever wrote them. */
  readonly added: number;
  /** Entries that contradict what is known here, and were left out. */
  readonly odd: number;
  /** Messages written here that the page shows, with the names of the files it shows with each. */
  readonly arrived: readonly ArrivedMessage[];
  readonly isChanged: boolean;
};

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);

/** What an entry is known by: the page's own name for it, else who wrote what, and when. */
function referenceOf({ id, author, time, text, files }: ReadEntry): string {
  return id === null ? `page-words:${hashOf(author, time, text, ...files)}` : `page:${id}`;
}

/**
 * Letters and figures alone: a page that draws words its own way turns their marks into lists, lines and weights. Two figures stay apart,
 * for 13,4 is not 134.
 */
function bare(text: string): string {
  const parts = text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  const isApart = (nth: number): boolean =>
    /\p{N}$/u.test(parts[nth - 1] ?? '') && /^\p{N}/u.test(parts[nth] ?? '');
  return parts.map((part, nth) => (isApart(nth) ? `.${part}` : part)).join('');
}

const bareLines = (text: string): readonly string[] =>
  shownLines(text)
    .map(bare)
    .filter((line) => line !== '');

/** Whether the page shows each line as it was written, in their order. */
function showsEachLine(written: string, shown: string): boolean {
  const wanted = bareLines(written);
  return linesInOrder(wanted, bareLines(shown)) === wanted.length;
}

type Known = { readonly message: Message; readonly bare: string };

/** A page tells its times in a zone nobody knows; what stands there for longer than this was said before, in milliseconds. */
const zonesApartMs = 14 * 3_600_000;

/** The message here with the same words that no entry of the page stands for yet; an entry is never one that was written after it. */
function takeSame(left: Known[], { text, at }: ReadEntry): Message | null {
  const words = bare(text);
  const isBefore = ({ message }: Known): boolean =>
    at === null || Date.parse(message.at) - Date.parse(at) <= zonesApartMs;
  const nth = words === '' ? -1 : left.findIndex((known) => known.bare === words && isBefore(known));
  return nth < 0 ? null : (left.splice(nth, 1)[0]?.message ?? null);
}

/** The request itself, where its page shows it as the first of its entries. */
function isRequest({ id, text }: Ticket, entry: ReadEntry): boolean {
  return (
    entry.isMine && (entry.text.includes(id) || (text.body !== '' && bare(text.body) === bare(entry.text)))
  );
}

/**
 * Merges what a ticket's page shows into its conversation. Words written or stated here before are known again by what they say, each
 * once; everything else comes in as a portal's news do. One entry that contradicts what is known harms only itself, and the same page a
 * second time changes nothing.
 */
export function mergeConversation(parts: MergeParts, ticketId: TicketId, read: ReadConversation): Merged {
  const { tickets, messages, transact } = parts;
  const ticket = tickets.find(ticketId);
  if (ticket === null || ticket.number === null) throw new AppFault('notFound');
  const { number, realm, recipient } = ticket;
  const news = takeNews(parts);
  const entries = read.entries
    .filter((entry) => !isRequest(ticket, entry))
    .map((entry) => ({ entry, reference: referenceOf(entry) }));
  const claimed = new Set(
    entries.flatMap(({ reference }) => messages.findByPortalReference(ticketId, reference)?.id ?? []),
  );
  const knownBy = (fits: (message: Message) => boolean): Known[] =>
    messages
      .ofTicket(ticketId)
      .filter((message) => !claimed.has(message.id) && fits(message))
      .map((message) => ({ message, bare: bare(message.text) }));
  const own = knownBy(({ author }) => author.kind === 'customer');
  const stated = knownBy(({ author }) => author.kind === 'operator' && author.stated === true);
  const answers: Message[] = [];
  const arrived: ArrivedMessage[] = [];
  let [added, odd, again] = [0, 0, 0];

  const take = ({ entry, reference }: (typeof entries)[number]): void => {
    const shown = ({ id, text }: Message): ArrivedMessage => ({
      id,
      reference,
      isWhole: showsEachLine(text, entry.text),
      files: entry.files,
    });
    const named = messages.findByPortalReference(ticketId, reference);
    const same = named === null ? takeSame(entry.isMine ? own : stated, entry) : null;
    if (same !== null) {
      messages.update(same, reference);
      again += 1;
      if (entry.isMine) arrived.push(shown(same));
      return;
    }
    if (named !== null && (entry.isMine || bare(named.text) === bare(entry.text))) {
      if (entry.isMine) arrived.push(shown(named));
      return;
    }
    const rewordedId = `${reference}:${hashOf(entry.text)}`;
    if (named !== null && messages.findByPortalReference(ticketId, rewordedId) !== null) return;
    const { answer } = news.message(
      { realm, recipient },
      {
        id: reference,
        rewordedId,
        number,
        clientReference: null,
        author: entry.isMine ? { kind: 'customer' } : { kind: 'operator', name: entry.author },
        text: entry.text,
        attachments: entry.files.map((name) => ({ clientReference: null, name, sizeBytes: 0, sha256: null })),
        at: entry.at,
      },
    );
    added += 1;
    if (answer !== null) answers.push(answer);
  };
  for (const each of entries)
    try {
      transact(() => take(each));
    } catch (error) {
      if (!(error instanceof AppFault)) throw error;
      odd += 1;
    }
  const isStateNew = transact(() => takeState(parts, ticket, read, added > 0));
  return { answers, added, odd, arrived, isChanged: added + again > 0 || isStateNew };
}

/** Whose turn it is by the page: by its own word, else by who spoke last where something was said. */
function takeState(parts: MergeParts, ticket: Ticket, read: ReadConversation, isSaid: boolean): boolean {
  const { tickets, clock } = parts;
  const last = read.entries.findLast((entry) => !isRequest(ticket, entry)) ?? null;
  const operator = read.entries.findLast(({ isMine }) => !isMine)?.author ?? ticket.operator;
  const isOpenAgain = ticket.state === 'closed' && read.state !== null;
  const turn = last?.isMine === false ? 'waiting-customer' : operator === null ? 'open' : 'assigned';
  const bySaid = isOpenAgain || (isSaid && ticket.state !== 'closed') ? turn : ticket.state;
  const state = read.state === 'closed' || read.state === 'waiting-customer' ? read.state : bySaid;
  if (state === ticket.state && operator === ticket.operator) return false;
  const at = clock.instant();
  tickets.setState(ticket.id, state, operator, at);
  if (state === 'closed') holdForDecision(parts, ticket.id, at);
  return true;
}
