import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** What a portal was found to limit: one file, all files of one request together, or the words of one sending. */
export const limitKinds = ['file', 'request', 'text'] as const;

/** The most a portal may take, as far as a refusal taught it, and when it did. */
export const learntLimitSchema = z.object({
  kind: z.enum(limitKinds),
  bytes: z.number().int().positive(),
  at: instantSchema,
});
export type LearntLimit = z.infer<typeof learntLimitSchema>;
