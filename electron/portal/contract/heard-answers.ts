import { z } from 'zod';
import { signedPackSchema } from '../../../shared/domain/data-pack.ts';
import { instantSchema, languageSchema, ticketNumberSchema } from '../../../shared/domain/ids.ts';
import { noticeSchema } from '../../../shared/domain/notice.ts';
import { readableText } from '../../../shared/domain/readable-text.ts';
import { entryText, instantOf, nameOf } from '../../../shared/portal/heard-changes.ts';
import {
  attachmentReceiptSchema,
  closeReceiptSchema,
  messageReceiptSchema,
  productsSchema,
  requirementsSchema,
  termsSchema,
} from '../../../shared/portal/wire.ts';

const titleChars = 200;
/** A number in text, short enough to be exact. */
const digits = /^\d{1,15}$/u;

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

/** As much of a title as a notice may have. */
function shownTitle(text: string): string {
  return readableText(text.slice(0, titleChars)).replace(/\p{Surrogate}/gu, '\u{FFFD}');
}

/** A title that is no text is none. */
const heardWords = z.string().transform(shownTitle).optional().catch(undefined);

/** One title for both languages, or one for each; whatever else stands there takes no closure away. */
const heardTitle = z
  .union([
    z.string().transform((both) => ({ it: shownTitle(both), en: shownTitle(both) })),
    z.object({ it: heardWords, en: heardWords }),
  ])
  .optional()
  .catch(undefined)
  .transform((title) => ({ it: title?.it ?? title?.en ?? '', en: title?.en ?? title?.it ?? '' }));

/** Its times and its kind are what closes the portal: a title in one language only takes no closure away, nor does who is said to have written it. */
const heardNotice = z.object({
  id: noticeSchema.shape.id,
  kind: noticeSchema.shape.kind,
  title: heardTitle,
  startsAt: instantSchema,
  endsAt: instantSchema.nullable(),
  origin: z
    .unknown()
    .optional()
    .transform((): 'portal' => 'portal'),
});

/** What cannot be announced is kept as it came: a closure on a day that does not exist is one all the same, and somebody must look. */
const mostOddNotices = 100;
export const heardNotices = z
  .object({ notices: listOf(z.unknown(), 10_000) })
  .transform(({ notices: told }) => {
    const notices: z.output<typeof heardNotice>[] = [];
    const odd: string[] = [];
    for (const entry of told) {
      const { data } = heardNotice.safeParse(entry);
      if (data !== undefined) notices.push(data);
      else if (odd.length < mostOddNotices) odd.push(entryText(entry));
    }
    return { notices, odd };
  });
export const heardProducts = z.object({ products: listOf(productsSchema.shape.products.element, 500) });
/** A signature of any shape is looked at, so that its refusal can be told. */
export const heardPacks = z.object({
  packs: listOf(signedPackSchema.extend({ signature: z.string().max(1_000) }), 20),
});

/** Which terms are in force is their version and hash; an address that is none is left out. */
export const heardTerms = termsSchema.extend({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/iu)
    .toLowerCase(),
  url: termsSchema.shape.url.catch(null),
});

/** A limit of the portal; one that is no number is none, and what it takes is found out by sending. */
const heardLimit = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = typeof value === 'string' && digits.test(value) ? Number(value) : value;
    return typeof number === 'number' && number >= 1
      ? Math.floor(Math.min(number, Number.MAX_SAFE_INTEGER))
      : Number.MAX_SAFE_INTEGER;
  });

/** Each limit holds whatever the portal says of the others; a language nobody here writes is passed over. */
export const heardRequirements = requirementsSchema.extend({
  attachmentBytes: heardLimit,
  ticketBytes: heardLimit,
  attachmentsPerTicket: heardLimit,
  chunkBytes: heardLimit,
  languages: listOf(languageSchema, 100).pipe(requirementsSchema.shape.languages),
});

/**
 * What the portal says of something it has under a number that is known here. It names it and tells whose it is; beside that nothing keeps
 * in doubt what is there: a name of digits may be a number, the id has the bound it has in news, and a time that cannot be read is that of
 * the answer. A new number is believed to the letter of the contract only.
 * @param now the instant an answer is read, ISO 8601 UTC
 */
export function heardReceipts(now: () => string) {
  const name = z.unknown().transform((value) => nameOf(value) ?? '');
  const number = name.pipe(ticketNumberSchema);
  const time = z
    .unknown()
    .optional()
    .transform((value) => instantOf(value) ?? now());
  const size = z.union([attachmentReceiptSchema.shape.sizeBytes, z.string().regex(digits).transform(Number)]);
  return {
    message: messageReceiptSchema.extend({
      id: name.pipe(z.string().min(1).max(500)),
      number,
      receivedAt: time,
    }),
    closing: closeReceiptSchema.extend({ number, closedAt: time }),
    attachment: attachmentReceiptSchema.extend({
      number,
      name: z.string().catch(''),
      sizeBytes: size,
      receivedAt: time,
    }),
  };
}
