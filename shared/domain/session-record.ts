import { z } from 'zod';
import { termsAcceptanceSchema } from './ticket.ts';
import { backupProofSchema } from './backup.ts';
import { instantSchema, languageSchema, sha256Schema, ticketIdSchema, ticketNumberSchema } from './ids.ts';
import { endedBySchema, endProofSchema, endStepSchema, seenSchema } from './remote-session.ts';

/** Head of the audit chain at the moment of signing: whoever rewrites what came before breaks the signature (THREAT-12). */
export const chainPointSchema = z.object({ sequence: z.number().int().nonnegative(), hash: sha256Schema });
export type ChainPoint = z.infer<typeof chainPointSchema>;

/** What one person agreed to for one session (R-REMOTE-3, -7, -8). Signed as it stands; the words are found by version and hash. */
export const sessionConsentSchema = z.object({
  kind: z.literal('consent'),
  id: z.uuid(),
  sessionId: z.uuid(),
  ticketId: ticketIdSchema,
  number: ticketNumberSchema,
  operator: z.string().min(1).max(120),
  /** Who is in charge, and that they asked, was stated here by a person; absent where the portal said so itself. */
  stated: z.literal(true).optional(),
  customerCode: z.string().max(32),
  name: z.string().min(2).max(120),
  language: languageSchema,
  textVersion: z.string().min(1).max(40),
  textSha256: sha256Schema,
  backupId: z.uuid(),
  backupSha256: sha256Schema,
  givenAt: instantSchema,
  validForMs: z.number().int().positive(),
  practice: z.boolean(),
  chain: chainPointSchema,
});
export type SessionConsent = z.infer<typeof sessionConsentSchema>;

/** One thing seen while the session ran, by the PC's clock. What was done on the screen is not seen, and nobody claims it. */
export const seenEntrySchema = z.object({
  at: instantSchema,
  seen: z.union([
    seenSchema,
    z.literal('launched'),
    z.literal('codes-sent'),
    z.literal('codes-shown'),
    z.literal('end-asked'),
  ]),
});

/** The customer's own record of a session: who, when, on what terms, how it ended, what stayed. Signed as it stands. */
export const sessionReceiptSchema = z.object({
  kind: z.literal('receipt'),
  id: z.uuid(),
  consent: sessionConsentSchema,
  toolVersion: z.string().max(40),
  toolSigner: z.string().max(300),
  launchedAt: instantSchema,
  endedAt: instantSchema,
  proof: endProofSchema,
  endedBy: endedBySchema,
  /** The step to the end that had been taken when it ended (R-REMOTE-6); null when it was not ended from this program. */
  lastStep: endStepSchema.nullable(),
  seen: z.array(seenEntrySchema).max(2_000),
  backup: backupProofSchema,
  /** Names of what is on the PC now and was not before, as far as it was looked for; never a file's content. */
  stayed: z.array(z.string().max(300)).max(500),
  /** False when Windows did not say, before or after, which programs are installed; absent in receipts from before this was noted. */
  programsCompared: z.boolean().optional(),
  newFiles: z.array(z.string().max(300)).max(500),
  newFilesTotal: z.number().int().nonnegative(),
  /** False when there was more in the folders than is looked through; absent in receipts from before this was noted. */
  newFilesWhole: z.boolean().optional(),
  /** The vendor's terms accepted for the request (R-ACCEPT-1); null for one opened elsewhere, absent in receipts from before this was noted. */
  terms: termsAcceptanceSchema.nullable().optional(),
  madeAt: instantSchema,
  chain: chainPointSchema,
});
export type SessionReceipt = z.infer<typeof sessionReceiptSchema>;

export const sessionRecordSchema = z.discriminatedUnion('kind', [sessionConsentSchema, sessionReceiptSchema]);
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

/** A record with what proves it; large where a backup left out many files, for each is named. `publicKey` is DER (SPKI) in base64; `record` is the exact text that was signed. */
export const signedRecordSchema = z.object({
  record: z.string().max(20_000_000),
  signature: z.string().max(200),
  publicKey: z.string().max(200),
});
export type SignedRecord = z.infer<typeof signedRecordSchema>;
