import { z } from 'zod';
import { ticketStateSchema } from '../domain/ticket.ts';

const bothLanguages = z.object({ it: z.string().min(1).max(400), en: z.string().min(1).max(400) });

/**
 * Where something stands on a page: the first selector that finds exactly one thing, else the thing whose label reads as one of `labels`
 * (compared without case, accents, marks of obligation and blanks at the ends).
 */
export const finderSchema = z.object({
  selectors: z.array(z.string().min(1).max(200)).max(12).default([]),
  labels: z.array(z.string().min(1).max(80)).max(12).default([]),
});
export type Finder = z.infer<typeof finderSchema>;

/** How a page is known: its path, where `*` stands for one step and `**` for the rest, and things that must all be on it. */
export const pageMarkSchema = z.object({
  paths: z
    .array(
      z
        .string()
        .regex(/^\/[^\s?#]*$/u)
        .max(200),
    )
    .max(8)
    .default([]),
  marks: z.array(finderSchema).max(6).default([]),
});
export type PageMark = z.infer<typeof pageMarkSchema>;

/** What a page can be. A page that is none of them is told as not recognised. */
export const pageKinds = ['login', 'error', 'form', 'ticket', 'list', 'found'] as const;
export type PageKind = (typeof pageKinds)[number];

/** A value that stands behind some words: `after` "#" reads "12" of "Bug #12: no read". Empty `after`: the first word. */
const tokenSchema = z.object({
  from: z.enum(['text', 'path']),
  /** Looked at for `text`; left out, the title of the page. */
  finder: finderSchema.nullable().default(null),
  after: z.array(z.string().max(40)).min(1).max(8),
});
export type PageToken = z.infer<typeof tokenSchema>;

const fieldSchema = z.object({
  finder: finderSchema,
  /** `editor`: an editor of the page stands over the field, and takes what is typed into it. */
  kind: z.enum(['line', 'text', 'editor']),
  /** Characters the page takes; null where it is not known. */
  maxChars: z.number().int().positive().max(1_000_000).nullable().default(null),
});
export type PageField = z.infer<typeof fieldSchema>;

const filesSchema = z.object({
  finder: finderSchema,
  takesMany: z.boolean(),
  /** Whatever names, one each, the files the page took. */
  listed: finderSchema,
  /** What is on the page while a file is still on its way to it. */
  busy: finderSchema.nullable().default(null),
  maxFiles: z.number().int().positive().max(100).nullable().default(null),
  maxBytes: z.number().int().positive().nullable().default(null),
});
export type PageFiles = z.infer<typeof filesSchema>;

const attribute = z
  .string()
  .regex(/^[a-z][a-z-]{0,39}$/u)
  .nullable();

/** Where the entries of a ticket's conversation stand, and within each of them what was said, by whom and when. */
const conversationSchema = z.object({
  /** Everything that was said, one thing each. */
  entries: finderSchema,
  /** What stands around them, and says nothing while there are none; null where that is not known. */
  around: finderSchema.nullable().default(null),
  newestFirst: z.boolean().default(false),
  author: finderSchema,
  /** `attribute`: what bears the time where the text does not. Days written in figures are read in this order. */
  time: z.object({
    finder: finderSchema,
    attribute: attribute.default(null),
    order: z.enum(['day-first', 'month-first', 'by-language']).default('day-first'),
  }),
  text: finderSchema,
  /** Entries that bear no words by their nature; any other without them is told as not recognised. */
  wordless: finderSchema.nullable().default(null),
  /** The page's own name for an entry, behind one of some words; null where it has none. */
  id: z.object({ attribute, after: z.array(z.string().max(40)).min(1).max(4) }).nullable(),
  files: finderSchema,
  /** Whoever is logged in, by name or by the same link that stands at their entries. */
  me: finderSchema.nullable().default(null),
  /** The oldest entry is the request itself, and whoever wrote it is whoever sent it. */
  beginsWithRequest: z.boolean().default(false),
});
export type PageConversation = z.infer<typeof conversationSchema>;

/** Things that tell a state: there at all, or with one of some words in them. The first that is met counts. */
const stateSchema = z.object({
  state: ticketStateSchema,
  finder: finderSchema,
  words: z.array(z.string().min(1).max(60)).max(20).default([]),
});

const path = z
  .string()
  .regex(/^\/[^\s]*$/u)
  .max(300);

/** How one portal's web pages are read and filled in; signed data, never code. */
export const portalMapSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/u),
  name: z.string().min(1).max(80),
  /** False: nobody has tried it on the real pages; said wherever it is used. */
  isTried: z.boolean(),
  /** The portal's own address; null where each dealer has one. */
  url: z.url().max(300).nullable(),
  /** Further hosts whose pages and parts are the portal's own. */
  hosts: z
    .array(z.string().regex(/^[a-z0-9.-]{1,120}$/u))
    .max(8)
    .default([]),
  pages: z.object({
    login: pageMarkSchema,
    error: pageMarkSchema.nullable().default(null),
    form: pageMarkSchema,
    ticket: pageMarkSchema,
    list: pageMarkSchema.nullable().default(null),
    found: pageMarkSchema.nullable().default(null),
  }),
  /** Where the form stands; null where a person must go there by the page's own menus. */
  formAt: path.nullable(),
  /** How a person comes to the form, in words. */
  wayToForm: bothLanguages,
  form: z.object({
    subject: fieldSchema,
    description: fieldSchema,
    files: filesSchema.nullable(),
    /** The button that is the person's to press. */
    submit: finderSchema,
  }),
  /** Where the number is read after sending. */
  number: z.array(tokenSchema).min(1).max(4),
  /** What the ticket's own page shows. */
  ticket: z.object({ subject: finderSchema, description: finderSchema, files: finderSchema }),
  /** Where a ticket stands, `{number}` being its number; null where a person goes there by the page's own menus. */
  ticketAt: path.nullable().default(null),
  /** What was said about a ticket; null where nobody knows how its page shows it. */
  conversation: conversationSchema.nullable().default(null),
  /** How a ticket's page tells its state. */
  states: z.array(stateSchema).max(12).default([]),
  /**
   * How a reference is looked for: a page of results (`{reference}` in its path), or a list whose newest tickets are opened, and then those
   * of the lists that stand at `also`; links to tickets are found by `rows`.
   */
  search: z
    .object({
      at: path,
      also: z.array(path).max(3).default([]),
      rows: finderSchema,
      looksInside: z.boolean(),
    })
    .nullable()
    .default(null),
});
export type PortalMap = z.infer<typeof portalMapSchema>;

export const portalMapsSchema = z.object({
  version: z.number().int().positive(),
  maps: z.array(portalMapSchema).min(1).max(40),
});
export type PortalMaps = z.infer<typeof portalMapsSchema>;
