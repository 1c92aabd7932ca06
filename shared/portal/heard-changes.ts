import { z } from 'zod';
import { instantSchema, type Language, ticketNumberSchema } from '../domain/ids.ts';
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
  readonly cursor: string;
  readonly hasMore: boolean;
};

/** Characters a text may have here; the wire has the same bounds. */
const most = { subject: 160, body: 60_000, text: 60_000, name: 1_024, short: 80, person: 120, detail: 200, id: 500 } as const;
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

// Looked at as a list and no more: its entries are read one by one, and a page that keeps to no limit may hold a million.
// A list that is empty is null where the portal's own language writes it so.
const entryList = z
  .custom<readonly unknown[]>((value) => Array.isArray(value))
  .nullish()
  .transform((entries) => entries ?? []);
const cursorText = z
  .string()
  .min(1)
  .max(1_000)
  // What cannot stand in an address cannot be asked for again.
  .refine((cursor) => !/\p{Cs}|\p{Cc}/u.test(cursor));
const cursorSchema = z.union([cursorText, z.int().transform(String)]);
/** A page of `GET /changes` whose entries nobody has looked at yet. Fails only where the answer is no page at all: no cursor to go on from, or lists that are none. */
export const changesPageSchema = z.object({
  tickets: entryList,
  messages: entryList,
  cursor: cursorSchema,
  // What is left out by it comes at the next look.
  hasMore: z.boolean().catch(false),
});
export type ChangesPage = z.infer<typeof changesPageSchema>;
type Fields = Readonly<Record<string, unknown>>;

/** A half of a character pair that stands alone says nothing. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');

/** Reads the fields of one entry and remembers whether something had to be cut. */
function reader(fields: Fields) {
  let wasClipped = false;
  const clipped = (text: string, limit: number, mark: string): string => {
    if (text.length <= limit) return text;
    wasClipped = true;
    return wellFormed(text.slice(0, limit - mark.length)).replace(/\uFFFD$/u, '') + mark;
  };
  const text = (name: string, limit: number, mark: string = shortMark): string => {
    const value = fields[name];
    return typeof value === 'string' ? clipped(wellFormed(value), limit, mark) : '';
  };
  return { clipped, text, wasClipped: () => wasClipped };
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
  typeof value === 'string' && value.length === referenceLength ? (referenceSchema.safeParse(value).data ?? null) : null;
/** What names something, also where the portal's own language writes a name of digits as a number. */
export const nameOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : null;
const numberOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? (ticketNumberSchema.safeParse(value).data ?? null) : null;
const isFields = (entry: unknown): entry is Fields => typeof entry === 'object' && entry !== null && !Array.isArray(entry);
const fieldsOf = (entry: unknown): Fields | null => (isFields(entry) ? entry : null);

type Heard<T> = { readonly value: T | null; readonly isWhole: boolean };
const unheard = { value: null, isWhole: false } as const;

function heardTicket(entry: unknown): Heard<HeardTicket> {
  const fields = fieldsOf(entry);
  const number = numberOf(fields?.['number']);
  if (fields === null || number === null) return unheard;
  const { text, wasClipped } = reader(fields);
  const { operator } = fields;
  const value: HeardTicket = {
    number,
    clientReference: referenceOf(fields['clientReference']),
    state: ticketStateSchema.options.find((state) => state === fields['state']) ?? null,
    language: languageOf(fields['language']),
    subject: text('subject', most.subject),
    body: text('body', most.body, longMark),
    productId: text('productId', most.short),
    serial: text('serial', most.short),
    operator: typeof operator === 'string' ? text('operator', most.person) : operator === null ? null : undefined,
    receivedAt: instantOf(fields['receivedAt']),
  };
  return { value, isWhole: !wasClipped() };
}

/** Who wrote; somebody, or an event, this program does not know is told by the portal's own word for it. */
function authorOf(value: unknown): Message['author'] | null {
  const fields = fieldsOf(value);
  const kind = fields?.['kind'];
  if (fields === null || typeof kind !== 'string') return null;
  const { clipped, text } = reader(fields);
  const other = (...words: readonly string[]): Message['author'] => ({
    kind: 'system',
    event: 'other',
    detail: clipped(words.filter((word) => word !== '').join(' · '), most.detail, shortMark),
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
      return other(clipped(wellFormed(kind), most.short, shortMark), text('name', most.person));
  }
}

function attachmentOf(value: unknown): HeardAttachment | null {
  const fields = fieldsOf(value);
  if (fields === null || typeof fields['name'] !== 'string' || fields['name'] === '') return null;
  return {
    clientReference: referenceOf(fields['clientReference']),
    name: reader(fields).text('name', most.name),
    sizeBytes: typeof fields['sizeBytes'] === 'number' ? (sizeSchema.safeParse(fields['sizeBytes']).data ?? 0) : 0,
    sha256: typeof fields['sha256'] === 'string' && hash.test(fields['sha256']) ? fields['sha256'].toLowerCase() : null,
  };
}

function heardMessage(entry: unknown): Heard<HeardMessage> {
  const fields = fieldsOf(entry);
  const number = numberOf(fields?.['number']);
  const author = number === null ? null : authorOf(fields?.['author']);
  if (fields === null || number === null || author === null) return unheard;
  const { text, wasClipped } = reader(fields);
  const id = nameOf(fields['id']);
  // Without a name of its own it would come in again with each look.
  if (id === null || id === '' || id.length > most.id) return unheard;
  const listed: unknown = fields['attachments'] ?? [];
  const files: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const attachments = files.slice(0, mostLookedAt).flatMap((file) => attachmentOf(file) ?? []);
  const value: HeardMessage = {
    id: wellFormed(id),
    number,
    clientReference: referenceOf(fields['clientReference']),
    author,
    text: text('text', most.text, longMark),
    attachments: attachments.slice(0, mostAttachments),
    at: instantOf(fields['at']),
  };
  const hasAllFiles = Array.isArray(listed) && files.length === value.attachments.length;
  return { value, isWhole: !wasClipped() && hasAllFiles };
}

function withoutDepths(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepestAside) return shortMark;
  if (Array.isArray(value)) return value.map((entry) => withoutDepths(entry, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withoutDepths(field, depth + 1)]));
}

/** An entry as JSON. One that is nested so deep that writing it out would end the program's own stack is kept as far as it can be. */
function entryText(entry: unknown): string {
  try {
    return JSON.stringify(entry);
  } catch {
    return JSON.stringify(withoutDepths(entry));
  }
}

type HeardList<T> = { readonly good: T[]; readonly aside: Aside[] };

function* heardAll<T>(entries: readonly unknown[], hear: (entry: unknown) => Heard<T>): Generator<void, HeardList<T>, void> {
  const good: T[] = [];
  const aside: Aside[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index % entriesATurn === entriesATurn - 1) yield;
    const { value, isWhole } = hear(entry);
    if (value !== null) good.push(value);
    if (!isWhole && aside.length < mostAside) aside.push({ why: value === null ? 'unreadable' : 'clipped', entry: entryText(entry) });
  }
  return { good, aside };
}

/**
 * Reads a page of news entry by entry: one that is not to the letter of the contract harms only itself. Gives way after each few hundred
 * entries, for a page that keeps to no limit must not make everybody else wait.
 */
export function* heardChanges({ tickets, messages, cursor, hasMore }: ChangesPage): Generator<void, HeardChanges, void> {
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
