import type { Realm } from './ticket.ts';

/**
 * Whom a request was made for: the practice desk, the vendor's web form by hand, or one portal address and one customer on it. Two
 * installations of a portal both have a first number, and the same portal shows each customer their own requests only.
 */
export type Recipient = string;

/** @param choice the portal as it was chosen; `customerCode` null before the first run */
export function recipientOf(
  choice: { readonly kind: Exclude<Realm, 'contract'> } | { readonly kind: 'contract'; readonly url: string },
  customerCode: string | null,
): Recipient {
  return choice.kind === 'contract' ? `contract ${choice.url} ${customerCode ?? ''}` : choice.kind;
}

/** What a person knows a recipient by; null for the practice desk and the web form, which have neither address nor code. */
export function recipientNames(recipient: Recipient): { readonly address: string; readonly customerCode: string } | null {
  const parts = /^contract (\S*) (.*)$/su.exec(recipient);
  return parts === null ? null : { address: parts[1] ?? '', customerCode: parts[2] ?? '' };
}
