import { z } from 'zod';
import { evidenceIdSchema, instantSchema, sha256Schema } from './ids.ts';

/** What a portal confirmed of a file: its name, size and hash as it named them, and when it had all of it by its own clock. */
export const fileReceiptSchema = z.object({
  /** Ours, under which the portal finds the file again. */
  reference: z.uuid(),
  evidenceId: evidenceIdSchema,
  name: z.string().min(1).max(1_024),
  sizeBytes: z.number().int().nonnegative(),
  sha256: sha256Schema,
  receivedAt: instantSchema,
});
export type FileReceipt = z.infer<typeof fileReceiptSchema>;
