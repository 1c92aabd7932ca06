import type { PortalChoice, WantedPortal } from '../../shared/domain/portal-choice.ts';
import type { Realm } from '../../shared/domain/portal-kind.ts';
import { contractTransport } from './contract/contract-transport.ts';
import { manualTransport } from './manual/manual-transport.ts';
import type { OpenPortal } from './portal-link.ts';
import type { OpenPortalParts, PortalTransport } from './portal-transport.ts';
import { practiceTransport } from './practice/practice-transport.ts';
import { redmineTransport } from './redmine/redmine-transport.ts';
import { webTransport } from './web/web-transport.ts';

/** Every kind of portal, once: one that is missing does not compile, so neither its way in nor its passwords can be forgotten. */
const transports: { readonly [K in Realm]: PortalTransport<K> } = {
  practice: practiceTransport,
  manual: manualTransport,
  web: webTransport,
  contract: contractTransport,
  redmine: redmineTransport,
};

/** What is behind a choice; its own kind of transport is given nothing but choices of that kind. */
function transportOf(kind: Realm): PortalTransport<Realm> {
  return transports[kind] as PortalTransport<Realm>;
}

/** Opens the transport behind a choice. */
export function openPortal(parts: OpenPortalParts): OpenPortal {
  return (choice) => transportOf(choice.kind).open(choice, parts);
}

/** What somebody typed, as it is stored. @throws AppFault portal.addressInvalid and what a proxy's address throws */
export function chosenPortal(wanted: WantedPortal): PortalChoice {
  return transportOf(wanted.kind).choose(wanted);
}

/** Account in the keychain of the password of one customer; null where none is needed. */
export function passwordAccount(choice: PortalChoice, user: string): string | null {
  return transportOf(choice.kind).passwordAccount(choice, user);
}
