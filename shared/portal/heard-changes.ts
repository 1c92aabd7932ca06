import { z } from 'zod';
import { instantSchema, type Language, ticketNumberSchema } from '../domain/ids.ts';
import { readableText } from '../domain/readable-text.ts';
import { type Message, systemEvents, type TicketState, ticketStateSchema } from '../domain/ticket.ts';
import { referenceSchema } from './wire.ts';

/** A ticket as it was heard: what the portal left out or said in words unknown here is null, and changes nothing that is known. */
export type HeardTicket = {
  readonly number: string;
  readonly clientReference: string | null;
  readonly state: TicketState | null;
  readonly language: Language | null;
  readonly subject: string;
  readonly body: string;
  readonly productId: string;
  readonly serial: string;
  /** Undefined: the portal does not say. */
  readonly operator: string | null | undefined;
  readonly receivedAt: string | null;
};

/** A file of a message; `clientReference` null for one that was added on the web form. */
export type HeardAttachment = {
  readonly clientReference: string | null;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string | null;
};

export type HeardMessage = {
  readonly id: string;
  /** What an operator's message is called where its id is known with other words: on such a portal they may be written anew. */
  readonly rewordedId?: string;
  readonly number: string;
  readonly clientReference: string | null;
  readonly author: Message['author'];
  readonly text: string;
  readonly attachments: readonly HeardAttachment[];
  /** Null where the portal gave no time that can be read. */
  readonly at: string | null;
};

/** Why an entry is kept as it came: nothing of it could be used, or not all of it is shown. */
export type AsideWhy = 'unreadable' | 'clipped' | 'contradiction';
/** `about`: what tells it from others of its kind where entries that differ say the same; left out, the entry itself does. */
export type Aside = { readonly why: AsideWhy; readonly entry: string; readonly about?: string };

/** A page of `GET /changes`, entry by entry: what is good, and as JSON what is not. */
export type HeardChanges = {
  readonly tickets: readonly HeardTicket[];
  readonly messages: readonly HeardMessage[];
  readonly aside: readonly Aside[];
  /** Where the portal goes on; null where its page names nothing that can be asked for again. */
  readonly cursor: string | null;
  readonly hasMore: boolean;
};

/** Characters a text may have here; the wire has the same bounds. */
const most = {
  subject: 160,
  body: 60_000,
  text: 60_000,
  name: 1_024,
  short: 80,
  person: 120,
  detail: 200,
  id: 500,
} as const;
const mostAttachments = 100;
/** Files of one message that are looked at; the good ones among them are taken, up to the bound above. */
const mostLookedAt = 1_000;
const referenceLength = 36;
/** Entries that are heard before others have their turn. */
const entriesATurn = 200;
/** Entries of one list that are kept as they came; how many there may be at all, the size of an answer bounds. */
const mostAside = 500;
/** How deep an entry is kept that is nested deeper than can be written out. */
const deepestAside = 20;
const shortMark = '…';
const longMark = '\n[…]';

/** Whether words were heard in part or not at all, so that the portal's next telling of them may say more. */
export function isHeardInPart(text: string): boolean {
  return text.endsWith(longMark.trim());
}

// Looked at as a list and no more: its entries are read one by one, and a page that keeps to no limit may hold a million.
// A list that is empty is null where the portal's own language writes it so, and one with gaps in its numbers an object.
const entryList = z
  .custom<object>((value) => typeof value === 'object' && value !== null)
  .nullish()
  .transform((entries): readonly unknown[] | null =>
    Array.isArray(entries)
      ? entries
      : entries === null || entries === undefined
        ? null
        : Object.values(entries),
  );
const cursorText = z
  .string()
  .min(1)
  .max(1_000)
  // What cannot stand in an address cannot be asked for again.
  .refine((cursor) => !/\p{Cs}|\p{Cc}/u.test(cursor));
