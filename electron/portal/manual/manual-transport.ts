import { nothingToStop, type PortalTransport } from '../portal-transport.ts';
import { manualPortal } from './manual-portal.ts';

/** The vendor's web form, which only a person fills in. */
export const manualTransport: PortalTransport<'manual'> = {
  open: async () => ({ portal: manualPortal(), stop: nothingToStop }),
  choose: (wanted) => wanted,
  passwordAccount: () => null,
};
