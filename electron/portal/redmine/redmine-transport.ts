import { deskOf } from '../../../shared/domain/portal-choice.ts';
import { chosenWay, keptSecret, openProxy } from '../contract/contract-transport.ts';
import { nothingToStop, type PortalTransport } from '../portal-transport.ts';

/** A dealer's own Redmine, spoken to by its REST interface with the key of one of its users. */
export const redmineTransport: PortalTransport<'redmine'> = {
  open: async (choice, parts) => {
    // The HTTP libraries are read when a portal is first spoken to: the first window does not wait for them.
    const { redminePortal } = await import('./redmine-portal.ts');
    const { limits } = parts;
    const portal = redminePortal({
      address: choice.url,
      desk: deskOf(choice) ?? choice,
      proxy: await openProxy(parts, choice.proxy),
      leaving: parts.leaving,
      ...(limits === undefined ? {} : { limits }),
      // Read from the keychain each time it is needed and kept nowhere else (THREAT-5).
      key: () => keptSecret(parts, (user) => redmineTransport.passwordAccount(choice, user)),
    });
    return { portal, stop: nothingToStop };
  },
  choose: (wanted) => {
    const { project = '', tracker = '', referenceField = '', serialField = '' } = wanted;
    return { kind: 'redmine', ...chosenWay(wanted), project, tracker, referenceField, serialField };
  },
  // A portal of the vendor's at the same address is another one, with another secret.
  passwordAccount: (choice, user) => `${user} @ redmine ${choice.url}`,
};
