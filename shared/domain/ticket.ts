import { z } from 'zod';
import { draftContentSchema } from './draft.ts';
import {
  evidenceIdSchema,
  instantSchema,
  languageSchema,
  messageIdSchema,
  ticketIdSchema,
  ticketNumberSchema,
} from './ids.ts';
import { realmSchema } from './portal-choice.ts';
import { readableText } from './readable-text.ts';

/** State as the portal reports it. */
export const ticketStateSchema = z.enum(['open', 'assigned', 'waiting-customer', 'closed']);
export type TicketState = z.infer<typeof ticketStateSchema>;

/** As long as a portal takes it; a longer one is not frozen, for it could not be read back. */
export const ticketBodyMaxChars = 60_000;
/** The exact words that leave the PC, frozen with the ticket: read as they are kept, since a second try must say the same. */
export const ticketTextSchema = z.object({
  language: languageSchema,
  subject: z.string().min(1).max(160),
  body: z.string().max(ticketBodyMaxChars),
});
export type TicketText = z.infer<typeof ticketTextSchema>;

/** Terms accepted for this ticket (R-ACCEPT-1). */
export const termsAcceptanceSchema = z.object({
  version: z.string().min(1).max(40),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  acceptedAt: instantSchema,
  customerCode: z.string(),
});
export type TermsAcceptance = z.infer<typeof termsAcceptanceSchema>;

/**
 * A request that has been frozen for sending. `number` is null until the portal answered (R-TICKET-1);
 * until then it stands in the outbox.
 */
export const ticketSchema = z.object({
  id: ticketIdSchema,
  realm: realmSchema,
  /** Portal address and customer it was made for; see `recipient.ts`. */
  recipient: z.string(),
  number: ticketNumberSchema.nullable(),
  state: ticketStateSchema,
  text: ticketTextSchema,
  /** Null for tickets first seen on the portal and not written on this PC. */
  content: draftContentSchema.nullable(),
  terms: termsAcceptanceSchema.nullable(),
  operator: z.string().max(120).transform(readableText).nullable(),
  frozenAt: instantSchema,
  receivedAt: instantSchema.nullable(),
  updatedAt: instantSchema,
  unread: z.number().int().nonnegative(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** A file of a message: either frozen here, or known only by name and size from the portal. */
export const attachmentSchema = z.object({
  evidenceId: evidenceIdSchema.nullable(),
  name: z.string().max(1_024),
  sizeBytes: z.number().int().nonnegative(),
  sha256: z.string().nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** What the portal tells of a ticket beside words. */
export const systemEvents = [
  'received',
  'assigned',
  'closed',
  'reopened',
  'session-requested',
  'session-ended',
] as const;
/** As kept here: `other` stands for what a portal tells in words this program does not know; the words are its detail. */
export const toldEvents = [...systemEvents, 'other'] as const;
export type ToldEvent = (typeof toldEvents)[number];

/** A person read it on the portal and wrote it down here: it is never shown as the portal's own word. */
const stated = z.literal(true).optional();

/** One entry of a conversation. `system` entries are facts (received, assigned, closed) and carry a text id, not words. */
export const messageSchema = z.object({
  id: messageIdSchema,
  ticketId: ticketIdSchema,
  author: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('customer') }),
    z.object({ kind: z.literal('operator'), name: z.string().max(120).transform(readableText), stated }),
    z.object({
      kind: z.literal('system'),
      event: z.enum(toldEvents),
      detail: z.string().max(200).transform(readableText),
      stated,
    }),
  ]),
  text: z.string().max(60_000),
  attachments: z.array(attachmentSchema),
  /** When it was written or received; order is by sequence, not by this clock (CLOCK-1). */
  at: instantSchema,
  /** `withdrawn`: taken back by the person while nobody knew whether it had arrived; shown nowhere, and known again when it is sent once more or comes in as news. */
  delivery: z.enum(['queued', 'delivered', 'failed', 'withdrawn']),
  read: z.boolean(),
});
export type Message = z.infer<typeof messageSchema>;
