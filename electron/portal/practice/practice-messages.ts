import { z } from 'zod';

/** First message to the practice process: what it shall serve. Tokens are made by the app, so that a restart changes none. */
export const practiceStartSchema = z.object({
  dataFolder: z.string().min(1),
  port: z.number().int().min(0).max(65_535),
  token: z.string().min(16),
  operatorToken: z.string().min(16),
  operatorDelayMs: z.number().nonnegative().nullable(),
  lastNumber: z.number().int().nonnegative(),
});
export type PracticeStart = z.infer<typeof practiceStartSchema>;

/** Its one answer, once it can be reached. */
export const practiceReadySchema = z.object({ url: z.url(), token: z.string(), operatorUrl: z.url() });
export type PracticeReady = z.infer<typeof practiceReadySchema>;