const cursorSchema = z.union([cursorText, z.int().transform(String)]);
/**
 * A page of `GET /changes` whose entries nobody has looked at yet. Without a cursor that can be asked for again it ends the news for now, and
 * its entries count all the same. Fails only where the answer is no page at all: neither a cursor nor a list, or lists that are none.
 */
export const changesPageSchema = z
  .object({
    tickets: entryList,
    messages: entryList,
    cursor: cursorSchema.nullable().catch(null),
    // What is left out by it comes at the next look.
    hasMore: z.boolean().catch(false),
  })
  .refine(({ tickets, messages, cursor }) => tickets !== null || messages !== null || cursor !== null)
  .transform((page) => ({ ...page, tickets: page.tickets ?? [], messages: page.messages ?? [] }));
export type ChangesPage = z.infer<typeof changesPageSchema>;
type Fields = Readonly<Record<string, unknown>>;

/** A half of a character pair that stands alone says nothing. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');
/** Words as they are shown; a name of a file keeps its marks, which are named where it is shown. */
const shown = (text: string): string => readableText(wellFormed(text));

/** A name of a language, as a portal writes it that gives a text in several. */
const languageName = /^[a-z]{2}(?:[-_][a-z]{2})?$/iu;

/** What can be shown of words that are no text: a number as it is written, a text given in several languages one after the other. */
function spoken(value: unknown, limit: number): string {
  if (typeof value === 'number') return String(value);
  if (!isFields(value)) return '';
  const words: string[] = [];
  let length = 0;
  for (const [name, text] of Object.entries(value)) {
    if (length > limit) break;
    if (typeof text !== 'string' || !languageName.test(name)) continue;
    words.push(shown(text));
    length += text.length;
  }
  return words.join('\n\n');
}

/** Reads the fields of one entry and remembers which of them are not wholly shown: cut, or of the wrong kind. What the portal left out is not among them. */
function reader(fields: Fields, asShown = shown) {
  const lost = new Set<string>();
  const isThere = (name: string): boolean => fields[name] !== undefined && fields[name] !== null;
  const clipped = (name: string, text: string, limit: number, mark: string): string => {
    if (text.length <= limit) return text;
    lost.add(name);
    return wellFormed(text.slice(0, limit - mark.length)).replace(/\uFFFD$/u, '') + mark;
  };
  const text = (name: string, limit: number, mark: string = shortMark): string => {
    const value = fields[name];
    if (typeof value === 'string') return clipped(name, asShown(value), limit, mark);
    if (!isThere(name)) return '';
    lost.add(name);
    const words = clipped(name, spoken(value, limit), limit, mark);
    return words === '' && mark === longMark ? mark.trim() : words;
  };
  const taken = <T>(name: string, read: (value: unknown) => T | null): T | null => {
    const found = isThere(name) ? read(fields[name]) : null;
    if (found === null && isThere(name)) lost.add(name);
    return found;
  };
  return { clipped, text, taken, lost };
}

// Made once: each costs more than reading a value by it.
const offsetTime = z.regexes.datetime({ offset: true });
const sizeSchema = z.number().int().nonnegative();
const hash = /^[0-9a-f]{64}$/iu;

/** An instant in UTC, whatever the offset it was written with; null for anything else, and where the offset leads out of the years that are written with four digits. */
export function instantOf(value: unknown): string | null {
  const atMs = typeof value === 'string' && offsetTime.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) ? null : (instantSchema.safeParse(new Date(atMs).toISOString()).data ?? null);
}

/** The language support is given in that comes nearest: English for whoever is neither. */
function languageOf(value: unknown): Language | null {
  if (typeof value !== 'string' || value === '') return null;
  return /^it\b/iu.test(value) ? 'it' : 'en';
}

// What cannot be right is told apart first: a refusal by the schema costs more than all the rest of an entry.
const referenceOf = (value: unknown): string | null =>
  typeof value === 'string' && value.length === referenceLength
    ? (referenceSchema.safeParse(value).data ?? null)
    : null;
