import { z } from 'zod';
import { instantSchema } from '../../shared/domain/ids.ts';

/** What a moved workshop says of itself, in front of everything else. */
export const moveAboutSchema = z.object({
  appVersion: z.string().max(40),
  /** The version of the store that comes with it. */
  schema: z.number().int().positive(),
  savedAt: instantSchema,
  /** Empty where nobody had said yet whose workshop it is. */
  company: z.string().max(200),
  /** Everything behind it, by count. */
  parts: z.number().int().nonnegative(),
  /** Hashes of files whose copy could not be used any more when it was saved. */
  lacking: z.array(z.string().max(64)),
});
export type MoveAbout = z.infer<typeof moveAboutSchema>;

/** The names of the parts of a moved workshop. */
export const partNames = {
  about: 'about',
  store: 'store',
  key: 'key',
  file: (sha256: string): string => `file/${sha256}`,
  terms: (sha256: string): string => `terms/${sha256}`,
} as const;

/** A copy by its hash and what it is; null for any other name. */
export function hashedPart(
  name: string,
): { readonly folder: 'file' | 'terms'; readonly sha256: string } | null {
  const match = /^(file|terms)\/([0-9a-f]{64})$/u.exec(name);
  const sha256 = match?.[2];
  return sha256 === undefined ? null : { folder: match?.[1] === 'terms' ? 'terms' : 'file', sha256 };
}
