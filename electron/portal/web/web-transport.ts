import { chosenWay } from '../contract/contract-transport.ts';
import { manualPortal } from '../manual/manual-portal.ts';
import { nothingToStop, type PortalTransport } from '../portal-transport.ts';

/** A portal's web pages, opened inside the program: a person logs in and presses, so nothing is ever sent from here by itself. */
export const webTransport: PortalTransport<'web'> = {
  open: async () => ({ portal: manualPortal(), stop: nothingToStop }),
  choose: ({ url, map }) => ({ kind: 'web', url: chosenWay({ url }).url, map }),
  // The password is typed into the portal's own page and never comes here.
  passwordAccount: () => null,
};
