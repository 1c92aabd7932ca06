import { z } from 'zod';
import { ticketIdSchema } from '../domain/ids.ts';
import { conversationParts } from '../portal-map/conversation.ts';
import { siteSteps } from '../portal-map/site-step.ts';

const filledPartSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('filled'), done: z.number().int(), wanted: z.number().int() }),
  z.object({
    kind: z.literal('not-filled'),
    why: z.enum(['not-found', 'too-long', 'too-many', 'too-large', 'not-taken', 'differs']),
    done: z.number().int(),
    wanted: z.number().int(),
  }),
]);

const filledFormSchema = z.object({
  subject: filledPartSchema,
  description: filledPartSchema,
  files: filledPartSchema,
  listed: z.array(z.string()).readonly(),
});

const wordsSchema = z.object({ it: z.string(), en: z.string() });

/** The portal's pages as they stand open beside the request they are for. */
export const siteViewSchema = z.object({
  ticketId: ticketIdSchema,
  /** Name of the map the pages are read by; `isTried` false: never tried on the real pages. */
  map: z.object({
    name: z.string(),
    isTried: z.boolean(),
    wayToForm: wordsSchema,
    knowsForm: z.boolean(),
    knowsTicket: z.boolean(),
  }),
  host: z.string(),
  step: z.enum(siteSteps),
  fault: z.enum(['unreachable', 'certificate', 'gone']).nullable(),
  /** Requests of the page to other hosts, refused since it was opened. */
  refused: z.number().int().nonnegative(),
  /** What stands in the page's form, read back from it; null before it was filled in. */
  filled: filledFormSchema.nullable(),
  /** What the ticket's own page shows of it, once sent; null before. */
  arrived: filledFormSchema.nullable(),
  number: z.string().nullable(),
  /** What the ticket's page told since it was opened; null where the visit is there to send, and before anything was read. */
  read: z
    .object({
      added: z.number().int().nonnegative(),
      /** Entries that were left out, and the parts of the page that were not recognised. */
      odd: z.number().int().nonnegative(),
      unknown: z.array(z.enum(conversationParts)).readonly(),
    })
    .nullable(),
  /** What the visit is there for. */
  purpose: z.enum(['send', 'read']),
  /** Whether logins of this portal are kept on this PC. */
  keepsLogin: z.boolean(),
});
export type SiteView = z.infer<typeof siteViewSchema>;

/** A portal whose pages this program knows; `url` null where each dealer has an address of its own. */
export const knownSiteSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string().nullable(),
  isTried: z.boolean(),
});
export type KnownSite = z.infer<typeof knownSiteSchema>;

/** Where pages are drawn in the window, in its own units. */
export const sitePlaceSchema = z.object({
  x: z.number().int().min(0).max(20_000),
  y: z.number().int().min(0).max(20_000),
  width: z.number().int().min(1).max(20_000),
  height: z.number().int().min(1).max(20_000),
});
