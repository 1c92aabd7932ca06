import type { TicketState } from '../domain/ticket.ts';
import { instantInItaly } from '../i18n/italian-time.ts';
import { pageMoment } from './page-moment.ts';
import { numberIn } from './page-text.ts';
import type { PortalMap } from './portal-map.ts';

/** Who stands at an entry or is logged in, as the page shows it. */
export type ShownPerson = { readonly name: string; readonly link: string };

/** An entry as the page shows it; null where the map's place is not there. */
export type ShownEntry = {
  readonly author: ShownPerson | null;
  readonly time: string;
  readonly text: string | null;
  /** False: its words are too many to be taken over. */
  readonly isWhole: boolean;
  readonly isWordless: boolean;
  /** What bears the page's own name for it; null where the map knows of none. */
  readonly id: string | null;
  readonly files: readonly (readonly string[])[];
};

export type ShownConversation = {
  readonly entries: readonly ShownEntry[];
  /** Entries on the page, also those that are too many to be read; `unread`: those that were no entries. */
  readonly total: number;
  readonly unread: number;
  /** Something stands where the entries do. */
  readonly saysMore: boolean;
  readonly me: ShownPerson | null;
  /** The page's own language. */
  readonly language: string;
  /** Which of the map's signs of a state are there. */
  readonly states: readonly boolean[];
};

/** What of a ticket's page can be not recognised. */
export const conversationParts = ['entries', 'me', 'author', 'time', 'text', 'id', 'more', 'state'] as const;
export type ConversationPart = (typeof conversationParts)[number];

/** Something that was said about a ticket, as its page tells it. */
export type ReadEntry = {
  /** The page's own name for it; null where it has none. */
  readonly id: string | null;
  readonly isMine: boolean;
  readonly author: string;
  /** The time in the page's words, and as an instant where they are one. */
  readonly time: string;
  readonly at: string | null;
  readonly text: string;
  readonly files: readonly string[];
};

export type ReadConversation = {
  /** Oldest first. */
  readonly entries: readonly ReadEntry[];
  readonly state: TicketState | null;
  /** Parts that were not recognised, each once. */
  readonly unknown: readonly ConversationPart[];
  /** Entries that were left out for it. */
  readonly odd: number;
};

/** By their links where both have one, for two people may bear one name. */
function isSamePerson(one: ShownPerson, other: ShownPerson): boolean {
  if (one.link !== '' && other.link !== '') return one.link === other.link;
  return one.name !== '' && one.name === other.name;
}

/** Whoever writes from here, as the page shows them: who is logged in, and who wrote a request that its page begins with. */
function mineOf(
  { me, entries, total }: ShownConversation,
  { beginsWithRequest }: NonNullable<PortalMap['conversation']>,
  reference: string,
): readonly ShownPerson[] {
  const [first] = total === entries.length ? entries : [];
  const sender = beginsWithRequest && first?.text?.includes(reference) === true ? first.author : null;
  return [me, sender].flatMap((each) => (each === null || each.name === '' ? [] : [each]));
}

/** An instant where the text is one in full, else what it says by the clock of the vendor's support. */
function instantIn(time: string, isMonthFirst: boolean): string | null {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)$/u.test(time)) {
    const atMs = Date.parse(time);
    return Number.isNaN(atMs) ? null : new Date(atMs).toISOString();
  }
  const moment = pageMoment(time, isMonthFirst);
  return moment === null ? null : instantInItaly(moment);
}

/** Why an entry is left out, or what it says. */
function entryOf(
  shown: ShownEntry,
  mine: readonly ShownPerson[],
  conversation: NonNullable<PortalMap['conversation']>,
  isMonthFirst: boolean,
): ReadEntry | ConversationPart {
  const { author, text, isWhole, isWordless, files } = shown;
  if (!isWhole) return 'more';
  if (author === null || author.name === '') return 'author';
  if (text === null && !isWordless) return 'text';
  const id = conversation.id === null ? null : numberIn(conversation.id.after, shown.id ?? '');
  if (conversation.id !== null && id === null) return 'id';
  // What has neither a name nor a time cannot be known again.
  if (id === null && shown.time === '') return 'time';
  return {
    id,
    isMine: mine.some((each) => isSamePerson(author, each)),
    author: author.name.slice(0, 120),
    time: shown.time,
    at: instantIn(shown.time, isMonthFirst),
    text: (text ?? '').trim(),
    files: files.flatMap(([name]) => (name === undefined ? [] : [name])),
  };
}

/**
 * What a ticket's page tells, by its map. An entry of which not everything is recognised that it must have is left out and counted: who
 * wrote something is never guessed. @param reference stands in the text of the request, and nowhere else
 */
export function readConversation(
  shown: ShownConversation,
  map: PortalMap,
  reference: string,
): ReadConversation {
  const { conversation, states } = map;
  const state = states.find((_sign, nth) => shown.states[nth] === true)?.state ?? null;
  const unknown = new Set<ConversationPart>();
  if (states.length > 0 && state === null) unknown.add('state');
  if (conversation === null) return { entries: [], state, unknown: ['entries'], odd: 0 };
  const entries: ReadEntry[] = [];
  let odd = shown.total - shown.entries.length;
  if (shown.total > shown.entries.length + shown.unread) unknown.add('more');
  // A request about which nobody said anything has no entries, and one that cannot be read has none either.
  if (shown.total === 0) {
    if (shown.saysMore || conversation.beginsWithRequest) unknown.add('entries');
    return { entries, state, unknown: [...unknown], odd };
  }
  if (shown.unread > 0) unknown.add('text');
  const mine = mineOf(shown, conversation, reference);
  if (mine.length === 0) {
    unknown.add('me');
    return { entries, state, unknown: [...unknown], odd: shown.total };
  }
  const isEnglish = /^en(?!-(?:GB|AU|NZ|IE|ZA))/iu.test(shown.language);
  const { order } = conversation.time;
  const isMonthFirst = order === 'month-first' || (order === 'by-language' && isEnglish);
  const ids = new Set<string>();
  for (const each of shown.entries) {
    const entry = entryOf(each, mine, conversation, isMonthFirst);
    const isTwice = typeof entry !== 'string' && entry.id !== null && ids.has(entry.id);
    if (typeof entry === 'string' || isTwice) {
      odd += 1;
      unknown.add(typeof entry === 'string' ? entry : 'id');
      continue;
    }
    if (entry.id !== null) ids.add(entry.id);
    // A change of state or of whoever is in charge, which nobody said anything about.
    if (entry.text === '' && entry.files.length === 0) continue;
    if (entry.at === null) unknown.add('time');
    entries.push(entry);
  }
  return { entries, state, unknown: [...unknown], odd };
}
