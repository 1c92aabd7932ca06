import { AppFault } from '../../shared/domain/app-error.ts';
import type { TicketId } from '../../shared/domain/ids.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Ticket } from '../../shared/domain/ticket.ts';
import type { OutboxRow, PortalStatus } from '../../shared/ipc/views.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import { proxyAddress } from '../portal/contract/http-proxy.ts';
import { portalAddress } from '../portal/contract/portal-address.ts';
import { credentialAccount } from '../portal/open-portal.ts';
import { waitElsewhere, waitOf } from '../outbox/wait-reason.ts';
import type { ClosedGate, PortalClock } from '../portal/portal-clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import { readProxyLogin, removeProxyLogin, saveProxyLogin } from '../portal/proxy-login.ts';
import { portalStatus } from '../portal/portal-status.ts';
import type { SyncSchedule } from '../requests/sync-schedule.ts';
import type { TicketService } from '../requests/ticket-service.ts';
import { titleOf } from '../requests/request-rows.ts';
import type { Rooms } from '../rooms.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { Keychain } from '../secrets/keychain.ts';
import type { PortalChoice } from '../store/portal-repository.ts';
import type { Handlers } from './handlers.ts';
import { noticeHandlers } from './notice-handlers.ts';
import { queueHandlers } from './queue-handlers.ts';

export type PortalHandlerParts = {
  readonly sender: OutboxSender;
  readonly link: PortalLink;
  readonly portalClock: PortalClock;
  readonly schedule: SyncSchedule;
  readonly tickets: TicketService;
  readonly keychain: Keychain;
  /** The portal cannot be brought to tell more news. */
  readonly isNewsStuck: () => boolean;
  readonly waitsForTerms: (item: OutboxItem, ticket: Ticket) => boolean;
};

/** The queue, the portal it goes to, and the password that opens it. */
export function portalHandlers(rooms: Rooms, parts: PortalHandlerParts): Handlers {
  const { sender, link, schedule, keychain } = parts;

  const row = (item: OutboxItem, before: number, gate: ClosedGate | null, at: string): OutboxRow => {
    const ticket = readRowOrNull(() => rooms.tickets.find(item.ticketId));
    const title = ticket === null || ticket.content === null ? '' : titleOf(ticket.content);
    const upload = sender.progressOf(item.id);
    const evidence = item.work.kind === 'upload-attachment' ? rooms.shownEvidence([item.work.evidenceId])[0] : undefined;
    return {
      id: item.id,
      ticketId: item.ticketId,
      title: title === '' ? (ticket?.text.subject ?? '') : title,
      number: ticket?.number ?? null,
      work: item.work,
      fileName: evidence?.name ?? null,
      state: item.state,
      attempts: item.attempts,
      nextTryAt: item.nextTryAt,
      lastError: item.lastError ?? (item.state === 'queued' ? sender.holdReason() : null),
      createdAt: item.createdAt,
      sentBytes: upload?.sentBytes ?? null,
      totalBytes: upload?.totalBytes ?? null,
      ...(waitElsewhere(item, ticket, link.recipient()) ??
        waitOf(item, ticket, gate, at, ticket !== null && parts.waitsForTerms(item, ticket))),
      before,
    };
  };

  const contractAccount = (): string | null => {
    const choice = link.choice();
    const user = rooms.profile.profile()?.customerCode;
    return choice.kind === 'contract' && user !== undefined ? credentialAccount(choice, user) : null;
  };

  const credentials = async (): Promise<PortalStatus['credentials']> => {
    const account = contractAccount();
    return account === null ? 'not-needed' : (await keychain.read(account)).kind;
  };

  const proxyInUse = (): string | null => {
    const choice = link.choice();
    return choice.kind === 'contract' ? choice.proxy : null;
  };

  const proxy = async (): Promise<PortalStatus['proxy']> => {
    const address = proxyInUse();
    return address === null ? null : { address, login: (await readProxyLogin(keychain, address)).kind };
  };

  const status = async (): Promise<PortalStatus> =>
    portalStatus(rooms, link, parts.portalClock, {
      credentials: await credentials(),
      proxy: await proxy(),
      isNewsStuck: parts.isNewsStuck(),
    });

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
    outbox: () => {
      const gate = parts.portalClock.gate();
      const at = rooms.clock.instant();
      // What stands still goes before nobody, and a request with its files is one.
      const ahead = new Set<TicketId>();
      const spoiled = rooms.spoiled.shown(link.recipient(), at);
      const here = [...rooms.outbox.shown(link.recipient()), ...spoiled].map((item) => {
        const others = ahead.size - (ahead.has(item.ticketId) ? 1 : 0);
        if (item.state === 'queued' || item.state === 'sending' || item.state === 'unknown') ahead.add(item.ticketId);
        return row(item, others, gate, at);
      });
      // Practice is never mixed with what is meant; there a count says that something waits.
      const elsewhere = link.realm() === 'practice' ? [] : rooms.outbox.elsewhere(link.recipient());
      return [...here, ...elsewhere.map((item) => row(item, 0, gate, at))];
    },
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
      const account = contractAccount();
      if (account === null) throw new AppFault('portal.notConfigured');
      await keychain.save(account, password);
      return credentialsChanged('credentials-saved');
    },
    removeCredentials: async () => {
      const account = contractAccount();
      if (account === null) throw new AppFault('portal.notConfigured');
      await keychain.remove(account);
      return credentialsChanged('credentials-removed');
    },
    saveProxyLogin: async (login) => {
      const address = proxyInUse();
      if (address === null) throw new AppFault('portal.notConfigured');
      await saveProxyLogin(keychain, address, login);
      return credentialsChanged('credentials-saved');
    },
    removeProxyLogin: async () => {
      const address = proxyInUse();
      if (address === null) throw new AppFault('portal.notConfigured');
      await removeProxyLogin(keychain, address);
      return credentialsChanged('credentials-removed');
    },
  };
}
