import { z } from 'zod';
import { signedPackSchema } from '../domain/data-pack.ts';
import { instantSchema, languageSchema, sha256Schema, ticketNumberSchema } from '../domain/ids.ts';
import { noticeSchema } from '../domain/notice.ts';
import { systemEvents, ticketStateSchema } from '../domain/ticket.ts';

/** Every path of the contract starts here. */
export const apiBase = '/api/v1';

/** Largest page of `GET /changes`, in entries. */
export const changesPageSize = 200;

/** A reference made on the customer's PC; the portal stores it with what it names and finds it again by it, in capitals or not. */
export const referenceSchema = z.uuid().toLowerCase();

/** POST /session */
export const sessionRequestSchema = z.object({
  user: z.string().min(1).max(200),
  password: z.string().min(1).max(1_000),
});
export const sessionSchema = z.object({ token: z.string().min(16).max(4_096), expiresAt: instantSchema });

/** POST /tickets, with an Idempotency-Key header. Text limits are those of R-TICKET and the local draft. */
export const ticketRequestSchema = z.object({
  clientReference: referenceSchema,
  language: languageSchema,
  subject: z.string().trim().min(1).max(160),
  body: z.string().min(1).max(60_000),
  productId: z.string().min(1).max(80),
  /** Empty for products that have none (R-INFO-2). */
  serial: z.string().max(80),
  /** R-ACCEPT-1: which terms were accepted. */
  terms: z.object({ version: z.string().min(1).max(40), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
});
export type WireTicketRequest = z.infer<typeof ticketRequestSchema>;

export const ticketReceiptSchema = z.object({
  number: ticketNumberSchema,
  clientReference: referenceSchema,
  receivedAt: instantSchema,
});
export type WireTicketReceipt = z.infer<typeof ticketReceiptSchema>;

/** POST /tickets/:number/messages, with an Idempotency-Key header. */
export const messageRequestSchema = z.object({
  clientReference: referenceSchema,
  text: z.string().min(1).max(60_000),
});
export type WireMessageRequest = z.infer<typeof messageRequestSchema>;

export const messageReceiptSchema = z.object({
  id: z.string().min(1).max(80),
  number: ticketNumberSchema,
  clientReference: referenceSchema,
  receivedAt: instantSchema,
});
export type WireMessageReceipt = z.infer<typeof messageReceiptSchema>;

/**
 * POST /tickets/:number/private-messages, with an Idempotency-Key header: words for the operator in charge alone (R-REMOTE-5). The
 * portal shows them to nobody else, never among the messages of the ticket, and forgets them when the session is over.
 */
export const privateMessageRequestSchema = z.object({
  clientReference: referenceSchema,
  operator: z.string().min(1).max(120),
  text: z.string().min(1).max(2_000),
});
export type WirePrivateMessageRequest = z.infer<typeof privateMessageRequestSchema>;

/** POST /tickets/:number/close; a second close answers the same. */
export const closeReceiptSchema = z.object({ number: ticketNumberSchema, closedAt: instantSchema });

/** What the Upload-Metadata header of a tus creation must hold. */
export const uploadMetadataSchema = z.object({
  ticket: ticketNumberSchema,
  reference: referenceSchema,
  messageReference: referenceSchema.nullable(),
  name: z.string().min(1).max(1_024),
  sha256: sha256Schema,
});
export type WireUploadMetadata = z.infer<typeof uploadMetadataSchema>;

export const attachmentReceiptSchema = z.object({
  number: ticketNumberSchema,
  clientReference: referenceSchema,
  name: z.string().min(1).max(1_024),
  sizeBytes: z.number().int().nonnegative(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/iu)
    .toLowerCase(),
  receivedAt: instantSchema,
});
export type WireAttachmentReceipt = z.infer<typeof attachmentReceiptSchema>;

export const wireTicketSchema = z.object({
  number: ticketNumberSchema,
  /** Null for a ticket opened on the web form. */
  clientReference: referenceSchema.nullable(),
  state: ticketStateSchema,
  language: languageSchema,
  subject: z.string().max(160),
  body: z.string().max(60_000),
  productId: z.string().max(80),
  serial: z.string().max(80),
  operator: z.string().max(120).nullable(),
  receivedAt: instantSchema,
  updatedAt: instantSchema,
});
export type WireTicket = z.infer<typeof wireTicketSchema>;

export const wireAuthorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer') }),
  z.object({ kind: z.literal('operator'), name: z.string().max(120) }),
  z.object({
    kind: z.literal('system'),
    event: z.enum(systemEvents),
    detail: z.string().max(200),
  }),
]);
export type WireAuthor = z.infer<typeof wireAuthorSchema>;

