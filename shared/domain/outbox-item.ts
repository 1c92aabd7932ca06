import { z } from 'zod';
import { appErrorSchema } from './app-error-schema.ts';
import {
  evidenceIdSchema,
  idempotencyKeySchema,
  instantSchema,
  messageIdSchema,
  outboxItemIdSchema,
  ticketIdSchema,
} from './ids.ts';

/** What is to be done on the portal. Files go up only after the ticket has its number (ONCE-3). */
export const outboxWorkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create-ticket') }),
  z.object({
    kind: z.literal('upload-attachment'),
    evidenceId: evidenceIdSchema,
    messageId: messageIdSchema.nullable(),
  }),
  z.object({ kind: z.literal('send-message'), messageId: messageIdSchema }),
  z.object({ kind: z.literal('close-ticket') }),
]);
export type OutboxWork = z.infer<typeof outboxWorkSchema>;

/**
 * Kept with an item, behind its address where it has one: what it asks for may have been done already, by a last piece whose answer was
 * lost or by a store that is gone. The portal is asked before anything is done again.
 */
export const perhapsDoneMark = '#sent';

/**
 * `queued` key durable, nothing sent; `sending` a request may be on its way; `unknown` the answer was lost and a look-up
 * decides; `to-verify` the portal cannot be asked, a person decides; `by-hand` the person carries it to the vendor's web form;
 * `set-aside` the person took it out of the way: nothing happens to it until they say so.
 */
export const outboxStates = [
  'queued',
  'sending',
  'unknown',
  'accepted',
  'rejected',
  'to-verify',
  'by-hand',
  'set-aside',
] as const;
export const outboxStateSchema = z.enum(outboxStates);
export type OutboxState = z.infer<typeof outboxStateSchema>;

export const outboxItemSchema = z.object({
  id: outboxItemIdSchema,
  ticketId: ticketIdSchema,
  /** Position in the queue; order of receipt decides (R-TICKET-2), so oldest goes first. */
  sequence: z.number().int().positive(),
  work: outboxWorkSchema,
  idempotencyKey: idempotencyKeySchema,
  state: outboxStateSchema,
  attempts: z.number().int().nonnegative(),
  /** Look-ups in a row that found nothing; two, at least 60 s apart, allow a new send. */
  absentLookups: z.number().int().nonnegative(),
  /** When the next try is due; null when nothing is planned. */
  nextTryAt: instantSchema.nullable(),
  lastError: appErrorSchema.nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type OutboxItem = z.infer<typeof outboxItemSchema>;
