import type { KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { z } from 'zod';
import {
  type PackName,
  packNames,
  type PackStatus,
  type SignedPack,
  signedPackSchema,
} from '../../shared/domain/data-pack.ts';
import { exclusionPackSchema } from '../../shared/domain/exclusion-pack.ts';
import { jsonOf } from '../../shared/domain/json-of.ts';
import { openingCalendarSchema } from '../../shared/domain/opening-calendar.ts';
import { portalMapsSchema } from '../../shared/portal-map/portal-map.ts';
import { productCatalogueSchema } from '../../shared/domain/product.ts';
import { termsPacksSchema } from '../../shared/domain/terms-pack.ts';
import { isSignedBy } from './pack-signature.ts';

/** What each pack must look like. */
export const packSchemas = {
  products: productCatalogueSchema,
  exclusions: exclusionPackSchema,
  calendar: openingCalendarSchema,
  terms: termsPacksSchema,
  'portal-maps': portalMapsSchema,
} as const;
export type Packs = { readonly [N in PackName]: z.output<(typeof packSchemas)[N]> };

export type PackRegistry = {
  /** What is in force now. A new product catalogue is read by most rooms at the next start. */
  readonly packs: () => Packs;
  /** Takes what is newer, signed and whole; whatever is not keeps the one before and is told in `status`. True when something changed. */
  readonly offer: (offered: readonly SignedPack[]) => boolean;
  readonly status: () => readonly PackStatus[];
};

export type PackRegistryParts = {
  /** Where packs taken from the portal are kept. */
  readonly folder: string;
  /** Those the program came with, already proved. */
  readonly bundled: Packs;
  /** Which of their files are not what they were, so that the program's own copy stands in. */
  readonly changed: readonly PackName[];
  readonly keys: readonly KeyObject[];
};

type Judged =
  | { readonly ok: true; readonly packs: Partial<Packs> }
  | { readonly ok: false; readonly reason: 'signature' | 'schema' };

/** Whether a pack may be believed, and why not where it may not. */
export function judge(name: PackName, pack: SignedPack, keys: readonly KeyObject[]): Judged {
  // Signature first: nothing of a foreign text is looked at.
  if (pack.name !== name || !isSignedBy(pack, keys)) return { ok: false, reason: 'signature' };
  const body = packSchemas[name].safeParse(jsonOf(pack.body));
  return body.success && body.data.version === pack.version
    ? { ok: true, packs: { [name]: body.data } }
    : { ok: false, reason: 'schema' };
}

/** Keeps the newest good pack of each kind. Files are checked again at every start, for a file on disk can be changed by anybody. */
export function packRegistry({ folder, bundled, changed, keys }: PackRegistryParts): PackRegistry {
  let current: Packs = bundled;
  const origin = new Map<PackName, PackStatus['origin']>();
  const refused = new Map<PackName, PackStatus['refused']>();
  const file = (name: PackName): string => join(folder, `${name}.json`);

  const take = (name: PackName, pack: SignedPack, from: PackStatus['origin'], keep: () => void): boolean => {
    if (pack.version <= current[name].version) return false;
    const judgement = judge(name, pack, keys);
    try {
      if (judgement.ok) keep();
    } catch {
      refused.set(name, { version: pack.version, reason: 'disk' });
      return false;
    }
    if (!judgement.ok) {
      refused.set(name, { version: pack.version, reason: judgement.reason });
      return false;
    }
    current = { ...current, ...judgement.packs };
    origin.set(name, from);
    refused.delete(name);
    return true;
  };

  const takeStored = (name: PackName): void => {
    let text: string;
    try {
      text = readFileSync(file(name), 'utf8');
    } catch {
      // None was ever taken.
      return;
    }
    const pack = signedPackSchema.safeParse(jsonOf(text)).data;
    if (pack !== undefined) take(name, pack, 'portal', () => undefined);
    else refused.set(name, { version: current[name].version, reason: 'changed' });
  };

  for (const name of packNames) {
    if (changed.includes(name)) refused.set(name, { version: bundled[name].version, reason: 'changed' });
    takeStored(name);
  }
  return {
    packs: () => current,
    offer: (offered) =>
      offered
        .map((pack) => {
          const name = packNames.find((item) => item === pack.name);
          return (
            name !== undefined &&
            take(name, pack, name === 'products' ? 'next-start' : 'portal', () => {
              mkdirSync(folder, { recursive: true });
              writeFileAtomic.sync(file(name), JSON.stringify(pack));
            })
          );
        })
        .includes(true),
    status: () =>
      packNames.map((name) => ({
        name,
        version: current[name].version,
        origin: origin.get(name) ?? 'bundled',
        refused: refused.get(name) ?? null,
      })),
  };
}
