import { referenceSchema } from '../../../shared/portal/wire.ts';

const mark = 'Ref. ';
/** The line with the blank one before it, as `withReference` adds it; the server ends lines in its own way. */
const line = /^Ref\. ([0-9a-f]{8}-[0-9a-f-]{27})$/iu;

/** Words with our reference as their last line, by which they are found again when an answer was lost (ONCE-1). */
export function withReference(text: string, reference: string): string {
  return `${text}${text === '' ? '' : '\n\n'}${mark}${reference}`;
}

/** Words as they came back, with the ends of their lines as they are here. */
export const endingsOf = (told: string): string => told.replaceAll('\r\n', '\n').trimEnd();

/** Words as they came back, parted from the reference on their last line; null where there is none. */
export function partedReference(told: string): { readonly text: string; readonly reference: string | null } {
  const text = endingsOf(told);
  const at = text.lastIndexOf('\n') + 1;
  const found = line.exec(text.slice(at));
  const reference = found === null ? null : (referenceSchema.safeParse(found[1]).data ?? null);
  return reference === null ? { text, reference } : { text: text.slice(0, at).trimEnd(), reference };
}
