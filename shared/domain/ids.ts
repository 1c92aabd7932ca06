import { z } from 'zod';
import { cleanIdentifier } from './identifier-text.ts';

/** Ids are UUIDs made on this PC, so that several PCs can later share data without row numbers colliding. */
export const ticketIdSchema = z.uuid().brand<'TicketId'>();
export type TicketId = z.infer<typeof ticketIdSchema>;
export const toolIdSchema = z.uuid().brand<'ToolId'>();
export type ToolId = z.infer<typeof toolIdSchema>;
export const evidenceIdSchema = z.uuid().brand<'EvidenceId'>();
export type EvidenceId = z.infer<typeof evidenceIdSchema>;
export const messageIdSchema = z.uuid().brand<'MessageId'>();
export type MessageId = z.infer<typeof messageIdSchema>;
export const outboxItemIdSchema = z.uuid().brand<'OutboxItemId'>();
export type OutboxItemId = z.infer<typeof outboxItemIdSchema>;

/** A file seen on disk but not yet frozen; stands for a path that never leaves the main process. */
export const candidateIdSchema = z.string().min(1).max(80).brand<'CandidateId'>();
export type CandidateId = z.infer<typeof candidateIdSchema>;
export const watchedFolderIdSchema = z.uuid().brand<'WatchedFolderId'>();
export type WatchedFolderId = z.infer<typeof watchedFolderIdSchema>;

/** SHA-256 as 64 lower-case hex digits. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof sha256Schema>;

/** Sent with every creation so that a repeat is recognised by the portal (IETF Idempotency-Key draft). */
export const idempotencyKeySchema = z.uuid().brand<'IdempotencyKey'>();
export type IdempotencyKey = z.infer<typeof idempotencyKeySchema>;

/** An instant in UTC, ISO 8601 with milliseconds and Z. */
export const instantSchema = z.iso.datetime();
export type Instant = z.infer<typeof instantSchema>;

/** The number the portal gave (R-TICKET-1); never made up here. */
export const ticketNumberSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}\-/. ]*$/u)
  .brand<'TicketNumber'>();
export type TicketNumber = z.infer<typeof ticketNumberSchema>;
/** A number as a person typed or pasted it; what the portal gives is taken as it is, for it is compared with itself. */
export const typedTicketNumberSchema = z
  .string()
  .max(400)
  .transform(cleanIdentifier)
  .pipe(ticketNumberSchema);

export const languageSchema = z.enum(['it', 'en']);
/** R-LANG-1: support is given in these languages only. */
export type Language = z.infer<typeof languageSchema>;
