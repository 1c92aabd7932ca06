import { openContract } from '../contract/open-contract.ts';
import type { PortalTransport } from '../portal-transport.ts';

/** A portal of our own on this PC, spoken to as the vendor's is. */
export const practiceTransport: PortalTransport<'practice'> = {
  open: async (_choice, parts) => {
    const { url, token, stop } = await parts.startPractice();
    const credentials = async () => ({ user: parts.user() ?? 'practice', password: token });
    return { portal: await openContract(parts, { address: url, credentials }), stop };
  },
  choose: (wanted) => wanted,
  passwordAccount: () => null,
};
