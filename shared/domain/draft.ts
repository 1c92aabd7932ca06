import { z } from 'zod';
import { evidenceIdSchema, instantSchema, languageSchema, ticketIdSchema, toolIdSchema } from './ids.ts';
import { cleanIdentifier, drawnText } from './identifier-text.ts';
import { productIdSchema } from './product.ts';
import { readableText } from './readable-text.ts';

/** What is asked for. The form and the completeness rules change with it. */
export const requestTypes = [
  'read-failure',
  'write-failure',
  'recognition',
  'software',
  'hardware',
  'account',
  'question',
  'theft-or-loss',
] as const;
export const requestTypeSchema = z.enum(requestTypes);
export type RequestType = z.infer<typeof requestTypeSchema>;

/** Single-value facts of a draft, in the order the ticket text prints them. */
export const fieldKeys = [
  'stage',
  'errorText',
  'problem',
  'errorSeen',
  'vehicleMake',
  'vehicleModel',
  'vehicleEngine',
  'vehicleYear',
  'vehicleVin',
  'ecuMaker',
  'ecuFamily',
  'ecuHw',
  'ecuSw',
  'mode',
  'driverNumber',
  'softwareVersion',
  'firmwareVersion',
  'voltage',
  'noLogReason',
  'noScreenshotReason',
  'lossKind',
  'lossDate',
  'lossPlace',
  'lossReportNumber',
] as const;
export const fieldKeySchema = z.enum(fieldKeys);
export type FieldKey = z.infer<typeof fieldKeySchema>;

/** Longest text a field takes, in characters; shown while typing, never cut silently (COMPLAINT-21). */
export const fieldMaxChars = (key: FieldKey): number =>
  key === 'problem'
    ? 20_000
    : key === 'errorText'
      ? 8_000
      : key === 'noLogReason' || key === 'noScreenshotReason'
        ? 1_000
        : 200;

/** Where a value came from (R-INFO-9): typed by the person, read from a file on disk, or taken from the profile. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('typed') }),
  z.object({ kind: z.literal('file'), name: z.string().max(260) }),
  z.object({ kind: z.literal('profile') }),
]);
export type Source = z.infer<typeof sourceSchema>;

export const fieldValueSchema = z.object({ text: z.string().max(20_000), source: sourceSchema });
export type FieldValue = z.infer<typeof fieldValueSchema>;

/** One thing done, in order (R-INFO-6). `done` happened before the problem, `tried` was an attempt to solve it. */
export const stepSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['done', 'tried']),
  text: z.string().max(500).transform(readableText),
  /** The "then it failed" mark: at most one step carries it. */
  failedHere: z.boolean(),
});
export type Step = z.infer<typeof stepSchema>;

/** A manual or guide that was read before asking, and what it said (R-DOCS-1). */
export const guideReadSchema = z.object({
  id: z.uuid(),
  title: z.string().max(200).transform(readableText),
  finding: z.string().max(1_000).transform(readableText),
});
export type GuideRead = z.infer<typeof guideReadSchema>;

/** Fields that hold a number or code another system compares letter by letter. */
const identifierFields: ReadonlySet<FieldKey> = new Set([
  'vehicleVin',
  'ecuHw',
  'ecuSw',
  'driverNumber',
  'softwareVersion',
  'firmwareVersion',
  'lossReportNumber',
]);

/** What a field takes of what is typed or pasted: nothing that is not drawn. An identifier is cleaned once it is written to its end. */
export function typedField(key: FieldKey, text: string): string {
  return identifierFields.has(key) ? drawnText(text) : readableText(text);
}

/** A value as it is kept, wherever it came from: an identifier cleaned, words without what hides in them or turns them round. */
export function keptField(key: FieldKey, text: string): string {
  return identifierFields.has(key) ? cleanIdentifier(text) : readableText(text);
}

function keptFields(
  fields: Readonly<Partial<Record<FieldKey, FieldValue>>>,
): Partial<Record<FieldKey, FieldValue>> {
  const kept: Partial<Record<FieldKey, FieldValue>> = {};
  for (const key of fieldKeys) {
    const value = fields[key];
    if (value !== undefined) kept[key] = { ...value, text: keptField(key, value.text) };
  }
  return kept;
}

/** Everything a person can edit before sending. Plain data: undo and history are copies of it. */
export const draftContentSchema = z.object({
  toolId: toolIdSchema.nullable(),
  /** Kept beside toolId so that a ticket about a product without a registered tool is possible. */
  productId: productIdSchema.nullable(),
  requestType: requestTypeSchema.nullable(),
  language: languageSchema,
  fields: z.partialRecord(fieldKeySchema, fieldValueSchema).transform(keptFields),
  steps: z.array(stepSchema).max(60),
  guides: z.array(guideReadSchema).max(30),
  /** Frozen files chosen for this draft, in the order they will be sent. */
  evidenceIds: z.array(evidenceIdSchema).max(20),
});
export type DraftContent = z.infer<typeof draftContentSchema>;

/** A request not yet sent. `revision` grows by one with every stored edit and guards against two writers. */
export const draftSchema = z.object({
  id: ticketIdSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  revision: z.number().int().nonnegative(),
  content: draftContentSchema,
});
export type Draft = z.infer<typeof draftSchema>;

/** What a field says: as it is kept, and trimmed. */
export function spokenField(key: FieldKey, text: string): string {
  return keptField(key, text).trim();
}

/** Text of a field as it is judged, shown and sent; the empty string when nothing was written. */
export function fieldText(content: DraftContent, key: FieldKey): string {
  return spokenField(key, content.fields[key]?.text ?? '');
}

const titleMaxChars = 120;

/** First line of what happened: the words people recognise a request by. */
export function titleOf(content: DraftContent): string {
  return fieldText(content, 'problem').split('\n')[0]?.slice(0, titleMaxChars) ?? '';
}

export function emptyDraftContent(language: 'it' | 'en'): DraftContent {
  return {
    toolId: null,
    productId: null,
    requestType: null,
    language,
    fields: {},
    steps: [],
    guides: [],
    evidenceIds: [],
  };
}
