import type { OutboxRow, PortalStatus } from '../../shared/ipc/views.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import type { LimitService } from '../portal/known-limits.ts';
import type { PortalChoiceService } from '../portal/portal-choice.ts';
import type { SyncSchedule } from '../requests/sync-schedule.ts';
import type { Handlers } from './handlers.ts';

export type PortalHandlers = Pick<
  Handlers,
  | 'choosePortal'
  | 'forgetLimits'
  | 'outbox'
  | 'portalStatus'
  | 'removeCredentials'
  | 'removeProxyLogin'
  | 'saveCredentials'
  | 'saveProxyLogin'
  | 'syncNow'
>;

export type PortalHandlerParts = {
  readonly choice: PortalChoiceService;
  readonly limits: LimitService;
  readonly status: () => Promise<PortalStatus>;
  readonly queue: () => OutboxRow[];
  readonly sender: Pick<OutboxSender, 'tryNow'>;
  readonly schedule: Pick<SyncSchedule, 'now'>;
};

/** The portal in use, the password that opens it, and what waits to go there. */
export function portalHandlers({
  choice,
  limits,
  status,
  queue,
  sender,
  schedule,
}: PortalHandlerParts): PortalHandlers {
  const thenStatus = async (work: Promise<void>): Promise<PortalStatus> => {
    await work;
    return status();
  };
  return {
    outbox: queue,
    portalStatus: status,
    syncNow: async () => {
      sender.tryNow(null);
      await schedule.now();
      return null;
    },
    forgetLimits: () => {
      limits.forget();
      return status();
    },
    choosePortal: (wanted) => thenStatus(choice.choose(wanted)),
    saveCredentials: ({ password }) => thenStatus(choice.savePassword(password)),
    removeCredentials: () => thenStatus(choice.removePassword()),
    saveProxyLogin: (login) => thenStatus(choice.saveProxyLogin(login)),
    removeProxyLogin: () => thenStatus(choice.removeProxyLogin()),
  };
}
