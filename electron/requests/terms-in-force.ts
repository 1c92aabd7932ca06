import type { TermsPack } from '../../shared/domain/terms-pack.ts';
import type { TermsView } from '../../shared/ipc/views.ts';
import type { PortalRepository } from '../store/portal-repository.ts';

export type InForce = Omit<TermsView, 'acceptedAt' | 'document'>;

/**
 * The terms the portal last named, else the newest bundled ones. A version this program has no summary of is still asked for, with
 * its link alone: an acceptance is never carried over (R-ACCEPT-1).
 */
export function termsInForce(
  packs: readonly TermsPack[],
  portals: PortalRepository,
  portalKey: string,
): InForce {
  const bundled = packs.at(-1);
  if (bundled === undefined) throw new Error('resources/terms.json holds no pack');
  const named = portals.terms(portalKey);
  if (named === null)
    return { version: bundled.version, sha256: bundled.sha256, url: bundled.url, summary: bundled.summary };
  const pack = packs.find((item) => item.version === named.version && item.sha256 === named.sha256);
  return {
    version: named.version,
    sha256: named.sha256,
    url: named.url ?? pack?.url ?? bundled.url,
    summary: pack?.summary ?? [],
  };
}
