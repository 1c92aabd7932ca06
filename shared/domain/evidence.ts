import { z } from 'zod';
import {
  candidateIdSchema,
  evidenceIdSchema,
  instantSchema,
  sha256Schema,
  watchedFolderIdSchema,
} from './ids.ts';
import { productIdSchema } from './product.ts';

/** What a file seems to be, judged by name, size and first bytes; a guess, shown as one. */
export const evidenceKinds = [
  'log',
  'protected-package',
  'ecu-read',
  'image',
  'text',
  'document',
  'other',
] as const;
export const evidenceKindSchema = z.enum(evidenceKinds);
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

/** Why a file is suggested: changed close to the last failure seen, or newest LOG of the tool. Null: not suggested. */
export const suggestionSchema = z.discriminatedUnion('reason', [
  z.object({
    reason: z.literal('near-failure'),
    failureName: z.string(),
    apartSeconds: z.number().int().nonnegative(),
  }),
  z.object({ reason: z.literal('failure'), errorText: z.string() }),
]);
export type Suggestion = z.infer<typeof suggestionSchema>;

/** A file seen on disk, not copied yet. Its path stays in the main process. */
export const evidenceCandidateSchema = z.object({
  id: candidateIdSchema,
  name: z.string().max(1_024),
  /** Last part of the folder it lies in, for recognition only. */
  folderLabel: z.string().max(260),
  sizeBytes: z.number().int().nonnegative(),
  modifiedAt: instantSchema,
  kind: evidenceKindSchema,
  /** Members of an ECU read share a group ("golf6_orig": .EPR, .MPC); null for single files. */
  group: z.string().nullable(),
  productGuess: productIdSchema.nullable(),
  suggestion: suggestionSchema.nullable(),
});
export type EvidenceCandidate = z.infer<typeof evidenceCandidateSchema>;

/** Where frozen bytes came from. */
export const evidenceOriginSchema = z.enum(['found', 'chosen', 'dropped', 'clipboard', 'sample']);
export type EvidenceOrigin = z.infer<typeof evidenceOriginSchema>;

/** A frozen copy: the bytes lie under their SHA-256 and never change again (COMPLAINT-15). */
export const evidenceSchema = z.object({
  id: evidenceIdSchema,
  /** Name as it was on disk; shown escaped, sent as RFC 5987, never used as a path. */
  name: z.string().min(1).max(1_024),
  sha256: sha256Schema,
  sizeBytes: z.number().int().nonnegative(),
  kind: evidenceKindSchema,
  origin: evidenceOriginSchema,
  /** True when only the last part of a file over the limit was taken. */
  tailOnly: z.boolean(),
  fileModifiedAt: instantSchema,
  frozenAt: instantSchema,
  /** Since when its bytes are gone from this PC by the person's own choice of how long to keep them; null while they are kept. */
  removedAt: instantSchema.nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Preview of a frozen file. Text is shown as text only; `protected` is for the vendor and never opened. */
export const evidencePreviewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
    text: z.string(),
    truncated: z.boolean(),
  }),
  z.object({
    kind: z.literal('image'),
    mimeType: z.enum(['image/png', 'image/jpeg']),
    bytes: z.instanceof(Uint8Array),
    widthPx: z.number(),
    heightPx: z.number(),
  }),
  /** A picture too large to be shown, or one that does not say how large it is (0 pixels); it is sent whole all the same. */
  z.object({ kind: z.literal('large-image'), widthPx: z.number(), heightPx: z.number() }),
  z.object({ kind: z.literal('protected') }),
  z.object({ kind: z.literal('empty') }),
]);
export type EvidencePreview = z.infer<typeof evidencePreviewSchema>;

/** A folder searched for LOG files. `guess` ones come from the seed list and may not exist (FACT-LOG-7). */
export const watchedFolderSchema = z.object({
  id: watchedFolderIdSchema,
  /** Shown so that the person can recognise it; the only path that reaches the screen, because the person chose it. */
  displayPath: z.string().max(1_024),
  origin: z.enum(['guess', 'installed-program', 'added']),
  enabled: z.boolean(),
  exists: z.boolean(),
});
export type WatchedFolder = z.infer<typeof watchedFolderSchema>;
