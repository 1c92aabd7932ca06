import type { OutboxItem } from '../domain/outbox-item.ts';
import type { TermsAcceptance } from '../domain/ticket.ts';

/**
 * Whether a request may not leave before the terms in force are accepted for it (R-ACCEPT-1): they changed while it waited. Only a
 * creation that was never tried is asked again; what may have reached the portal went with the terms of its time.
 * @param inForce looked up for such a creation alone: a queue asks about every item of it
 */
export function waitsForTerms(
  { work, state, attempts }: Pick<OutboxItem, 'work' | 'state' | 'attempts'>,
  accepted: TermsAcceptance | null,
  inForce: () => { readonly version: string; readonly sha256: string },
): boolean {
  if (work.kind !== 'create-ticket' || state !== 'queued' || attempts > 0 || accepted === null) return false;
  const { version, sha256 } = inForce();
  return accepted.version !== version || accepted.sha256 !== sha256;
}
