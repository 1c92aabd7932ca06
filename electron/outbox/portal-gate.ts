import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import type { Closing } from '../../shared/flows/queue-gate.ts';
import { within } from '../platform/within.ts';
import type { ClosedGate } from '../portal/portal-clock.ts';
import { exchangeMs } from '../portal/portal-times.ts';

export type PortalGateParts = {
  /** Why the calendar or an announcement keeps everything here for now, or null (R-HOURS-3, R-HOURS-4). */
  readonly gate: () => ClosedGate | null;
  /**
   * True while nobody vouches for the PC's clock: the portal has not answered yet, or the clock was set or slept since it did
   * (CLOCK-1).
   */
  readonly isClockDoubtful: () => boolean;
  /** Reads something from the portal, so that its time is known again; resolves whatever came of it. */
  readonly askTime: () => Promise<void>;
  /** Ends a question under way: the program is being closed. */
  readonly leaving: AbortSignal;
};

/** `reopened`: closed until now. `doubtful`: the clock says open, and the portal could not be asked what time it is. */
export type GateSeen = 'open' | 'reopened' | 'closed' | 'doubtful';

export type PortalGate = {
  readonly look: () => Promise<GateSeen>;
  /** True when it was open at the last look and nothing has closed it since: then nobody has to be asked. */
  readonly isStillOpen: () => boolean;
  /** What closes it for one item, as it was last seen; null: nothing, or a person insists. */
  readonly closingFor: (id: OutboxItem['id']) => Closing | null;
  /** A person wants this one tried although the portal is said to be closed: once, for an announcement can be wrong. */
  readonly insist: (id: OutboxItem['id']) => void;
  readonly tried: (id: OutboxItem['id']) => void;
};

/** A gate that is shut, in the words of the queue. */
export function closingOf(gate: ClosedGate | null): Closing | null {
  if (gate === null) return null;
  const { state, why } = gate.span;
  return { state, why, opensAt: gate.opensAtMs === null ? null : new Date(gate.opensAtMs).toISOString() };
}

/**
 * The queue's memory of a closed portal. Neither a wrong clock at a start nor one that jumps over the end of a closure opens anything by
 * itself: the portal's own time is asked for first, by a read, and nothing is sent before it is known (R-HOURS-3).
 */
export function openPortalGate(parts: PortalGateParts): PortalGate {
  const insisted = new Set<OutboxItem['id']>();
  let wasClosed = false;
  let closed: ClosedGate | null = null;
  return {
    look: async () => {
      closed = parts.gate();
      if (closed === null && parts.isClockDoubtful()) {
        await within(parts.askTime(), exchangeMs, parts.leaving);
        closed = parts.gate();
        if (closed === null && parts.isClockDoubtful()) return 'doubtful';
      }
      const before = wasClosed;
      wasClosed = closed !== null;
      if (closed !== null) return 'closed';
      return before ? 'reopened' : 'open';
    },
    isStillOpen: () => !wasClosed && parts.gate() === null && !parts.isClockDoubtful(),
    closingFor: (id) => (insisted.has(id) ? null : closingOf(closed)),
    insist: (id) => {
      insisted.add(id);
    },
    tried: (id) => {
      insisted.delete(id);
    },
  };
}
