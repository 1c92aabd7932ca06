import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type Language, sha256Schema } from '../../shared/domain/ids.ts';
import {
  type SessionConsent,
  sessionConsentSchema,
  type SignedRecord,
} from '../../shared/domain/session-record.ts';
import { consentLifeMs } from '../../shared/flows/remote-session.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { consentText, consentTextVersion } from '../../shared/rules/consent-text.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import { sha256Text } from './proof/chain-export.ts';
import type { SigningKey } from './proof/signing-key.ts';
import type { SessionStore } from './session-store.ts';

/** Version and hash of the text as this language shows it. */
export function consentInForce(language: Language): { readonly version: string; readonly sha256: string } {
  return { version: consentTextVersion, sha256: sha256Text(consentText(createTranslator(language))) };
}

/**
 * Takes a consent: the record is made for this session, operator and backup, bound to the head of the audit chain, signed, and
 * stored in one transaction with the step that opens the gate. Half of it is never there (R-REMOTE-3).
 * @throws AppFault remote.gateShut when what it is given for is not there; terms.notAccepted when another text was shown
 */
export function giveConsent(
  context: ServiceContext,
  sessions: SessionStore,
  session: StoredSession,
  given: { readonly name: string; readonly textSha256: string; readonly language: Language },
  key: SigningKey,
): StoredSession {
  const inForce = consentInForce(given.language);
  if (given.textSha256 !== inForce.sha256) throw new AppFault('terms.notAccepted');
  const { ticket, backupId } = session.state.preparation;
  const proof = backupId === null ? null : context.remote.findProof(backupId);
  const profile = context.profile.profile();
  if (proof === null || profile === null || ticket.number === null || ticket.operator === null)
    throw new AppFault('remote.gateShut', { gate: proof === null ? 'backup' : 'ticket' });
  const givenAt = context.clock.instant();
  return context.transact(() => {
    const consent: SessionConsent = sessionConsentSchema.parse({
      kind: 'consent',
      id: randomUUID(),
      sessionId: session.id,
      ticketId: session.ticketId,
      number: ticket.number,
      operator: ticket.operator,
      ...(ticket.stated === true ? { stated: true } : {}),
      customerCode: profile.customerCode,
      name: given.name,
      language: given.language,
      textVersion: inForce.version,
      textSha256: inForce.sha256,
      backupId: proof.id,
      backupSha256: sha256Schema.parse(sha256Text(JSON.stringify(proof))),
      givenAt,
      validForMs: consentLifeMs,
      practice: session.facts.practice,
      chain: context.audit.head(),
    });
    const record = JSON.stringify(consent);
    const signed: SignedRecord = { record, signature: key.sign(record), publicKey: key.publicKey };
    const { session: stepped } = sessions.step(
      session.id,
      { kind: 'consentGiven', recordId: consent.id, atMs: context.clock.monotonicMs() },
      () => ({
        facts: { consentId: consent.id },
        audit: {
          action: 'session-consented',
          detail: {
            record: sha256Text(record),
            operator: consent.operator,
            ticket: consent.number,
            ...(consent.stated === true ? { source: 'stated-here' } : {}),
          },
        },
        alsoIn: () => {
          context.remote.addRecord(consent.id, session.id, 'consent', signed, givenAt);
          context.consents.add({
            id: consent.id,
            kind: 'remote-session',
            ticketId: session.ticketId,
            textVersion: consent.textVersion,
            textSha256: consent.textSha256,
            customerCode: consent.customerCode,
            givenAt,
          });
        },
      }),
    );
    // The machine takes no consent while the ticket's gate is shut; then nothing of it may stay.
    if (stepped.state.preparation.consent?.recordId !== consent.id)
      throw new AppFault('remote.gateShut', { gate: 'ticket' });
    return stepped;
  });
}
