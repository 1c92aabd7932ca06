import type { AppError } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OutboxState, OutboxWork } from '../../shared/domain/outbox-item.ts';
import type { JournalEntry } from '../portal/journal.ts';
import { type Acknowledged, replyCount } from './acknowledged.ts';

/** One thing to be sent as the store has it in the end. `key`: its reference on the portal, where it is a file. */
export type SeenItem = {
  readonly ticketId: TicketId;
  readonly work: OutboxWork;
  readonly key: string;
  readonly state: OutboxState;
  readonly error: AppError | null;
};

/** Everything a verdict is made from, after all had time to settle. */
export type Seen = {
  readonly acknowledged: Acknowledged;
  /** Message ids and keys of files the person took out of their row: when they go is the person's own order. */
  readonly moved: ReadonlySet<string>;
  /** Words that were sent again after the backup a later restore went back to: the store that knew it is gone. */
  readonly excused: ReadonlySet<string>;
  /** Tickets that were closed after the backup a later restore went back to: what is written to them since is refused, and rightly. */
  readonly closedSince: ReadonlySet<TicketId>;
  readonly journal: readonly JournalEntry[];
  readonly offeredAgain: readonly string[];
  /** What was asked of a portal it was not meant for. */
  readonly astray: readonly string[];
  readonly tickets: ReadonlyMap<
    TicketId,
    { readonly number: string | null; readonly isClosed: boolean; readonly problem: string | null }
  >;
  readonly items: readonly SeenItem[];
  /** SHA-256 of every frozen file, worked out anew. */
  readonly hashes: ReadonlySet<string>;
  /** Numbers as the list of requests shows them. */
  readonly shown: readonly string[];
};

/** What a schedule did wrong, each as a sentence, and how much it did at all: figures of nothing prove nothing. */
export type Verdict = {
  readonly lost: readonly string[];
  readonly double: readonly string[];
  readonly disordered: readonly string[];
  readonly stuck: readonly string[];
  readonly astray: readonly string[];
  readonly counts: {
    readonly edits: number;
    readonly files: number;
    readonly tickets: number;
    readonly replies: number;
    readonly closings: number;
    /** Files that are on the portal, as the store says. */
    readonly sentFiles: number;
  };
};

type Kind<K extends JournalEntry['kind']> = Extract<JournalEntry, { kind: K }>;

const settled: ReadonlySet<OutboxState> = new Set(['accepted', 'rejected', 'by-hand']);

function entriesOf<K extends JournalEntry['kind']>({ journal }: Seen, kind: K): Kind<K>[] {
  return journal.filter((entry): entry is Kind<K> => entry.kind === kind);
}

