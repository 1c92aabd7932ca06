import { AppFault } from '../../shared/domain/app-error.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import type { StatedVersion } from '../../shared/domain/vendor-version.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { PortalLink } from './portal-link.ts';

/**
 * Keeps the latest version of a product as a person read it, for a portal that tells this program none; null takes it out again.
 *
 * @throws AppFault notFound where the portal names its versions itself
 */
export function stateVersion(
  context: ServiceContext,
  link: Pick<PortalLink, 'key' | 'realm'>,
  productId: string,
  stated: StatedVersion | null,
): void {
  if (!portalKinds[link.realm()].isCarriedByHand) throw new AppFault('notFound');
  const key = link.key();
  context.transact(() => {
    const known = context.portals.latestVersions(key) ?? { versions: {}, stated: {} };
    const others = Object.entries(known.stated).filter(([id]) => id !== productId);
    const all = Object.fromEntries(stated === null ? others : [...others, [productId, stated]]);
    context.portals.keepLatestVersions(key, { ...known, at: context.clock.instant(), stated: all });
  });
  context.publish({ kind: 'portalStatusChanged' });
}
