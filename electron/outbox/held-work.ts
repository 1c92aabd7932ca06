import { AppFault } from '../../shared/domain/app-error.ts';
import type { Hold } from '../../shared/domain/hold.ts';
import type { OutboxItem } from '../../shared/domain/outbox-item.ts';
import { holdEndsMs, isHeldNow, isHoldPossible, mayBeHeld } from '../../shared/flows/holding.ts';
import type { PortalClock } from '../portal/portal-clock.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { HoldRepository } from '../store/hold-repository.ts';

/** What keeps an item here by a person's wish. `endsMs` by the portal's clock; null where nobody can tell. */
export type HeldBack = { readonly hold: Hold; readonly endsMs: number | null };

/** What is held back as the portal's clock stands now; ask anew for each look at the queue. */
export type HeldNow = {
  /** Null for what nobody holds back, or not any more. */
  readonly ofItem: (item: Pick<OutboxItem, 'id' | 'state'>) => HeldBack | null;
  /** How long until the next one may go, in milliseconds; null where something is held and no end is known; infinite where nothing is. */
  readonly nextInMs: () => number | null;
};

export type HeldWorkParts = {
  readonly holds: Pick<HoldRepository, 'ofItem' | 'ofQueued'>;
  readonly portalClock: Pick<PortalClock, 'nowMs' | 'staffedFromMs'>;
};

/** Reads by the portal's clock, so that neither a PC's wrong clock nor one that jumps lets anything go early. */
export function heldNow({ holds, portalClock }: HeldWorkParts): HeldNow {
  const nowMs = portalClock.nowMs();
  let staffed: { readonly fromMs: number | null } | null = null;
  const staffedFromMs = (hold: Hold): number | null => {
    if (hold.kind !== 'staffed') return null;
    staffed ??= { fromMs: portalClock.staffedFromMs() };
    return staffed.fromMs;
  };
  return {
    ofItem: ({ id, state }) => {
      // What may have arrived is looked up whoever holds it: asking sends nothing.
      const hold = state === 'queued' ? holds.ofItem(id) : null;
      if (hold === null) return null;
      const fromMs = staffedFromMs(hold);
      return isHeldNow(hold, nowMs, fromMs) ? { hold, endsMs: holdEndsMs(hold, fromMs) } : null;
    },
    nextInMs: () => {
      const ends = holds.ofQueued().filter((hold) => isHeldNow(hold, nowMs, staffedFromMs(hold)));
      const known = ends.flatMap((hold) => holdEndsMs(hold, staffedFromMs(hold)) ?? []);
      if (known.length === 0) return ends.length === 0 ? Number.POSITIVE_INFINITY : null;
      return Math.min(...known) - nowMs;
    },
  };
}

export type HoldServiceParts = {
  /** Something may go now. */
  readonly sender: { readonly wake: () => void };
  readonly portalClock: Pick<PortalClock, 'nowMs'>;
};

/** @throws AppFault E_INPUT where the instant is over, or more than a year off */
export function assertHold(hold: Hold | null, nowMs: number): void {
  if (hold !== null && !isHoldPossible(hold, nowMs)) throw new AppFault('E_INPUT', { field: 'moment' });
}

/**
 * Holds one item of the queue back, changes until when, or lets it go (null). What waits behind it in its ticket waits with it; everything
 * else passes.
 * @throws AppFault notFound, E_INPUT, outbox.cannotWait where it is on its way already
 */
export function holdItem(
  context: ServiceContext,
  parts: HoldServiceParts,
  id: OutboxItem['id'],
  hold: Hold | null,
): void {
  const item = context.outbox.find(id);
  if (item === null) throw new AppFault('notFound');
  if (!mayBeHeld(item)) throw new AppFault('outbox.cannotWait');
  assertHold(hold, parts.portalClock.nowMs());
  const at = context.clock.instant();
  context.transact(() => {
    context.holds.keep(id, hold);
    context.audit.append(at, hold === null ? 'outbox-released' : 'outbox-held', item.ticketId, {
      work: item.work.kind,
      ...(hold?.kind === 'until' ? { until: hold.at } : {}),
    });
  });
  context.publish({ kind: 'outboxChanged' });
  context.publish({ kind: 'requestsChanged' });
  context.publish({ kind: 'ticketChanged', id: item.ticketId });
  parts.sender.wake();
}
