import { AppFault } from '../../shared/domain/app-error.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { credentialAccount } from './open-portal.ts';
import type { PortalLink } from './portal-link.ts';
import { proxyAccount } from './proxy-login.ts';

export type PortalAccounts = {
  /** Account in the keychain of the password for the portal in use; null where none is needed or nobody is named yet. */
  readonly contract: () => string | null;
  /** Address of the proxy in use, null without one. */
  readonly proxyAddress: () => string | null;
  /**
   * Every account of this workshop in the keychain.
   * @throws AppFault profile.missing when the profile cannot be read: a password would stay behind unseen
   */
  readonly all: () => readonly string[];
};

/** Where the passwords of the portal in use stand in the keychain. */
export function portalAccounts({ profile }: Pick<ServiceContext, 'profile'>, link: Pick<PortalLink, 'choice'>): PortalAccounts {
  const contract = (): string | null => {
    const choice = link.choice();
    const user = profile.profile()?.customerCode;
    return choice.kind === 'contract' && user !== undefined ? credentialAccount(choice, user) : null;
  };
  const proxyAddress = (): string | null => {
    const choice = link.choice();
    return choice.kind === 'contract' ? choice.proxy : null;
  };
  return {
    contract,
    proxyAddress,
    all: () => {
      if (link.choice().kind !== 'contract') return [];
      if (profile.isProfileUnreadable()) throw new AppFault('profile.missing');
      const [account, proxy] = [contract(), proxyAddress()];
      return [...(account === null ? [] : [account]), ...(proxy === null ? [] : [proxyAccount(proxy)])];
    },
  };
}
