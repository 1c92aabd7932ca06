import { z } from 'zod';
import { likelyCauseSchema } from '../domain/exclusion-pack.ts';
import { pcCheckSchema } from '../domain/pc-check.ts';
import { versionCheckSchema } from '../domain/vendor-version.ts';

/** What the rules have to say about a draft beside what is missing; each part with the facts it rests on. */
export const draftAdviceSchema = z.object({ version: versionCheckSchema, pcChecks: z.array(pcCheckSchema), causes: z.array(likelyCauseSchema) });
export type DraftAdvice = z.infer<typeof draftAdviceSchema>;
