import type { Realm } from './ticket.ts';

/** What tells one kind of portal from another wherever a screen or a rule must know it. */
export type PortalKind = {
  /** A person carries what is sent, and says what came back: nobody else knows. */
  readonly isCarriedByHand: boolean;
};

export const portalKinds: Readonly<Record<Realm, PortalKind>> = {
  practice: { isCarriedByHand: false },
  contract: { isCarriedByHand: false },
  manual: { isCarriedByHand: true },
};
