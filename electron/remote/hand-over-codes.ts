import { AppFault } from '../../shared/domain/app-error.ts';
import { portalKinds } from '../../shared/domain/portal-kind.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import type { PortalLink } from '../portal/portal-link.ts';
import type { TicketRepository } from '../store/ticket-repository.ts';
import type { CurrentSession } from './current-session.ts';
import { checkedCodes, type Codes, type SessionCodes } from './session-codes.ts';

export type HandOverParts = {
  readonly link: PortalLink;
  readonly tickets: TicketRepository;
  readonly ofSession: CurrentSession;
  readonly codes: SessionCodes;
  /** The clipboard is emptied when it still holds one of these. */
  readonly clearClipboard: (codes: Codes) => Promise<void>;
};

/**
 * Tells the codes of a session to the operator in charge of its ticket alone, by the portal where it can.
 *
 * @returns `shown` where the portal takes no private messages: the person tells them
 * @throws AppFault remote.codesInvalid, remote.noSession, and what the portal answers
 */
export async function handOverCodes(parts: HandOverParts, given: Codes): Promise<'sent' | 'shown'> {
  const { link, ofSession } = parts;
  const codes = checkedCodes(given);
  const {
    id,
    ticketId,
    state,
    facts: { practice },
  } = ofSession.current();
  const { number, operator } = state.preparation.ticket;
  if (!('codes' in state) || number === null || operator === null) throw new AppFault('remote.noSession');
  // Another portal than the one it was begun on knows no such ticket, or another one by that number.
  const portal = practice === portalKinds[link.realm()].isPractice ? link.portal() : null;
  if (portal?.capabilities.privateMessage !== true) {
    ofSession.step(id, { kind: 'codesShown' }, (taken) => ({
      facts: ofSession.noted(taken, 'codes-shown'),
      audit: { action: 'codes-shown' },
    }));
    await parts.clearClipboard(codes);
    return 'shown';
  }
  const language = parts.tickets.find(ticketId)?.text.language ?? 'it';
  const text = createTranslator(language)('remote.privateText', codes);
  const named = parts.codes.take(text);
  ofSession.step(id, { kind: 'codesLeaving' });
  const outcome = link.observe(
    'write',
    await portal.sendPrivateMessage({ number, operator, text, ...named }),
  );
  if (outcome.kind !== 'done') throw AppFault.of(outcome.error);
  // Also when the session ended meanwhile: they were told, and the audit says so.
  ofSession.step(id, { kind: 'codesSent' }, (taken) => ({
    facts: ofSession.noted(taken, 'codes-sent'),
    audit: { action: 'codes-sent', detail: { operator } },
  }));
  parts.codes.wipe();
  await parts.clearClipboard(codes);
  return 'sent';
}