/** What names something, also where the portal's own language writes a name of digits as a number. */
export const nameOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : null;
const numberOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? (ticketNumberSchema.safeParse(value).data ?? null) : null;
const isFields = (entry: unknown): entry is Fields =>
  typeof entry === 'object' && entry !== null && !Array.isArray(entry);
const fieldsOf = (entry: unknown): Fields | null => (isFields(entry) ? entry : null);

const stateOf = (value: unknown): TicketState | null =>
  ticketStateSchema.options.find((state) => state === value) ?? null;

/** `lost`: the fields of the entry that are not wholly shown; null where nothing of it could be used. */
type Heard<T> = { readonly value: T; readonly lost: ReadonlySet<string> } | null;

function heardTicket(entry: unknown): Heard<HeardTicket> {
  const fields = fieldsOf(entry);
  const number = numberOf(fields?.['number']);
  if (fields === null || number === null) return null;
  const { text, taken, lost } = reader(fields);
  const { operator } = fields;
  const value: HeardTicket = {
    number,
    clientReference: referenceOf(fields['clientReference']),
    state: taken('state', stateOf),
    language: taken('language', languageOf),
    subject: text('subject', most.subject),
    body: text('body', most.body, longMark),
    productId: text('productId', most.short),
    serial: text('serial', most.short),
    operator:
      operator === null
        ? null
        : (taken('operator', (name) => (typeof name === 'string' ? text('operator', most.person) : null)) ??
          undefined),
    receivedAt: taken('receivedAt', instantOf),
  };
  return { value, lost };
}

/** Who wrote; somebody, or an event, this program does not know is told by the portal's own word for it. */
function authorOf(value: unknown): Heard<Message['author']> {
  const fields = fieldsOf(value);
  const kind = fields?.['kind'];
  if (fields === null || typeof kind !== 'string') return null;
  const { clipped, text, lost } = reader(fields);
  const author = (): Message['author'] => {
    const other = (...words: readonly string[]): Message['author'] => ({
      kind: 'system',
      event: 'other',
      detail: clipped('detail', words.filter((word) => word !== '').join(' · '), most.detail, shortMark),
    });
    switch (kind) {
      case 'customer':
        return { kind };
      case 'operator':
        return { kind, name: text('name', most.person) };
      case 'system': {
        const event = systemEvents.find((known) => known === fields['event']);
        const detail = text('detail', most.detail);
        return event === undefined ? other(text('event', most.short), detail) : { kind, event, detail };
      }
      default:
        return other(clipped('kind', shown(kind), most.short, shortMark), text('name', most.person));
    }
  };
  return { value: author(), lost };
}

/** Names and sizes are shown; a reference or a hash that cannot be right is only not compared. */
function attachmentOf(value: unknown): Heard<HeardAttachment> {
  const fields = fieldsOf(value);
  if (fields === null || typeof fields['name'] !== 'string' || fields['name'] === '') return null;
  const { text, taken, lost } = reader(fields, wellFormed);
  const heard: HeardAttachment = {
    clientReference: referenceOf(fields['clientReference']),
    name: text('name', most.name),
    sizeBytes:
      taken('sizeBytes', (size) =>
        typeof size === 'number' ? (sizeSchema.safeParse(size).data ?? null) : null,
      ) ?? 0,
    sha256:
      typeof fields['sha256'] === 'string' && hash.test(fields['sha256'])
        ? fields['sha256'].toLowerCase()
        : null,
  };
  return { value: heard, lost };
}

/** Files of a message, and whether all of them are shown as they are. */
function filesOf(listed: unknown): {
  readonly attachments: readonly HeardAttachment[];
  readonly areWhole: boolean;
} {
  if (listed === undefined || listed === null) return { attachments: [], areWhole: true };
  const files: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const heard = files
    .slice(0, mostLookedAt)
    .flatMap((file) => attachmentOf(file) ?? [])
    .slice(0, mostAttachments);
  const areWhole =
    Array.isArray(listed) && files.length === heard.length && heard.every(({ lost }) => lost.size === 0);
  return { attachments: heard.map(({ value }) => value), areWhole };
}

