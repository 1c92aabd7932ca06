import type { EvidenceServices } from '../evidence/open-evidence.ts';
import type { FileRetention } from '../evidence/file-retention.ts';
import type { OutboxSender } from '../outbox/outbox-sender.ts';
import { within } from '../platform/within.ts';
import type { PortalServices } from '../portal/open-portal-services.ts';
import type { OpenedRemote } from '../remote/open-remote.ts';
import type { SiteService } from '../requests/site-service.ts';
import type { SyncSchedule } from '../requests/sync-schedule.ts';
import { closeStore } from '../store/open-store.ts';
import type { OpenedStore } from '../store/start-store.ts';
import type { StoreCare } from '../store/store-care.ts';

export type AppLifecycleParts = {
  readonly store: OpenedStore;
  readonly evidence: EvidenceServices;
  readonly ofPortal: PortalServices;
  readonly sender: OutboxSender;
  readonly schedule: SyncSchedule;
  readonly remote: OpenedRemote;
  readonly site: Pick<SiteService, 'start' | 'close'>;
  readonly retention: FileRetention;
  readonly care: StoreCare;
  /** What is under way is given up once this is aborted. */
  readonly leaving: AbortController;
  readonly log: (error: unknown) => string;
};

export type AppLifecycle = {
  /** Settles what a crash left, opens the chosen portal, begins to send and to look. */
  readonly start: () => Promise<void>;
  /** Ends within 5 s whatever hangs: what is under way gets a moment to end by itself, then it is given up and found again at the next start. */
  readonly stop: () => Promise<void>;
};

/** What is under way when the program is closed has so long to end by itself, and then so long to be given up, in milliseconds. */
const graceMs = 1_200;
const givingUpMs = 500;

/** Begins and ends what works by itself behind the window. */
export function appLifecycle(parts: AppLifecycleParts): AppLifecycle {
  const { store, evidence, sender, schedule, remote, site, retention, care, leaving } = parts;
  const { link, portalClock } = parts.ofPortal;
  let stopped = false;
  return {
    start: async () => {
      // Somebody may have closed the program before it began.
      if (stopped) return;
      care.start();
      if (store.health.kind !== 'read-only') {
        sender.start();
        portalClock.start();
      }
      await link.open(link.choice());
      // Somebody may have closed the program while the portal was being opened: nothing asks a closed store.
      if (stopped || store.health.kind === 'read-only') return;
      sender.wake();
      schedule.start();
      remote.start();
      retention.start();
      site.start();
    },
    stop: async () => {
      stopped = true;
      care.stop();
      portalClock.stop();
      evidence.close();
      const quietly = (end: Promise<void>): Promise<void> =>
        end.catch((fault: unknown) => void parts.log(fault));
      const ending = Promise.all(
        [retention.stop(), remote.stop(), site.close(), sender.stop(), schedule.stop()].map(quietly),
      );
      if ((await within(ending, graceMs)).kind === 'late') {
        leaving.abort();
        await within(ending, givingUpMs);
      }
      await within(quietly(link.close()), givingUpMs);
      leaving.abort();
      closeStore(store.db);
    },
  };
}
