import type { MessageId, TicketId } from '../../shared/domain/ids.ts';
import type { OpenedServices } from '../integration/workshop-fixture.ts';
import type { FaultyPortal } from '../portal/faulty-portal.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Draw } from './oddity.ts';
import type { PortalElsewhere } from './portal-elsewhere.ts';

/** One schedule under way: the workshop as it stands, and what it said it had taken. */
export type Walk = {
  shop: OpenedServices;
  acknowledged: Acknowledged;
  /** As it stood when the last backup was written, or null. */
  backedUp: Acknowledged | null;
  readonly draw: Draw;
  readonly moved: Set<MessageId | string>;
  /** A reply that was removed, with the one its words were sent again in. */
  readonly replaced: Map<MessageId, MessageId>;
  /** Words sent again since the last backup. */
  readonly resent: Set<string>;
  readonly excused: Set<string>;
  /** Closed by a store that is gone: what is written to them since comes too late. */
  readonly closedSince: Set<TicketId>;
  readonly clock: { shiftMs: number; instant(): string };
  readonly server: FaultyPortal;
  readonly elsewhere: PortalElsewhere;
  readonly open: (dataFolder: string) => Promise<OpenedServices>;
  /** Chooses the portal this schedule is about. */
  readonly home: () => Promise<void>;
  /** From now on the portal takes nothing; `goOn` makes it what it was. */
  readonly cutOff: () => void;
  readonly goOn: () => void;
};

/** An act of a schedule; false when there was nothing to do it to. */
export type Act = (walk: Walk) => Promise<boolean>;
