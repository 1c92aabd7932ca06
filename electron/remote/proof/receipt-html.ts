import type { Language } from '../../../shared/domain/ids.ts';
import type { SessionReceipt, SignedRecord } from '../../../shared/domain/session-record.ts';
import { sizeText } from '../../../shared/i18n/amounts.ts';
import { createTranslator, dayAndTime } from '../../../shared/i18n/translator.ts';
import { consentKeep, consentMay, consentTicks } from '../../../shared/rules/consent-text.ts';
import { escaped } from '../../../shared/text/escaped-html.ts';
import { list, receiptPage, row } from './receipt-page.ts';
import { fingerprint } from './signing-key.ts';

/** The receipt of a session as a page to be printed; every text in it is escaped. */
export function receiptHtml(receipt: SessionReceipt, signed: SignedRecord, language: Language): string {
  const t = createTranslator(language);
  const { consent, backup } = receipt;
  // The words agreed to, as they were shown then: version and hash beside them are of that language.
  const agreed = createTranslator(consent.language);
  const when = (instant: string): string => `${dayAndTime(instant, language)} (${instant})`;
  const note = (key: 'receipt.programsUnread' | 'receipt.filesUnread'): string => `<p>${escaped(t(key))}</p>`;
  const backupRows =
    backup.kind === 'made'
      ? row(
          t('receipt.backup'),
          t('receipt.backupMade', {
            files: backup.files,
            size: sizeText(backup.bytes, language),
            skipped: backup.skipped.length,
          }),
        ) +
        row(t('receipt.destination'), backup.destination) +
        row('SHA-256', backup.manifestSha256)
      : row(
          t('receipt.backup'),
          t('receipt.backupDeclared', {
            what: backup.what,
            where: backup.where,
            on: backup.on,
            by: backup.by,
          }),
        );
  const { terms } = receipt;
  const termsRow =
    terms == null
      ? ''
      : row(
          t('receipt.terms'),
          t('receipt.termsAccepted', {
            version: terms.version,
            time: when(terms.acceptedAt),
            code: terms.customerCode,
          }),
        ) + row('SHA-256', terms.sha256);
  return receiptPage(
    t('receipt.title'),
    consent.practice ? t('receipt.practice') : null,
    `<table>
${row(t('receipt.ticket'), consent.number)}${row(t('receipt.operator'), consent.stated === true ? t('receipt.operatorStated', { name: consent.operator }) : consent.operator)}${row(t('receipt.givenBy'), `${consent.name} (${consent.customerCode})`)}${row(t('receipt.consentAt'), when(consent.givenAt))}${row(t('receipt.launchedAt'), when(receipt.launchedAt))}${row(t('receipt.endedAt'), when(receipt.endedAt))}
${row(t('receipt.how'), t(receipt.proof === 'said' ? 'receipt.endedSaid' : receipt.endedBy === 'person' ? 'receipt.endedByYou' : 'receipt.endedElsewhere'))}${row(t('receipt.lastStep'), t(`lastStep.${receipt.lastStep ?? 'none'}`))}${row('TeamViewer', `${receipt.toolVersion}, ${receipt.toolSigner}`)}${backupRows}${termsRow}</table>
${list(
  t('receipt.agreed', { version: consent.textVersion }),
  [...consentMay, ...consentKeep, ...consentTicks].map((key) => agreed(key)),
)}
${
  backup.kind === 'made'
    ? list(
        t('receipt.skipped', { count: backup.skipped.length }),
        backup.skipped.slice(0, 60).map(({ place, reason }) => `${place}: ${t(`skipReason.${reason}`)}`),
      )
    : ''
}
${list(
  t('receipt.seen'),
  receipt.seen.slice(-60).map(({ at, seen }) => `${dayAndTime(at, language)}: ${t(`seenEntry.${seen}`)}`),
)}
${list(t('receipt.stayed'), receipt.stayed)}${receipt.programsCompared === false ? note('receipt.programsUnread') : ''}${list(t('receipt.newFiles', { count: receipt.newFilesTotal }), receipt.newFiles.slice(0, 40))}${receipt.newFilesWhole === false ? note('receipt.filesUnread') : ''}
<h2>${escaped(t('receipt.notSeenTitle'))}</h2><p>${escaped(t('receipt.notSeen'))}</p>
<h2>${escaped(t('receipt.proofTitle'))}</h2><p class="small">${escaped(t('receipt.chain', { sequence: receipt.chain.sequence }))} ${receipt.chain.hash}<br>SHA-256 ${consent.textSha256}<br>Ed25519 ${escaped(signed.publicKey)} (${fingerprint(signed.publicKey)})<br>${escaped(signed.signature)}</p>`,
    language,
  );
}
