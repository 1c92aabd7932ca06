import { z } from 'zod';
import { likelyCauseSchema } from '../domain/exclusion-pack.ts';
import { pcCheckSchema } from '../domain/pc-check.ts';
import { ticketIdSchema, ticketNumberSchema } from '../domain/ids.ts';
import { completenessScoreSchema } from '../rules/completeness-score.ts';
import { ruleIds } from '../rules/rule-definitions.ts';
import { waiverSchema } from '../domain/waiver.ts';
import { ticketStateSchema } from '../domain/ticket.ts';
import { duplicateReasons } from '../rules/duplicates.ts';
import { versionCheckSchema } from '../domain/vendor-version.ts';

/** A request that seems to be about the same problem; `number` null while it has none. */
export const duplicateSchema = z.object({
  ticketId: ticketIdSchema,
  stage: z.enum(['draft', 'ticket']),
  number: ticketNumberSchema.nullable(),
  state: ticketStateSchema,
  title: z.string(),
  /** What it says of its problem, cut where it is long. */
  words: z.string(),
  updatedAt: z.string(),
  score: z.number(),
  reasons: z.array(z.enum(duplicateReasons)),
});

/** R-TICKET-4, R-TICKET-5. `reply`: an open request is about the same problem; `new`: a request of its own is right. */
export const duplicatesSchema = z.object({
  advice: z.enum(['reply', 'new']),
  found: z.array(duplicateSchema),
  /** How many requests of the same tool were compared; null while the draft says too little for it. */
  compared: z.number().int().nullable(),
  /** The text in two, where it speaks of two problems. */
  split: z.object({ first: z.string(), second: z.string() }).nullable(),
});
export type Duplicates = z.infer<typeof duplicatesSchema>;

/** A rule that has something to say about the draft: whose word it is, what it does, its answer, and what that rests on. */
export const judgedRuleSchema = z.object({
  id: z.enum(ruleIds),
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('vendor'), section: z.number().int() }),
    z.object({ kind: z.literal('house'), near: z.number().int().nullable() }),
  ]),
  severity: z.enum(['block', 'warn', 'inform']),
  answer: z.enum(['met', 'not-met', 'not-asked']),
  lookedAt: z.array(z.string()),
});

/** What the rules have to say about a draft beside what is missing; each part with the facts it rests on. */
export const draftAdviceSchema = z.object({
  version: versionCheckSchema,
  /** Null while this PC is being looked at. */
  pcChecks: z.array(pcCheckSchema).nullable(),
  causes: z.array(likelyCauseSchema),
  duplicates: duplicatesSchema,
  completeness: completenessScoreSchema,
  waivers: z.array(waiverSchema),
  /** Soft warnings nobody gave a reason for; they stand, and hold nothing back. */
  unanswered: z.array(z.object({ ruleId: z.enum(ruleIds), about: z.string() })),
  rules: z.array(judgedRuleSchema),
});
export type DraftAdvice = z.infer<typeof draftAdviceSchema>;
