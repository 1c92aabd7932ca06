import type { Clock } from '../platform/clock.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { Portal, PortalOutcome } from '../portal/port.ts';
import type { PaceRepository } from '../store/pace-repository.ts';
import { readRests } from './read-rests.ts';

export type AskPortalParts = {
  readonly link: PortalLink;
  readonly clock: Clock;
  readonly pace: PaceRepository;
};

export type AskPortal = {
  /** The portal whose news are read; null while it tells none, and from `stop` on. */
  readonly syncing: () => Portal | null;
  /** False once another portal is in use, or nothing is to be taken any more. */
  readonly isCurrent: (portal: Portal) => boolean;
  /** One question, unless the portal asked for a rest of it; null as well when its answer came too late to be taken. */
  readonly rested: <T>(
    portal: Portal,
    asked: string,
    ask: () => Promise<PortalOutcome<T>>,
  ) => Promise<PortalOutcome<T> | null>;
  /** As `rested`, and what the answer says of the portal is noted. */
  readonly read: <T>(
    portal: Portal,
    asked: string,
    ask: () => Promise<PortalOutcome<T>>,
  ) => Promise<PortalOutcome<T> | null>;
  /** How long this is not to be asked for, in milliseconds; 0: it may be. */
  readonly restMs: (asked: string) => number;
  /** Whatever is under way takes nothing into the store from now on. */
  readonly stop: () => void;
  readonly isStopped: () => boolean;
};

/** Terms are asked for at each start: with them the portal tells its time, which sending waits for. */
const outlivesStart = (name: string): boolean => !name.endsWith(' terms');

/** Questions to the portal in use: none within a rest it asked for, no answer taken that another portal gave. */
export function askPortal({ link, clock, pace }: AskPortalParts): AskPortal {
  const rests = readRests({ clock, pace, outlivesStart });
  let stopped = false;
  const isCurrent = (portal: Portal): boolean => !stopped && portal === link.portal();
  const rested: AskPortal['rested'] = (portal, asked, ask) =>
    rests.ask(`${link.key()} ${asked}`, ask, () => isCurrent(portal));
  return {
    syncing: () => {
      const portal = link.portal();
      return !stopped && portal?.capabilities.sync === true ? portal : null;
    },
    isCurrent,
    rested,
    read: async (portal, asked, ask) => {
      const outcome = await rested(portal, asked, ask);
      return outcome === null ? null : link.observe('read', outcome);
    },
    restMs: (asked) => rests.restMs(`${link.key()} ${asked}`),
    stop: () => {
      stopped = true;
    },
    isStopped: () => stopped,
  };
}
