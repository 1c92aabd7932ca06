import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import calendar from '../../resources/calendar.json' with { type: 'json' };
import exclusions from '../../resources/exclusions.json' with { type: 'json' };
import trusted from '../../resources/pack-keys.json' with { type: 'json' };
import portalMaps from '../../resources/portal-maps.json' with { type: 'json' };
import products from '../../resources/products.json' with { type: 'json' };
import terms from '../../resources/terms.json' with { type: 'json' };
import { type PackName, packNames, type SignedPack } from '../../shared/domain/data-pack.ts';
import { jsonOf } from '../../shared/domain/json-of.ts';
import { environmentInTests } from '../platform/failpoint.ts';
import { judge, type Packs, packSchemas } from './pack-registry.ts';
import { packKeys } from './pack-signature.ts';

const versionSchema = z.object({ version: z.number() });
const signaturesSchema = z.object({ signatures: z.partialRecord(z.enum(packNames), z.string()) });

/** Keys packs are believed from. They are part of the program, so that no file beside it can add one; a test may bring its own. */
export function trustedKeys(): readonly KeyObject[] {
  const own = environmentInTests('PACK_KEY');
  return packKeys([...trusted.keys, ...(own === null ? [] : [own])]);
}

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

export type BundledPacks = { readonly packs: Packs; readonly changed: readonly PackName[] };

/**
 * The packs in the program's folder, each proved by its signature like one from the portal. A file that is gone, unsigned, not of its
 * schema or older than the program is named in `changed`, and the copy inside the program holds instead: never throws.
 */
export async function bundledPacks(folder: string, keys: readonly KeyObject[]): Promise<BundledPacks> {
  const listed = await textOf(join(folder, 'pack-signatures.json'));
  // Without the list nothing is proved, and every pack is told as changed.
  const signatures = signaturesSchema.safeParse(jsonOf(listed ?? '')).data?.signatures ?? {};
  const changed: PackName[] = [];
  /** The file where it is proved and no older than `own`, the copy inside the program; that copy is read only where it stands in. */
  const inForce = async <N extends PackName>(
    name: N,
    own: { readonly version: number },
    schema: z.ZodType<Packs[N]>,
  ): Promise<Packs[N]> => {
    const body = (await textOf(join(folder, `${name}.json`))) ?? '';
    const pack: SignedPack = {
      name,
      version: versionSchema.safeParse(jsonOf(body)).data?.version ?? 0,
      body,
      signature: signatures[name] ?? '',
    };
    const judgement = judge(name, pack, keys);
    const proved = judgement.ok && pack.version >= own.version ? judgement.packs[name] : undefined;
    if (proved !== undefined) return proved;
    changed.push(name);
    return schema.parse(own);
  };
  const packs: Packs = {
    products: await inForce('products', products, packSchemas.products),
    exclusions: await inForce('exclusions', exclusions, packSchemas.exclusions),
    calendar: await inForce('calendar', calendar, packSchemas.calendar),
    terms: await inForce('terms', terms, packSchemas.terms),
    'portal-maps': await inForce('portal-maps', portalMaps, packSchemas['portal-maps']),
  };
  return { packs, changed };
}
