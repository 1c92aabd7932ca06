import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** A version as the vendor prints it ("2.70", "5.017b"); compared only by `shared/rules/vendor-version`, never as text. */
export const vendorVersionSchema = z.string().trim().min(1).max(40);

/** Where a version came from (R-INFO-9, R-VERSION-1). */
export const versionOriginSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['tool', 'typed', 'profile']) }),
  z.object({ kind: z.literal('file'), name: z.string() }),
  z.object({ kind: z.literal('portal'), at: instantSchema }),
  /** Read by a person where nobody but them can read it, on that day. */
  z.object({ kind: z.literal('stated'), source: z.string().max(200), on: z.iso.date() }),
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

/** The latest version of a product as a person read it: where, and on which day. */
export const statedVersionSchema = z.object({
  version: vendorVersionSchema,
  source: z.string().trim().min(1).max(200),
  on: z.iso.date(),
});
export type StatedVersion = z.infer<typeof statedVersionSchema>;

/** Latest versions by product id: those a portal named, and when it did; those a person read where the portal tells this program nothing. */
export const latestVersionsSchema = z.object({
  at: instantSchema,
  versions: z.record(z.string(), vendorVersionSchema),
  stated: z.record(z.string(), statedVersionSchema).default({}),
});
export type LatestVersions = z.infer<typeof latestVersionsSchema>;
