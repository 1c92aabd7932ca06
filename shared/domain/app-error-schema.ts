import { z } from 'zod';
import { type AppError, errorCodes } from './app-error.ts';

/** The shape of an `AppError` where one comes back from disk or over the bridge; apart from it, so that making one needs no schemas. */
export const appErrorSchema = z.object({
  code: z.enum(errorCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  reference: z.string().optional(),
}) satisfies z.ZodType<AppError>;
