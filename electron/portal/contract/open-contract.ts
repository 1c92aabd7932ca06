import type { OpenPortalParts } from '../portal-transport.ts';
import type { Portal } from '../port.ts';
import type { ContractOptions } from './contract-portal.ts';

/** The HTTP libraries are read when a portal is first spoken to: the first window does not wait for them. */
export async function openContract(
  parts: OpenPortalParts,
  options: Omit<ContractOptions, 'leaving' | 'limits' | 'gapMs'>,
): Promise<Portal> {
  const { contractPortal } = await import('./contract-portal.ts');
  const gap = parts.gapMs === undefined ? {} : { gapMs: parts.gapMs };
  return contractPortal({ ...options, leaving: parts.leaving, limits: parts.limits ?? {}, ...gap });
}
