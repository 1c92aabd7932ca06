import type { SignedPack } from '../../shared/domain/data-pack.ts';
import type { Aside } from '../../shared/portal/heard-changes.ts';
import { noticesToKeep } from '../../shared/rules/announcements.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { Portal } from '../portal/port.ts';
import type { PortalRepository } from '../store/portal-repository.ts';
import type { SetAsideNews } from '../store/set-aside-news.ts';
import type { AskPortal } from './ask-portal.ts';

export type AnnouncementsParts = {
  readonly portals: PortalRepository;
  readonly setAside: SetAsideNews;
  readonly link: PortalLink;
  readonly clock: Clock;
  readonly transact: <T>(work: () => T) => T;
  readonly publish: PublishEvent;
  /** Data the portal hands out, not believed yet. */
  readonly onPacks: (packs: readonly SignedPack[]) => void;
};

export type Announcements = {
  /** Reads notices, the terms in force, the products' newest versions and what the portal takes (R-HOURS-2, R-ACCEPT-1, R-VERSION-1). False when none was answered. */
  readonly pull: () => Promise<boolean>;
  /** Notices and terms, side by side: what sending waits for, and the portal's time with it. Resolves whatever came of it. */
  readonly hearTime: () => Promise<void>;
  /** One read for the sake of the portal's time, once each time it was opened and again while that time waits to be borne out: of its notices where it has any, for they may take back what closes it. A failure is noted nowhere. */
  readonly askTime: () => Promise<void>;
};

/** What the portal says to everybody: notices, terms, versions, what it takes, packs; and its time, with each of them. */
export function announcements(parts: AnnouncementsParts, ask: AskPortal): Announcements {
  const { portals, link, clock, transact, publish } = parts;
  const { read, rested, isCurrent } = ask;
  /** Kept as it came and told, like all news that cannot be shown. */
  const keepOdd = (entries: readonly string[]): void =>
    transact(() =>
      parts.setAside.add(
        link.recipient(),
        entries.map((entry): Aside => ({ why: 'unreadable', entry })),
        clock.instant(),
      ),
    );
  const noticesOf = (portal: Portal) => () =>
    portal.notices((entries) => {
      if (isCurrent(portal)) keepOdd(entries);
    });
  const pullNotices = async (portal: Portal): Promise<boolean> => {
    if (!portal.capabilities.notices) return false;
    const notices = await read(portal, 'notices', noticesOf(portal));
    if (notices?.kind === 'done')
      transact(() => portals.keepPortalNotices(noticesToKeep(notices.value, Date.parse(clock.instant()))));
    return notices?.kind === 'done';
  };
  const pullTerms = async (portal: Portal): Promise<boolean> => {
    if (!portal.capabilities.terms) return false;
    const key = link.key();
    const known = portals.terms(key)?.sha256;
    const terms = await read(portal, 'terms', () => portal.terms());
    if (terms?.kind !== 'done') return false;
    transact(() => portals.keepTerms(key, terms.value));
    if (terms.value.sha256 !== known) publish({ kind: 'outboxChanged' });
    return true;
  };

  let hearing: { readonly portal: Portal; readonly heard: Promise<readonly boolean[]> } | null = null;
  /** Whoever asks while they are being asked for waits for the same answers. */
  const hear = (portal: Portal): Promise<readonly boolean[]> => {
    if (hearing?.portal === portal) return hearing.heard;
    const heard = Promise.all([pullNotices(portal), pullTerms(portal)]).finally(() => {
      if (hearing?.heard === heard) hearing = null;
    });
    hearing = { portal, heard };
    return heard;
  };

  let askedTimeOf: Portal | null = null;

  return {
    askTime: async () => {
      const portal = ask.syncing();
      if (portal === null || (portal === askedTimeOf && !link.isTimeInDoubt())) return;
      askedTimeOf = portal;
      if (portal.capabilities.notices) {
        const notices = await rested(portal, 'notices', noticesOf(portal));
        if (notices?.kind !== 'done') return;
        link.observe('read', notices);
        transact(() => portals.keepPortalNotices(noticesToKeep(notices.value, Date.parse(clock.instant()))));
        publish({ kind: 'portalStatusChanged' });
        return;
      }
      const terms = portal.capabilities.terms ? await rested(portal, 'terms', () => portal.terms()) : null;
      if (terms?.kind === 'done') link.observe('read', terms);
    },
    hearTime: async () => {
      const portal = ask.syncing();
      if (portal === null) return;
      await hear(portal);
      publish({ kind: 'portalStatusChanged' });
    },
    pull: async () => {
      const portal = ask.syncing();
      if (portal === null) return false;
      const [key, can] = [link.key(), portal.capabilities];
      const heard = await hear(portal);
      const products = can.products ? await read(portal, 'products', () => portal.products()) : null;
      if (products?.kind === 'done') {
        const versions = products.value.flatMap(({ id, latestVersion }) =>
          latestVersion === null ? [] : [[id, latestVersion] as const],
        );
        transact(() =>
          portals.keepLatestVersions(key, {
            at: clock.instant(),
            versions: Object.fromEntries(versions),
            stated: {},
          }),
        );
      }
      const requirements = can.requirements
        ? await read(portal, 'requirements', () => portal.requirements())
        : null;
      if (requirements?.kind === 'done') transact(() => portals.keepRequirements(key, requirements.value));
      if (!isCurrent(portal)) return false;
      // Not noted as an answer about the portal: one without packs of its own is no broken portal.
      const packs = can.packs ? await rested(portal, 'packs', () => portal.packs()) : null;
      if (!isCurrent(portal)) return false;
      if (packs?.kind === 'done') parts.onPacks(packs.value);
      publish({ kind: 'portalStatusChanged' });
      return heard.includes(true) || products?.kind === 'done' || requirements?.kind === 'done';
    },
  };
}
