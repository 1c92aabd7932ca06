import { z } from 'zod';
import { AppFault } from '../../../shared/domain/app-error.ts';
import type { PageReading } from '../../../shared/portal-map/filled.ts';
import { isPath, numberIn } from '../../../shared/portal-map/page-text.ts';
import type { PageKind, PageMark, PortalMap } from '../../../shared/portal-map/portal-map.ts';
import { formScript, lookScript, written } from './page-scripts.ts';
import type { Site } from './site.ts';

/** Longer texts of a page are not read. */
export const pageTextSchema = z.string().max(300_000);
export const pageEntriesSchema = z.array(z.array(z.string().max(300)).max(4)).max(200);
const lookedSchema = z.object({
  path: z.string().max(2_000),
  marks: z.array(z.boolean()).max(60),
  texts: z.array(z.string().max(400)).max(8),
  hasSubmit: z.boolean(),
});
const fieldSchema = z
  .object({ text: pageTextSchema, isEditor: z.boolean(), maxChars: z.number().int().nullable() })
  .nullable();
const formSchema = z.object({
  subject: fieldSchema,
  description: fieldSchema,
  entries: pageEntriesSchema,
  isBusy: z.boolean(),
});
export type ReadForm = z.infer<typeof formSchema>;
/** What a page can be, what stops everything first. */
const order = ['error', 'login', 'form', 'ticket', 'found', 'list'] as const satisfies readonly PageKind[];

/** Looks at a page by a map. */
export type PageEyes = {
  /** The answer of a script, where the schema takes it. @throws AppFault as `Site` does */
  readonly ask: <T>(code: string, schema: z.ZodType<T>) => Promise<T>;
  readonly look: () => Promise<PageReading>;
  readonly readForm: () => Promise<ReadForm>;
};

/** Reads the pages of one portal by its map; whatever a page answers is judged before it is believed. */
export function pageEyes(site: Site, map: PortalMap): PageEyes {
  async function ask<T>(code: string, schema: z.ZodType<T>): Promise<T> {
    const answer = schema.safeParse(await site.run(code));
    if (!answer.success) throw new AppFault('portal.sitePage');
    return answer.data;
  }

  async function look(): Promise<PageReading> {
    const kinds = order.flatMap((kind) => {
      const mark: PageMark | null = map.pages[kind];
      return mark === null || mark.paths.length + mark.marks.length === 0 ? [] : [{ kind, mark }];
    });
    const looked = await ask(
      written(lookScript, {
        marks: kinds.flatMap(({ mark }) => mark.marks),
        texts: map.number.map(({ finder }) => finder),
        submit: map.form.submit,
      }),
      lookedSchema,
    );
    let from = 0;
    const matching = kinds.filter(({ mark }) => {
      const seen = looked.marks.slice(from, from + mark.marks.length);
      from += mark.marks.length;
      const isThere = mark.paths.length === 0 || mark.paths.some((path) => isPath(path, looked.path));
      return isThere && seen.length === mark.marks.length && seen.every((each) => each);
    });
    const kind = matching[0]?.kind ?? 'unknown';
    const numbers = map.number.map((token, nth) =>
      numberIn(token.after, token.from === 'path' ? looked.path : (looked.texts[nth] ?? '')),
    );
    return {
      kind,
      number: kind === 'ticket' ? (numbers.find((number) => number !== null) ?? null) : null,
      hasSubmit: looked.hasSubmit,
    };
  }

  const readForm = (): Promise<ReadForm> =>
    ask(
      written(formScript, {
        subject: map.form.subject.finder,
        description: { place: map.form.description.finder, role: map.form.description.kind },
        files: map.form.files,
      }),
      formSchema,
    );

  return { ask, look, readForm };
}
