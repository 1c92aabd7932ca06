import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type {
  FilledForm,
  FilledPart,
  NotFilled,
  PageReading,
  WantedForm,
} from '../../../shared/portal-map/filled.ts';
import { type ReadConversation, readConversation } from '../../../shared/portal-map/conversation.ts';
import { isPath, showsWords } from '../../../shared/portal-map/page-text.ts';
import type { PageField, PortalMap } from '../../../shared/portal-map/portal-map.ts';
import { fileAttacher } from './attach-files.ts';
import { pageEntriesSchema, pageEyes, pageTextSchema } from './page-eyes.ts';
import { conversationScript } from './conversation-script.ts';
import { formParts, nothingFound, part, ticketParts } from './page-parts.ts';
import { fillScript, linksScript, textScript, ticketScript, written } from './page-scripts.ts';
import type { Site } from './site.ts';

/** Reads and fills the pages of one portal by its map. */
export type PageDriver = {
  readonly read: () => Promise<PageReading>;
  /** Fills in what it finds and reads each part back; presses nothing. */
  readonly fill: (wanted: WantedForm) => Promise<FilledForm>;
  /** The form as it stands now, compared with what is wanted. */
  readonly compareForm: (wanted: WantedForm) => Promise<FilledForm>;
  /** The ticket's own page, compared with what was sent. */
  readonly compareTicket: (wanted: WantedForm) => Promise<FilledForm>;
  /** What the ticket's own page shows of its conversation and state. */
  readonly conversation: (reference: string) => Promise<ReadConversation>;
  /** Addresses of the tickets that a page of results or a list names, in the page's order, at most `most`. */
  readonly ticketLinks: (most: number) => Promise<readonly string[]>;
  /** Whether the words stand on the page; what was typed into its fields is not looked at. */
  readonly shows: (words: string) => Promise<boolean>;
};

/** What a page's own scripts do to a field that was filled in is done by then, milliseconds. */
const settleMs = 300;

const filledSchema = z.enum(['not-found', 'too-long', 'set']);
const ticketSchema = z.object({
  subject: pageTextSchema.nullable(),
  description: pageTextSchema.nullable(),
  entries: pageEntriesSchema,
});
const linksSchema = z.array(z.string().max(2_000)).max(400);

/** Entries and characters of a conversation that are read, the newest; what is more than that is told. */
const mostEntries = 300;
const mostConversationChars = 2_000_000;
const personSchema = z.object({ name: z.string().max(200), link: z.string().max(500) }).nullable();
const entrySchema = z.object({
  author: personSchema,
  time: z.string().max(200),
  text: z.string().max(60_000).nullable(),
  isWhole: z.boolean(),
  isWordless: z.boolean(),
  id: z.string().max(200).nullable(),
  files: z.array(z.array(z.string().max(300)).max(4)).max(100),
});
const conversationSchema = z.object({
  entries: z.array(z.unknown()).max(mostEntries),
  total: z.number().int().nonnegative(),
  saysMore: z.boolean(),
  me: personSchema,
  language: z.string().max(20),
  states: z.array(z.boolean()).max(12),
});

/** Drives the pages of one portal by its map; whatever a page answers is judged before it is believed. @throws AppFault as `Site` does */
export function pageDriver(site: Site, map: PortalMap): PageDriver {
  const eyes = pageEyes(site, map);
  const attach = fileAttacher(site, map, eyes);

  async function putIn(field: PageField, said: string): Promise<NotFilled | null> {
    const { finder: place, kind: role, maxChars } = field;
    const put = await eyes.ask(written(fillScript, { place, role, text: said, maxChars }), filledSchema);
    return put === 'set' ? null : put;
  }

  const compareForm = async (wanted: WantedForm): Promise<FilledForm> =>
    (await eyes.look()).kind === 'form'
      ? formParts(wanted, await eyes.readForm(), map)
      : nothingFound(wanted);

  return {
    read: eyes.look,
    compareForm,
    fill: async (wanted) => {
      if ((await eyes.look()).kind !== 'form') return nothingFound(wanted);
      // Files first: a page that takes them by loading anew keeps or loses what was typed before.
      const files = await attach(wanted);
      const before = await compareForm(wanted);
      const subject = before.subject.kind === 'filled' ? null : await putIn(map.form.subject, wanted.subject);
      const description =
        before.description.kind === 'filled' ? null : await putIn(map.form.description, wanted.description);
      await wait(settleMs);
      const after = await compareForm(wanted);
      const told = (read: FilledPart, why: NotFilled | null): FilledPart =>
        read.kind === 'filled' || why === null ? read : part(read.done, read.wanted, why);
      return {
        subject: told(after.subject, subject),
        description: told(after.description, description),
        files: told(after.files, files),
        listed: after.listed,
      };
    },
    compareTicket: async (wanted) => {
      if ((await eyes.look()).kind !== 'ticket') return nothingFound(wanted);
      const { subject, description, files } = map.ticket;
      return ticketParts(
        wanted,
        await eyes.ask(written(ticketScript, { subject, description, files }), ticketSchema),
      );
    },
    conversation: async (reference) => {
      const { conversation, states } = map;
      const shown = await eyes.ask(
        written(conversationScript, {
          conversation,
          states: states.map(({ finder, words }) => ({ finder, words })),
          most: mostEntries,
          mostChars: mostConversationChars,
        }),
        conversationSchema,
      );
      // One that is odd harms only itself.
      const entries = shown.entries.flatMap((entry) => entrySchema.safeParse(entry).data ?? []);
      const unread = shown.entries.length - entries.length;
      return readConversation({ ...shown, entries, unread }, map, reference);
    },
    ticketLinks: async (most) => {
      if (map.search === null) return [];
      const here = site.state().url;
      const links = await eyes.ask(written(linksScript, { rows: map.search.rows }), linksSchema);
      const own = links.filter((link) => {
        const url = URL.canParse(link) ? new URL(link) : null;
        return (
          url !== null &&
          URL.canParse(here) &&
          url.origin === new URL(here).origin &&
          map.pages.ticket.paths.some((path) => isPath(path, url.pathname))
        );
      });
      return [...new Set(own)].slice(0, most);
    },
    shows: async (said) => showsWords(said, await eyes.ask(written(textScript, null), pageTextSchema)),
  };
}
