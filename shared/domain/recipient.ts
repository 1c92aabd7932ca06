import { addressOf, type PortalChoice, portalChoiceSchema } from './portal-choice.ts';
import { customerRealms, portalKinds } from './portal-kind.ts';

/**
 * Whom a request was made for: the practice desk, one customer on the vendor's web form by hand, or one portal address and one customer
 * on it. Two installations of a portal both have a first number, and the same portal shows each customer their own requests only.
 */
export type Recipient = string;

/** @param choice the portal as it was chosen; `customerCode` null before the first run */
export function recipientOf(choice: PortalChoice, customerCode: string | null): Recipient {
  return portalKinds[choice.kind].hasCustomers
    ? `${choice.kind} ${addressOf(choice) ?? ''} ${customerCode ?? ''}`
    : choice.kind;
}

const ofCustomer = new RegExp(`^(${customerRealms.join('|')}) (\\S*) (.*)$`, 'su');

/** The kind of portal a recipient is reached by, in the word it is stored with. */
export function recipientRealm(recipient: Recipient): string {
  return ofCustomer.exec(recipient)?.[1] ?? recipient;
}

/** What a person knows a recipient by; the address empty where there is none. Null for those that have neither address nor code. */
export function recipientNames(
  recipient: Recipient,
): { readonly address: string; readonly customerCode: string } | null {
  const parts = ofCustomer.exec(recipient);
  return parts === null ? null : { address: parts[2] ?? '', customerCode: parts[3] ?? '' };
}

/** The portal and the customer a recipient stands for, as far as its name tells; null where that is no choice a person could make. */
export function recipientChoice(
  recipient: Recipient,
): { readonly choice: PortalChoice; readonly customerCode: string } | null {
  const names = recipientNames(recipient);
  const choice = portalChoiceSchema.safeParse({ kind: recipientRealm(recipient), url: names?.address }).data;
  return names === null || choice === undefined ? null : { choice, customerCode: names.customerCode };
}
