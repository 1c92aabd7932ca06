import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { ClosedGate } from '../portal/portal-clock.ts';

export type ClosedDoorParts = {
  /** Why the calendar or an announcement keeps everything here for now, or null (R-HOURS-3, R-HOURS-4). */
  readonly gate: () => ClosedGate | null;
  /** True when the PC's clock and elapsed time disagree since the portal last told its time: somebody set it, or the PC slept (T1). */
  readonly isClockDoubtful: () => boolean;
  /** Reads something from the portal, so that its time is known again; resolves whatever came of it. */
  readonly askTime: () => Promise<void>;
};

/** `reopened`: closed until now. `doubtful`: the clock says open, nobody confirms it, and it was closed a moment ago. */
export type DoorSeen = 'open' | 'reopened' | 'closed' | 'doubtful';

export type ClosedDoor = {
  readonly look: () => Promise<DoorSeen>;
  /** Whether one item may pass as the door was last seen. Look-ups only read, and reading goes on during a closure (R-HOURS-3). */
  readonly lets: (id: OutboxItem['id'], state: OutboxItem['state']) => boolean;
  /** A person wants this one tried although the portal is said to be closed: once, for an announcement can be wrong. */
  readonly insist: (id: OutboxItem['id']) => void;
  readonly tried: (id: OutboxItem['id']) => void;
};

/**
 * The queue's memory of a closed portal. A clock that jumps over the end of a closure opens nothing by itself: the portal's own time
 * is asked for first, by a read.
 */
export function closedDoor(parts: ClosedDoorParts): ClosedDoor {
  const insisted = new Set<OutboxItem['id']>();
  let wasClosed = false;
  let closed: ClosedGate | null = null;
  return {
    look: async () => {
      closed = parts.gate();
      if (closed === null && wasClosed && parts.isClockDoubtful()) {
        await parts.askTime();
        closed = parts.gate();
        if (closed === null && parts.isClockDoubtful()) return 'doubtful';
      }
      const before = wasClosed;
      wasClosed = closed !== null;
      if (closed !== null) return 'closed';
      return before ? 'reopened' : 'open';
    },
    lets: (id, state) => closed === null || insisted.has(id) || (closed.span.state !== 'unreachable' && state === 'unknown'),
    insist: (id) => {
      insisted.add(id);
    },
    tried: (id) => {
      insisted.delete(id);
    },
  };
}