function twice(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** The portal said that the ticket is closed already: nobody's fault where the person had taken it out of its row. */
function cameTooLate({ error }: SeenItem): boolean {
  return error?.params['reason'] === 'ticket-closed';
}

function isMoved({ moved, closedSince }: Seen, { ticketId, work, key }: SeenItem): boolean {
  if (moved.has(key) || closedSince.has(ticketId)) return true;
  return (
    (work.kind === 'upload-attachment' || work.kind === 'send-message') &&
    work.messageId !== null &&
    moved.has(work.messageId)
  );
}

function lostTickets(seen: Seen): string[] {
  const made = entriesOf(seen, 'ticket');
  return [...seen.acknowledged.tickets].flatMap((id) => {
    if (!made.some((entry) => entry.clientReference === id)) return [`ticket ${id} never reached the portal`];
    const number = seen.tickets.get(id)?.number ?? null;
    return made.some((entry) => entry.clientReference === id && entry.number === number)
      ? []
      : [`ticket ${id} does not have its number here`];
  });
}

function lostWords(seen: Seen): string[] {
  const { acknowledged, tickets } = seen;
  const arrived = new Set(entriesOf(seen, 'message').map((entry) => entry.clientReference));
  const late = seen.items.filter(
    (item) => item.state === 'rejected' && cameTooLate(item) && isMoved(seen, item),
  );
  const isLate = (message: string): boolean =>
    late.some(({ work }) => work.kind === 'send-message' && work.messageId === message);
  return [
    ...[...acknowledged.edits].flatMap(([id, text]) =>
      tickets.get(id)?.problem === text ? [] : [`edit of ${id}`],
    ),
    ...[...acknowledged.replies.values()]
      .flat()
      .flatMap((message) => (arrived.has(message) || isLate(message) ? [] : [`reply ${message}`])),
    ...[...acknowledged.closings].flatMap((id) =>
      tickets.get(id)?.isClosed === true ? [] : [`closing of ${id}`],
    ),
  ];
}

/** What the store says of a file must be so: sent means that the portal has it, and none is given up but behind a closed ticket. */
function filesOf(seen: Seen): { readonly lost: readonly string[]; readonly sent: number } {
  const entries = entriesOf(seen, 'attachment');
  // Named by the news alone, a file has the reference of a store that is gone.
  const booked = new Set(entries.flatMap(({ clientReference, sha256 }) => [clientReference, sha256]));
  const lost = [...seen.acknowledged.files].flatMap(([id, sha256]) =>
    seen.hashes.has(sha256) ? [] : [`file ${id}`],
  );
  let sent = 0;
  for (const item of seen.items) {
    if (item.work.kind !== 'upload-attachment') continue;
    const { evidenceId } = item.work;
    const isThere = booked.has(item.key) || booked.has(seen.acknowledged.files.get(evidenceId) ?? '');
    if (item.state === 'accepted' && isThere) sent += 1;
    else if (item.state === 'accepted')
      lost.push(`file ${evidenceId} is said to be sent and is not on the portal`);
    else if (item.state === 'rejected' && !(cameTooLate(item) && isMoved(seen, item)))
      lost.push(`file ${evidenceId} was given up: ${item.error?.code ?? ''}`);
  }
  return { lost, sent };
}

function doubles(seen: Seen): string[] {
  const messages = entriesOf(seen, 'message');
  return [
    ...twice(entriesOf(seen, 'ticket').map((entry) => entry.clientReference)).map(
      (reference) => `ticket ${reference}`,
    ),
    ...twice(messages.map((entry) => entry.clientReference)).map((reference) => `reply ${reference}`),
    ...twice(messages.map((entry) => entry.text))
      .filter((text) => !seen.excused.has(text))
      .map((text) => `words ${text}`),
    ...twice(entriesOf(seen, 'transfer').map((entry) => entry.clientReference)).map(
      (reference) => `bytes of ${reference}`,
    ),
    ...seen.offeredAgain.map((reference) => `file ${reference} was offered again`),
    ...twice(seen.shown).map((number) => `two requests shown with ${number}`),
  ];
}

function disorders(seen: Seen): string[] {
  const arrived = entriesOf(seen, 'message').map((entry) => entry.clientReference);
  const found: string[] = [];
  for (const [id, written] of seen.acknowledged.replies) {
    const inOrder = written.filter((message) => arrived.includes(message) && !seen.moved.has(message));
    const asTaken = arrived.filter((reference) => inOrder.some((message) => message === reference));
    if (inOrder.join() !== asTaken.join()) found.push(`replies of ${id}`);
    const number = seen.tickets.get(id)?.number;
    const closedAt = seen.journal.findIndex((entry) => entry.kind === 'closing' && entry.number === number);
    const lastWord = seen.journal.findLastIndex(
      (entry) => entry.kind === 'message' && entry.number === number,
    );
    if (seen.acknowledged.closings.has(id) && closedAt !== -1 && closedAt < lastWord)
      found.push(`closing of ${id}`);
  }
  // What a closing overtakes is refused, for the ticket is closed.
  for (const item of seen.items)
    if (item.state === 'rejected' && cameTooLate(item) && !isMoved(seen, item))
      found.push(`closing of ${item.ticketId} overtook ${item.work.kind}`);
  return found;
}

/** What was acknowledged against the portal's journal, the store and the files. */
export function verdictOf(seen: Seen): Verdict {
  const { acknowledged } = seen;
  const files = filesOf(seen);
  return {
    lost: [...lostTickets(seen), ...lostWords(seen), ...files.lost],
    double: doubles(seen),
    disordered: disorders(seen),
    stuck: seen.items
      .filter(({ state }) => !settled.has(state))
      .map(({ work, state, error }) => `${work.kind} ${state} ${error?.code ?? ''}`.trimEnd()),
    astray: seen.astray,
    counts: {
      edits: acknowledged.edits.size,
      files: acknowledged.files.size,
      tickets: acknowledged.tickets.size,
      replies: replyCount(acknowledged),
      closings: acknowledged.closings.size,
      sentFiles: files.sent,
    },
  };
}
