import type { DraftContent } from '../domain/draft.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Product } from '../domain/product.ts';
import type { Tool } from '../domain/tool.ts';
import type { WorkshopProfile } from '../domain/workshop-profile.ts';
import type { Translate } from '../i18n/translator.ts';
import { completeness } from './completeness.ts';
import { ticketText } from './ticket-text.ts';

/** A file that was taken along, or could not be: `why` is a sentence of the catalogue already said. */
export type CollectedFile = Pick<Evidence, 'name' | 'sizeBytes' | 'sha256' | 'kind'> & {
  /** Only its end was taken, so many bytes of the whole; null for a whole file. */
  readonly wholeBytes: number | null;
};
export type LeftOutFile = { readonly name: string; readonly why: string };

export type CollectedFacts = {
  /** What the LOG says; `evidenceIds` is not read. */
  readonly content: DraftContent;
  readonly profile: WorkshopProfile | null;
  readonly product: Product | null;
  readonly tool: Tool | null;
  readonly files: readonly CollectedFile[];
  readonly leftOut: readonly LeftOutFile[];
  readonly isFailure: boolean;
  /** Said of the moment in the text's own language. */
  readonly madeAt: string;
  readonly t: Translate;
};

/** What the vendor asks for and nobody has given yet, in the order of the form (R-INFO-1 to R-INFO-8). */
function missing({ content, profile, product, tool, files, t }: CollectedFacts): readonly string[] {
  const results = completeness(content, {
    customerCode: profile?.customerCode ?? null,
    product,
    tool,
    evidenceKinds: files.map(({ kind }) => kind),
  });
  return results.filter(({ status }) => status === 'missing').map(({ check }) => t(`draftCheck.${check}`));
}

/**
 * What lies in the zip as text: the request as the vendor reads it, to be completed and pasted, and a page that says what was taken, what
 * was not, and what is still missing. Nothing is said that no file and no store says (R-INFO-9).
 */
export function collectedText(facts: CollectedFacts): { readonly request: string; readonly page: string } {
  const { t, files, leftOut, isFailure, madeAt } = facts;
  const { subject, body } = ticketText({
    content: facts.content,
    profile: facts.profile,
    product: facts.product,
    tool: facts.tool,
    evidence: files,
    clientReference: null,
    t,
  });
  const asked = missing(facts);
  const list = (heading: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : ['', heading, ...items.map((item) => `- ${item}`)];
  const page = [
    t('collect.page', { at: madeAt }),
    t(files.length === 0 ? 'collect.noFiles' : isFailure ? 'collect.ofFailure' : 'collect.noFailure'),
    ...list(
      t('collect.taken'),
      files.map(({ name, wholeBytes }) => (wholeBytes === null ? name : t('collect.endOf', { name }))),
    ),
    ...list(
      t('collect.leftOut'),
      leftOut.map(({ name, why }) => `${name}: ${why}`),
    ),
    ...list(t('collect.missing'), asked),
    '',
    t('collect.next'),
  ];
  return { request: `${subject}\n\n${body}\n`, page: `${page.join('\n')}\n` };
}
