import { AppFault } from '../../shared/domain/app-error.ts';
import type { OutboxRow, PortalStatus } from '../../shared/ipc/views.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import { proxyAddress } from '../portal/contract/http-proxy.ts';
import { portalAddress } from '../portal/contract/portal-address.ts';
import type { PortalClock } from '../portal/portal-clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { removeProxyLogin, saveProxyLogin } from '../portal/proxy-login.ts';
import type { PortalAccounts } from '../portal/portal-accounts.ts';
import type { SyncSchedule } from '../requests/sync-schedule.ts';
import type { TicketService } from '../requests/ticket-service.ts';
import type { Rooms } from '../rooms.ts';
import type { Keychain } from '../secrets/keychain.ts';
import type { PortalChoice } from '../store/portal-repository.ts';
import type { Handlers } from './handlers.ts';
import { type NoticeHandlers, noticeHandlers } from './notice-handlers.ts';
import { type QueueHandlers, queueHandlers } from './queue-handlers.ts';

export type PortalHandlerParts = {
  readonly sender: OutboxSender;
  readonly link: PortalLink;
  readonly portalClock: PortalClock;
  readonly schedule: SyncSchedule;
  readonly tickets: TicketService;
  readonly keychain: Keychain;
  readonly accounts: PortalAccounts;
  readonly status: () => Promise<PortalStatus>;
  readonly queue: () => OutboxRow[];
};

export type PortalHandlers = Pick<
  Handlers,
  | 'choosePortal'
  | 'dismissNewsNotice'
  | 'outbox'
  | 'portalStatus'
  | 'removeCredentials'
  | 'removeProxyLogin'
  | 'saveCredentials'
  | 'saveProxyLogin'
  | 'syncNow'
> &
  NoticeHandlers &
  QueueHandlers;

/** The queue, the portal it goes to, and the password that opens it. */
export function portalHandlers(rooms: Rooms, parts: PortalHandlerParts): PortalHandlers {
  const { sender, link, schedule, keychain, accounts, status } = parts;

  const choose = async (choice: PortalChoice): Promise<void> => {
    rooms.transact(() => {
      // What another portal announced says nothing about this one.
      rooms.portals.keepPortalNotices([]);
      rooms.portals.choose(choice);
      rooms.audit.append(rooms.clock.instant(), 'portal-changed', choice.kind);
    });
    await link.open(choice);
    rooms.publish({ kind: 'requestsChanged' });
    rooms.publish({ kind: 'outboxChanged' });
    sender.tryNow(null);
    schedule.start();
  };

  const credentialsChanged = async (action: 'credentials-saved' | 'credentials-removed'): Promise<PortalStatus> => {
    rooms.transact(() => rooms.audit.append(rooms.clock.instant(), action, link.key()));
    await link.open(link.choice());
    sender.tryNow(null);
    schedule.start();
    return status();
  };

  return {
    ...noticeHandlers(rooms, {
      status,
      onChange: () => {
        rooms.publish({ kind: 'portalStatusChanged' });
        rooms.publish({ kind: 'outboxChanged' });
        parts.portalClock.start();
        sender.wake();
      },
    }),
    outbox: parts.queue,
    ...queueHandlers(rooms, parts),
    portalStatus: status,
    dismissNewsNotice: () => {
      rooms.transact(() => rooms.setAside.markTold());
      rooms.publish({ kind: 'portalStatusChanged' });
      return null;
    },
    syncNow: async () => {
      sender.tryNow(null);
      await schedule.now();
      return null;
    },
    choosePortal: async (wanted) => {
      if (wanted.kind !== 'contract') await choose(wanted);
      else {
        const address = portalAddress(wanted.url);
        if (!address.ok) throw AppFault.of(address.error);
        const typed = wanted.proxy ?? '';
        const proxyGiven = typed === '' ? null : proxyAddress(typed);
        if (proxyGiven?.ok === false) throw AppFault.of(proxyGiven.error);
        await choose({ kind: 'contract', url: address.value, proxy: proxyGiven?.value ?? null });
      }
      return status();
    },
    saveCredentials: async ({ password }) => {
      const account = accounts.contract();
      if (account === null) throw new AppFault('portal.notConfigured');
      await keychain.save(account, password);
      return credentialsChanged('credentials-saved');
    },
    removeCredentials: async () => {
      const account = accounts.contract();
      if (account === null) throw new AppFault('portal.notConfigured');
      await keychain.remove(account);
      return credentialsChanged('credentials-removed');
    },
    saveProxyLogin: async (login) => {
      const address = accounts.proxyAddress();
      if (address === null) throw new AppFault('portal.notConfigured');
      await saveProxyLogin(keychain, address, login);
      return credentialsChanged('credentials-saved');
    },
    removeProxyLogin: async () => {
      const address = accounts.proxyAddress();
      if (address === null) throw new AppFault('portal.notConfigured');
      await removeProxyLogin(keychain, address);
      return credentialsChanged('credentials-removed');
    },
  };
}