export const wireMessageSchema = z.object({
  id: z.string().min(1).max(80),
  number: ticketNumberSchema,
  /** The customer's reference; null for what the customer's PC did not write. */
  clientReference: referenceSchema.nullable(),
  author: wireAuthorSchema,
  text: z.string().max(60_000),
  attachments: z.array(attachmentReceiptSchema).max(100),
  at: instantSchema,
});
export type WireMessage = z.infer<typeof wireMessageSchema>;

/** GET /changes: entries in the order of the portal's own counter; an entry may come again, newer. */
export const changesSchema = z.object({
  tickets: z.array(wireTicketSchema).max(changesPageSize),
  messages: z.array(wireMessageSchema).max(changesPageSize),
  cursor: z.string().min(1).max(200),
  hasMore: z.boolean(),
});
export type WireChanges = z.infer<typeof changesSchema>;

export const noticesSchema = z.object({ notices: z.array(noticeSchema).max(10_000) });

/** GET /terms: the words themselves come with the app; the portal says which version is in force. */
export const termsSchema = z.object({
  version: z.string().min(1).max(40),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  url: z.url().nullable(),
});
export type WireTerms = z.infer<typeof termsSchema>;

/** GET /requirements: the portal's real limits; they may be lower than the app's own. */
export const requirementsSchema = z.object({
  attachmentBytes: z.number().int().positive(),
  ticketBytes: z.number().int().positive(),
  attachmentsPerTicket: z.number().int().positive(),
  chunkBytes: z.number().int().positive(),
  languages: z.array(languageSchema).min(1),
  /** The one TeamViewer version remote sessions work with, for example `15.51.5` (R-REMOTE-2); null where there are none. */
  teamViewerVersion: z
    .string()
    .regex(/^\d+(\.\d+){1,3}$/)
    .max(40)
    .nullable(),
});
export type WireRequirements = z.infer<typeof requirementsSchema>;

export const productsSchema = z.object({
  products: z
    .array(
      z.object({
        id: z.string().min(1).max(80),
        name: z.string().min(1).max(120),
        /** Newest version a customer can have (R-VERSION-1), as the vendor prints it; null where there is none or the portal does not say. */
        latestVersion: z.string().min(1).max(40).nullable(),
      }),
    )
    .max(500),
});
export type WireProducts = z.infer<typeof productsSchema>;
/** GET /packs: data the program is to use from now on, signed by its maker; a portal that hands out none answers an empty list. */
export const packsSchema = z.object({ packs: z.array(signedPackSchema).max(20) });

export const toolsSchema = z.object({
  tools: z
    .array(z.object({ productId: z.string().min(1).max(80), serial: z.string().min(1).max(80) }))
    .max(500),
});

/** RFC 9457 problem details. `code` is the contract's own word; `field` names the rejected field, never its content. */
export const problemSchema = z.object({
  type: z.string().max(500),
  title: z.string().max(500),
  status: z.number().int().min(400).max(599),
  /** `not-found` speaks of a ticket, message or file and counts as absence; `no-route` says that the question is not understood. */
  code: z
    .enum([
      'unauthorized',
      'forbidden',
      'not-found',
      'no-route',
      'key-missing',
      'key-in-progress',
      'key-reused',
      'invalid',
      'ticket-closed',
      'too-large',
      'rate-limited',
      'read-only',
      'maintenance',
      'fault',
    ])
    .optional(),
  field: z.string().max(120).optional(),
  /** When a read-only closure or maintenance ends, where the portal knows. */
  until: instantSchema.optional(),
});
export type WireProblem = z.infer<typeof problemSchema>;
