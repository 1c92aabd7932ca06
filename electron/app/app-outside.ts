import type { Product } from '../../shared/domain/product.ts';
import type { Message, Ticket } from '../../shared/domain/ticket.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { EvidenceParts } from '../evidence/open-evidence.ts';
import type { WorkshopParts } from '../ipc/workshop-handlers.ts';
import type { PackRegistry } from '../packs/pack-registry.ts';
import type { Clock } from '../platform/clock.ts';
import type { HttpLimits } from '../portal/contract/http-client.ts';
import type { RunningPractice } from '../portal/portal-transport.ts';
import type { OpenSite } from '../portal/web/site.ts';
import type { RemoteOutside } from '../remote/open-remote.ts';
import type { Keychain } from '../secrets/keychain.ts';
import type { StoreChecks } from '../store/check-schedule.ts';
import type { OpenedStore } from '../store/start-store.ts';

/** Everything from outside that the workshop needs; the tests hand in the same, without a window. */
export type AppOutside = Omit<
  WorkshopParts,
  'damaged' | 'health' | 'backupFailure' | 'unreadable' | 'hasOrphans' | 'folders' | 'service'
> & {
  readonly store: OpenedStore;
  readonly clock: Clock;
  readonly publish: PublishEvent;
  readonly random: () => number;
  /** Keeps a fault nobody expected and gives back its reference. */
  readonly log: (error: unknown) => string;
  readonly products: readonly Product[];
  /** Opening hours, exclusions, products, summaries of the terms: as the program came with them or as the portal replaced them. */
  readonly packs: PackRegistry;
  /** Null where the system does not say whether the PC runs on battery. */
  readonly onBattery: () => boolean | null;
  readonly keychain: Keychain;
  /** Checks of the store that go on beside everything else. */
  readonly storeChecks: StoreChecks;
  /** Opens a portal's web pages in the window, and forgets the logins that were kept of any. */
  readonly site: { readonly open: OpenSite; readonly erase: () => Promise<void> };
  /** Starts the practice portal, whose numbers go on behind the highest that this PC knows of it. */
  readonly startPractice: (lastNumber: () => number) => Promise<RunningPractice>;
  /** Where evidence comes from: dialogs, clipboard, guesses, the search worker. */
  readonly evidence: Omit<EvidenceParts, 'dataFolder' | 'logFault' | 'addSampleTools'>;
  /** TeamViewer, open programs, printing, the strip. */
  readonly remote: RemoteOutside;
  readonly onNumbered: (ticket: Ticket) => void;
  /** `more` others were written that are not told one by one. */
  readonly onAnswered: (ticket: Ticket, message: Message, more: number) => void;
  /** Test-only timings, in milliseconds; left out, the real ones hold. */
  readonly timing?: {
    readonly gapMs?: number;
    readonly bookingMs?: number;
    readonly syncMs: number | null;
    readonly timeKeptMs?: number;
    readonly leastApartMs?: number;
    readonly firstCheckMs?: number;
    readonly firstRowCheckMs?: number;
    readonly limits?: Partial<HttpLimits>;
  };
};