function heardMessage(entry: unknown): Heard<HeardMessage> {
  const fields = fieldsOf(entry);
  const number = numberOf(fields?.['number']);
  const author = number === null ? null : authorOf(fields?.['author']);
  if (fields === null || number === null || author === null) return null;
  const { text, taken, lost } = reader(fields);
  const id = nameOf(fields['id']);
  // Without a name of its own it would come in again with each look.
  if (id === null || id === '' || id.length > most.id) return null;
  const { attachments, areWhole } = filesOf(fields['attachments']);
  if (!areWhole) lost.add('attachments');
  if (author.lost.size > 0) lost.add('author');
  const words = text('text', most.text, longMark);
  // The program's own events say enough by themselves; a person who wrote nothing says so with an empty text.
  const isSilent =
    author.value.kind !== 'system' && typeof fields['text'] !== 'string' && attachments.length === 0;
  if (isSilent) lost.add('text');
  const reworded = nameOf(fields['rewordedId']);
  const mayChange = author.value.kind === 'operator' && reworded !== null && reworded !== '';
  const value: HeardMessage = {
    id: wellFormed(id),
    ...(mayChange ? { rewordedId: wellFormed(reworded.slice(0, most.id)) } : {}),
    number,
    clientReference: referenceOf(fields['clientReference']),
    author: author.value,
    text: isSilent && words === '' ? longMark.trim() : words,
    attachments,
    at: taken('at', instantOf),
  };
  return { value, lost };
}

function withoutDepths(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepestAside) return shortMark;
  if (Array.isArray(value)) return value.map((entry) => withoutDepths(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, withoutDepths(field, depth + 1)]),
  );
}

/** An entry as JSON. One that is nested so deep that writing it out would end the program's own stack is kept as far as it can be. */
export function entryText(entry: unknown): string {
  try {
    return JSON.stringify(entry);
  } catch {
    return JSON.stringify(withoutDepths(entry));
  }
}

/** The same thing not shown of the same entry is told once, however often the entry comes with another state or time. */
function aboutOf(entry: unknown, lost: ReadonlySet<string>): string {
  const fields = fieldsOf(entry) ?? {};
  return entryText([fields['number'], fields['id'], ...[...lost].flatMap((name) => [name, fields[name]])]);
}

type HeardList<T> = { readonly good: T[]; readonly aside: Aside[] };

function* heardAll<T>(
  entries: readonly unknown[],
  hear: (entry: unknown) => Heard<T>,
): Generator<void, HeardList<T>, void> {
  const good: T[] = [];
  const aside: Aside[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index % entriesATurn === entriesATurn - 1) yield;
    const heard = hear(entry);
    if (heard !== null) good.push(heard.value);
    if (aside.length >= mostAside) continue;
    if (heard === null) aside.push({ why: 'unreadable', entry: entryText(entry) });
    else if (heard.lost.size > 0)
      aside.push({ why: 'clipped', entry: entryText(entry), about: aboutOf(entry, heard.lost) });
  }
  return { good, aside };
}

/**
 * Reads a page of news entry by entry: one that is not to the letter of the contract harms only itself. Gives way after each few hundred
 * entries, for a page that keeps to no limit must not make everybody else wait.
 */
export function* heardChanges({
  tickets,
  messages,
  cursor,
  hasMore,
}: ChangesPage): Generator<void, HeardChanges, void> {
  const heardTickets = yield* heardAll(tickets, heardTicket);
  const heardMessages = yield* heardAll(messages, heardMessage);
  return {
    tickets: heardTickets.good,
    messages: heardMessages.good,
    aside: [...heardTickets.aside, ...heardMessages.aside],
    cursor,
    hasMore,
  };
}
