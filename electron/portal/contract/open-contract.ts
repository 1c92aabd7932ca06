import type { OpenPortalParts } from '../portal-transport.ts';
import type { Portal } from '../port.ts';
import type { ContractOptions } from './contract-portal.ts';

/** The HTTP libraries are read when a portal is first spoken to: the first window does not wait for them. */
export async function openContract(
  parts: OpenPortalParts,
  options: Omit<ContractOptions, 'leaving' | 'limits' | 'gapMs' | 'bookingMs'>,
): Promise<Portal> {
  const { contractPortal } = await import('./contract-portal.ts');
  const { leaving, limits = {}, gapMs, bookingMs } = parts;
  const gaps = {
    ...(gapMs === undefined ? {} : { gapMs }),
    ...(bookingMs === undefined ? {} : { bookingMs }),
  };
  return contractPortal({ ...options, leaving, limits, ...gaps });
}
