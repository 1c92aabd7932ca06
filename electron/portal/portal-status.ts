import type { PortalStatus } from '../../shared/ipc/views.ts';
import { noticesToShow } from '../../shared/rules/announcements.ts';
import type { Rooms } from '../rooms.ts';
import type { PortalClock } from './portal-clock.ts';
import type { PortalLink } from './portal-link.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

/** An end as an instant; null where it is open. */
export function endOf(toMs: number): string | null {
  return Number.isFinite(toMs) ? instant(toMs) : null;
}

/** Everything the window may know of the portal right now. */
export function portalStatus(
  rooms: Rooms,
  link: PortalLink,
  clock: PortalClock,
  { credentials, proxy }: Pick<PortalStatus, 'credentials' | 'proxy'>,
): PortalStatus {
  const choice = link.choice();
  const { state, toMs, why } = clock.state();
  const { shown, further } = noticesToShow(rooms.portals.notices(), clock.nowMs());
  return {
    realm: link.realm(),
    label: choice.kind === 'contract' ? new URL(choice.url).host : choice.kind,
    ...link.reach(),
    address: choice.kind === 'contract' ? choice.url : null,
    proxy,
    credentials,
    waiting: rooms.outbox.countWaiting(link.realm()),
    notices: [...shown],
    furtherNotices: further,
    state,
    until: endOf(toMs),
    why,
    dayLine: clock.dayLine().map((span) => ({ from: instant(span.fromMs), to: instant(span.toMs), state: span.state, why: span.why })),
  };
}
