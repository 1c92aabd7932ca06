import { z } from 'zod';
import { instantSchema, ticketIdSchema } from './ids.ts';

/** What was agreed, to which text, when. Terms acceptance (R-ACCEPT-1) and remote sessions (R-REMOTE-3). */
export const consentRecordSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['terms', 'remote-session']),
  ticketId: ticketIdSchema.nullable(),
  textVersion: z.string().min(1).max(40),
  textSha256: z.string().regex(/^[0-9a-f]{64}$/),
  customerCode: z.string().max(32),
  givenAt: instantSchema,
});
export type ConsentRecord = z.infer<typeof consentRecordSchema>;
