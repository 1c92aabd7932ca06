import type { Language } from '../../../shared/domain/ids.ts';
import type { SessionReceipt, SignedRecord } from '../../../shared/domain/session-record.ts';
import { sizeText } from '../../../shared/i18n/amounts.ts';
import { createTranslator, dayAndTime } from '../../../shared/i18n/translator.ts';
import { consentKeep, consentMay, consentTicks } from '../../../shared/rules/consent-text.ts';
import { fingerprint } from './signing-key.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/gu, (char) => entities[char] ?? '');

/** The receipt as a page to be printed: no script, no address, nothing fetched; every text is escaped. */
export function receiptHtml(receipt: SessionReceipt, signed: SignedRecord, language: Language): string {
  const t = createTranslator(language);
  const { consent, backup } = receipt;
  const row = (label: string, value: string): string => `<tr><th>${escaped(label)}</th><td>${escaped(value)}</td></tr>`;
  const list = (title: string, items: readonly string[]): string => (items.length === 0 ? '' : `<h2>${escaped(title)}</h2><ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`);
  const when = (instant: string): string => `${dayAndTime(instant, language)} (${instant})`;
  const backupRows = backup.kind === 'made'
    ? row(t('receipt.backup'), t('receipt.backupMade', { files: backup.files, size: sizeText(backup.bytes, language), skipped: backup.skipped.length })) + row(t('receipt.destination'), backup.destination) + row('SHA-256', backup.manifestSha256)
    : row(t('receipt.backup'), t('receipt.backupDeclared', { what: backup.what, where: backup.where, on: backup.on, by: backup.by }));
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(t('receipt.title'))}</title><style>
body{font:11pt/1.45 sans-serif;color:#222;margin:0}h1{font-size:17pt;margin:0 0 4pt}h2{font-size:12pt;margin:14pt 0 4pt}table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;width:34%;vertical-align:top}th,td{padding:3pt 6pt 3pt 0;border-top:.5pt solid #ccc;overflow-wrap:anywhere}ul{margin:0;padding-left:16pt}.small{font-size:8.5pt;color:#555;overflow-wrap:anywhere}.mark{border:1.5pt solid #a33;padding:4pt 8pt;display:inline-block;font-weight:700}
</style></head><body><h1>${escaped(t('receipt.title'))}</h1>${consent.practice ? `<p class="mark">${escaped(t('receipt.practice'))}</p>` : ''}<table>
${row(t('receipt.ticket'), consent.number)}${row(t('receipt.operator'), consent.operator)}${row(t('receipt.givenBy'), `${consent.name} (${consent.customerCode})`)}${row(t('receipt.consentAt'), when(consent.givenAt))}${row(t('receipt.launchedAt'), when(receipt.launchedAt))}${row(t('receipt.endedAt'), when(receipt.endedAt))}
${row(t('receipt.how'), t(receipt.proof === 'said' ? 'receipt.endedSaid' : receipt.endedBy === 'person' ? 'receipt.endedByYou' : 'receipt.endedByOperator'))}${row('TeamViewer', `${receipt.toolVersion}, ${receipt.toolSigner}`)}${backupRows}</table>
${list(t('receipt.agreed', { version: consent.textVersion }), [...consentMay, ...consentKeep, ...consentTicks].map((key) => t(key)))}
${backup.kind === 'made' ? list(t('receipt.skipped', { count: backup.skipped.length }), backup.skipped.slice(0, 60).map(({ place, reason }) => `${place}: ${t(`skipReason.${reason}`)}`)) : ''}
${list(t('receipt.stayed'), receipt.stayed)}${list(t('receipt.newFiles', { count: receipt.newFilesTotal }), receipt.newFiles.slice(0, 40))}
<h2>${escaped(t('receipt.notSeenTitle'))}</h2><p>${escaped(t('receipt.notSeen'))}</p>
<h2>${escaped(t('receipt.proofTitle'))}</h2><p class="small">${escaped(t('receipt.chain', { sequence: receipt.chain.sequence }))} ${receipt.chain.hash}<br>SHA-256 ${consent.textSha256}<br>Ed25519 ${escaped(signed.publicKey)} (${fingerprint(signed.publicKey)})<br>${escaped(signed.signature)}</p></body></html>`;
}
