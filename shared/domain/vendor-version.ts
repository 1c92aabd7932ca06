import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** A version as the vendor prints it ("2.70", "5.017b"); compared only by `shared/rules/vendor-version`, never as text. */
export const vendorVersionSchema = z.string().trim().min(1).max(40);

/** Where a version came from (R-INFO-9, R-VERSION-1). */
export const versionOriginSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['tool', 'typed', 'profile']) }),
  z.object({ kind: z.literal('file'), name: z.string() }),
  z.object({ kind: z.literal('portal'), at: instantSchema }),
]);
export const foundVersionSchema = z.object({ text: vendorVersionSchema, origin: versionOriginSchema });
export type FoundVersion = z.infer<typeof foundVersionSchema>;

/** R-VERSION-1: how the installed version stands to the latest known one; `cannot-tell` where one is missing or of unknown shape. */
export const versionCheckSchema = z.object({
  status: z.enum(['current', 'outdated', 'newer-than-known', 'cannot-tell']),
  installed: foundVersionSchema.nullable(),
  latest: foundVersionSchema.nullable(),
});
export type VersionCheck = z.infer<typeof versionCheckSchema>;

/** Latest versions a portal named, by product id, and when it did. */
export const latestVersionsSchema = z.object({ at: instantSchema, versions: z.record(z.string(), vendorVersionSchema) });
export type LatestVersions = z.infer<typeof latestVersionsSchema>;
