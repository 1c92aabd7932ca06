import { z } from 'zod';

/** Data the portal may replace without a new program (LAW-7). */
export const packNames = ['products', 'exclusions', 'calendar', 'terms', 'portal-maps'] as const;
export const packNameSchema = z.enum(packNames);
export type PackName = z.infer<typeof packNameSchema>;

/** A pack on its way: the very text that was signed, so that nothing is re-written between signing and checking. */
export const signedPackSchema = z.object({
  name: z.string().min(1).max(40),
  version: z.number().int().positive(),
  /** JSON of the pack; its own `version` must be the one above. */
  body: z.string().min(2).max(500_000),
  /** Ed25519 over name, version and body, base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/u),
});
export type SignedPack = z.infer<typeof signedPackSchema>;

/**
 * Why a pack was not taken: not signed by a known key, not of the schema, or not kept by the disk; `changed` when a file on this PC is
 * not what it was, whose version nobody can tell: it names the one in force. The one before stays.
 */
export const packRefusalSchema = z.object({
  version: z.number().int(),
  reason: z.enum(['signature', 'schema', 'disk', 'changed']),
});

/** Which pack is in force, where it came from, and what was refused since; `next-start`: from the portal, and read when the program starts again. */
export const packStatusSchema = z.object({
  name: packNameSchema,
  version: z.number().int(),
  origin: z.enum(['bundled', 'portal', 'next-start']),
  refused: packRefusalSchema.nullable(),
});
export type PackStatus = z.infer<typeof packStatusSchema>;

/** What is signed: name and version stand in it, so that a pack can pass neither for another nor for a newer one. */
export function signedText({ name, version, body }: Pick<SignedPack, 'name' | 'version' | 'body'>): string {
  return `officina-support pack\n${name}\n${version}\n${body}`;
}
