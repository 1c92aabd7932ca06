import { AppFault } from '../../shared/domain/app-error.ts';
import { type PortalChoice, proxyOf } from '../../shared/domain/portal-choice.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import { recipientChoice } from '../../shared/domain/recipient.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { passwordAccount } from './open-portal.ts';
import type { PortalLink } from './portal-link.ts';
import { proxyAccount } from './proxy-login.ts';

export type PortalAccounts = {
  /** Account in the keychain of the password for the portal in use; null where none is needed or nobody is named yet. */
  readonly password: () => string | null;
  /** Address of the proxy in use, null without one. */
  readonly proxyAddress: () => string | null;
  /** Notes that an account is about to be written, so that it can be erased whatever is in use by then. */
  readonly keep: (account: string) => void;
  /**
   * Every account of this workshop in the keychain: of the portal in use, of each that was used before, whatever its kind.
   * @throws AppFault profile.missing when the profile cannot be read: a password would stay behind unseen
   */
  readonly all: () => readonly string[];
};

/** Where the passwords of this workshop stand in the keychain. */
export function portalAccounts(
  { profile, portals }: Pick<ServiceContext, 'profile' | 'portals'>,
  link: Pick<PortalLink, 'choice'>,
): PortalAccounts {
  const accountsOf = (choice: PortalChoice, user: string | undefined): readonly string[] => {
    const proxy = proxyOf(choice);
    const account = user === undefined ? null : passwordAccount(choice, user);
    return [...(account === null ? [] : [account]), ...(proxy === null ? [] : [proxyAccount(proxy)])];
  };
  return {
    password: () => {
      const user = profile.profile()?.customerCode;
      return user === undefined ? null : passwordAccount(link.choice(), user);
    },
    proxyAddress: () => proxyOf(link.choice()),
    keep: portals.keepAccount,
    all: () => {
      const choice = link.choice();
      if (portalKinds[choice.kind].hasAddress && profile.isProfileUnreadable())
        throw new AppFault('profile.missing');
      // A store from before accounts were noted knows the portals it read from, and the customers it asked for.
      const before = portals.recipients().flatMap((recipient) => {
        const known = recipientChoice(recipient);
        return known === null ? [] : accountsOf(known.choice, known.customerCode);
      });
      return [
        ...new Set([
          ...accountsOf(choice, profile.profile()?.customerCode),
          ...portals.accounts(),
          ...before,
        ]),
      ];
    },
  };
}
