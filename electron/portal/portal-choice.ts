import { AppFault } from '../../shared/domain/app-error.ts';
import type { ChannelInput } from '../../shared/ipc/contract.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { Keychain } from '../secrets/keychain.ts';
import type { PortalChoice } from '../../shared/domain/portal-choice.ts';
import { chosenPortal } from './open-portal.ts';
import type { PortalAccounts } from './portal-accounts.ts';
import type { PortalLink } from './portal-link.ts';
import { proxyAccount, removeProxyLogin, saveProxyLogin } from './proxy-login.ts';

export type PortalChoiceParts = {
  readonly link: Pick<PortalLink, 'open' | 'choice' | 'key'>;
  /** Another portal, or another way in: what waits is tried at once, and news are asked for. */
  readonly onChanged: () => void;
  readonly keychain: Keychain;
  readonly accounts: PortalAccounts;
};

export type PortalChoiceService = {
  /** @throws AppFault portal.addressInvalid and what a proxy's address throws; nothing has changed then */
  readonly choose: (wanted: ChannelInput<'choosePortal'>) => Promise<void>;
  /** @throws AppFault portal.notConfigured and what the keychain throws */
  readonly savePassword: (password: string) => Promise<void>;
  /** @throws AppFault as `savePassword` */
  readonly removePassword: () => Promise<void>;
  /** @throws AppFault as `savePassword` */
  readonly saveProxyLogin: (login: ChannelInput<'saveProxyLogin'>) => Promise<void>;
  /** @throws AppFault as `savePassword` */
  readonly removeProxyLogin: () => Promise<void>;
};

const needed = (named: string | null): string => {
  if (named === null) throw new AppFault('portal.notConfigured');
  return named;
};

/** Which portal everything goes to, and what opens it; whatever changes here is tried at once. */
export function portalChoice(context: ServiceContext, parts: PortalChoiceParts): PortalChoiceService {
  const { link, keychain, accounts } = parts;
  const chosen = async (choice: PortalChoice): Promise<void> => {
    context.transact(() => {
      // What another portal announced says nothing about this one.
      context.portals.keepPortalNotices([]);
      context.portals.choose(choice);
      context.audit.append(context.clock.instant(), 'portal-changed', choice.kind);
    });
    await link.open(choice);
    context.publish({ kind: 'requestsChanged' });
    context.publish({ kind: 'outboxChanged' });
    parts.onChanged();
  };
  const credentialsChanged = async (action: 'credentials-saved' | 'credentials-removed'): Promise<void> => {
    context.transact(() => context.audit.append(context.clock.instant(), action, link.key()));
    await link.open(link.choice());
    parts.onChanged();
  };
  return {
    choose: async (wanted) => chosen(chosenPortal(wanted)),
    savePassword: async (password) => {
      const account = needed(accounts.password());
      accounts.keep(account);
      await keychain.save(account, password);
      await credentialsChanged('credentials-saved');
    },
    removePassword: async () => {
      await keychain.remove(needed(accounts.password()));
      await credentialsChanged('credentials-removed');
    },
    saveProxyLogin: async (login) => {
      const address = needed(accounts.proxyAddress());
      accounts.keep(proxyAccount(address));
      await saveProxyLogin(keychain, address, login);
      await credentialsChanged('credentials-saved');
    },
    removeProxyLogin: async () => {
      await removeProxyLogin(keychain, needed(accounts.proxyAddress()));
      await credentialsChanged('credentials-removed');
    },
  };
}
