import { addressOf, deskOf, mapOf } from '../../shared/domain/portal-choice.ts';
import type { PortalStatus } from '../../shared/ipc/views.ts';
import { noticesToShow } from '../../shared/rules/announcements.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import { knownLimits } from './known-limits.ts';
import type { PortalClock } from './portal-clock.ts';
import type { PortalAccounts } from './portal-accounts.ts';
import type { PortalLink } from './portal-link.ts';
import { readProxyLogin } from './proxy-login.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

/** An end as an instant; null where it is open. */
export function endOf(toMs: number): string | null {
  return Number.isFinite(toMs) ? instant(toMs) : null;
}

/** More sessions than this in one day are not drawn. */
const mostSessions = 20;

function sessionsSince(
  context: Pick<ServiceContext, 'remote' | 'tickets'>,
  fromMs: number | undefined,
): PortalStatus['sessions'] {
  if (fromMs === undefined) return [];
  return context.remote
    .newest(mostSessions)
    .flatMap(({ ticketId, facts: { launchedAt, endedAt } }) => {
      if (launchedAt === null || Date.parse(launchedAt) < fromMs) return [];
      return [
        {
          number: readRowOrNull(() => context.tickets.find(ticketId))?.number ?? null,
          startedAt: launchedAt,
          endedAt,
        },
      ];
    })
    .toReversed();
}

/** Everything the window may know of the portal right now. */
function statusOf(
  context: ServiceContext,
  link: PortalLink,
  clock: PortalClock,
  {
    credentials,
    proxy,
    queueWait,
    isNewsStuck,
  }: Pick<PortalStatus, 'credentials' | 'proxy' | 'queueWait'> & { readonly isNewsStuck: boolean },
): PortalStatus {
  const choice = link.choice();
  const address = addressOf(choice);
  const reach = link.reach();
  const { state, toMs, why } = clock.state();
  const gate = clock.gate();
  const staffedFromMs = clock.staffedFromMs();
  const day = clock.dayLine();
  const notices = context.portals.notices();
  const { shown, further } = noticesToShow(notices, clock.nowMs());
  const ahead = clock.closuresAhead();
  return {
    realm: link.realm(),
    label: address === null ? choice.kind : new URL(address).host,
    ...reach,
    address,
    desk: deskOf(choice),
    map: mapOf(choice),
    looksUp: link.portal()?.capabilities.lookUp ?? true,
    proxy,
    credentials,
    queueWait,
    waiting: context.outbox.countWaiting(link.recipient()),
    news: { aside: context.setAside.untold(), isStuck: isNewsStuck },
    elsewhere: context.outbox.countElsewhere(link.recipient()),
    notices: [...shown],
    furtherNotices: further,
    limits: { ...knownLimits(context, link), learnt: [...context.limits.of(link.key())] },
    state,
    until: endOf(toMs),
    why,
    takes: reach.mode === 'open' && gate === null,
    takesFrom: gate?.opensAtMs == null ? null : instant(gate.opensAtMs),
    staffedFrom: staffedFromMs === null ? null : instant(staffedFromMs),
    ahead: ahead.shown.map(({ fromMs, toMs, why }) => ({
      from: instant(fromMs),
      to: endOf(toMs),
      why,
      title: why.kind === 'holiday' ? null : (notices.find(({ id }) => id === why.noticeId)?.title ?? null),
    })),
    furtherAhead: ahead.further,
    sessions: sessionsSince(context, day[0]?.fromMs),
    dayLine: day.map((span) => ({
      from: instant(span.fromMs),
      to: instant(span.toMs),
      state: span.state,
      why: span.why,
    })),
  };
}

export type PortalStatusParts = {
  readonly link: PortalLink;
  readonly portalClock: PortalClock;
  readonly keychain: Keychain;
  readonly accounts: PortalAccounts;
  readonly sender: { readonly queueWait: () => PortalStatus['queueWait'] };
  /** Whether the portal cannot be brought to tell more news. */
  readonly sync: { readonly isStuck: () => boolean };
};

/** How the portal in use stands, for window and tray alike; asked anew each time. */
export function portalStatus(context: ServiceContext, parts: PortalStatusParts): () => Promise<PortalStatus> {
  const { link, portalClock, keychain, accounts } = parts;
  const credentials = async (): Promise<PortalStatus['credentials']> => {
    const account = accounts.password();
    return account === null ? 'not-needed' : (await keychain.read(account)).kind;
  };
  const proxy = async (): Promise<PortalStatus['proxy']> => {
    const address = accounts.proxyAddress();
    return address === null ? null : { address, login: (await readProxyLogin(keychain, address)).kind };
  };
  return async () =>
    statusOf(context, link, portalClock, {
      credentials: await credentials(),
      proxy: await proxy(),
      queueWait: parts.sender.queueWait(),
      isNewsStuck: parts.sync.isStuck(),
    });
}
