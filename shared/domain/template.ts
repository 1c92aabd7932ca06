import { z } from 'zod';
import { type DraftContent, draftContentSchema, type FieldKey, fieldText } from './draft.ts';
import { instantSchema } from './ids.ts';
import { readableText } from './readable-text.ts';
import { templateNameMost } from './template-limits.ts';

export const templateIdSchema = z.uuid().brand('TemplateId');
export type TemplateId = z.infer<typeof templateIdSchema>;

/** What a person calls a template, in one line. */
export const templateNameSchema = z
  .string()
  .max(templateNameMost)
  .transform((text) => readableText(text).trim())
  .pipe(z.string().min(1).max(templateNameMost));

/** A beginning of requests that a workshop wrote itself. */
export const templateSchema = z.object({
  id: templateIdSchema,
  name: templateNameSchema,
  content: draftContentSchema,
  createdAt: instantSchema,
});
export type Template = z.infer<typeof templateSchema>;

/** What is true of a kind of work. What tells of one car, one day or one failure is of that request alone. */
const ofTheWork: readonly FieldKey[] = [
  'stage',
  'problem',
  'vehicleMake',
  'vehicleModel',
  'vehicleEngine',
  'ecuMaker',
  'ecuFamily',
  'mode',
  'driverNumber',
];

/**
 * What a template keeps of a request: tool, kind, words and steps. No chassis number, no number of one ECU, no text of an error, no
 * file, no guide that somebody said to have read.
 */
export function templateContentOf(content: DraftContent): DraftContent {
  const fields = Object.fromEntries(
    ofTheWork.flatMap((key) => {
      const text = fieldText(content, key);
      return text === '' ? [] : [[key, { text, source: { kind: 'typed' as const } }]];
    }),
  );
  return {
    ...content,
    fields,
    steps: content.steps.map((step) => ({ ...step, failedHere: false })),
    guides: [],
    evidenceIds: [],
  };
}
