import { z } from 'zod';
import { signedPackSchema } from '../../../shared/domain/data-pack.ts';
import { instantSchema, languageSchema } from '../../../shared/domain/ids.ts';
import { noticeSchema } from '../../../shared/domain/notice.ts';
import { messageReceiptSchema, productsSchema, requirementsSchema, termsSchema } from '../../../shared/portal/wire.ts';

/**
 * A list whose entries stand each for itself: one that is not as `entry` says takes none of the others with it, and what is beyond `most`
 * is not read. Null is a list without entries.
 */
function listOf<T>(entry: z.ZodType<T>, most: number) {
  return z
    .custom<readonly unknown[] | null>((value) => value === null || Array.isArray(value))
    .transform((list): T[] =>
      (list ?? []).slice(0, most).flatMap((value) => {
        const parsed = entry.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

const titleSchema = noticeSchema.shape.title.partial();

/** Its times and its kind are what closes the portal: a title in one language only takes no closure away, nor does who is said to have written it. */
const heardNotice = z.object({
  id: noticeSchema.shape.id,
  kind: noticeSchema.shape.kind,
  title: titleSchema.transform(({ it, en }) => ({ it: it ?? en ?? '', en: en ?? it ?? '' })),
  startsAt: instantSchema,
  endsAt: instantSchema.nullable(),
  origin: z
    .unknown()
    .optional()
    .transform((): 'portal' => 'portal'),
});

export const heardNotices = z.object({ notices: listOf(heardNotice, 10_000) });
export const heardProducts = z.object({ products: listOf(productsSchema.shape.products.element, 500) });
/** A signature of any shape is looked at, so that its refusal can be told. */
export const heardPacks = z.object({ packs: listOf(signedPackSchema.extend({ signature: z.string().max(1_000) }), 20) });

/** Which terms are in force is their version and hash; an address that is none is left out. */
export const heardTerms = termsSchema.extend({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/iu)
    .toLowerCase(),
  url: termsSchema.shape.url.catch(null),
});

/** The limits hold whatever else the portal says: a language nobody here writes is passed over. */
export const heardRequirements = requirementsSchema.extend({
  languages: listOf(languageSchema, 100).pipe(requirementsSchema.shape.languages),
});

/** The id has the bound it has in news: a message that is there must not stay in doubt for the length of its name. */
export const heardMessageReceipt = messageReceiptSchema.extend({ id: z.string().min(1).max(500) });
