import type { BackupProof } from '../../../shared/domain/backup.ts';
import type { Language } from '../../../shared/domain/ids.ts';
import type { SignedRecord } from '../../../shared/domain/session-record.ts';
import { sizeText } from '../../../shared/i18n/amounts.ts';
import { createTranslator, dayAndTime } from '../../../shared/i18n/translator.ts';
import { sha256Text } from './chain-export.ts';
import { escaped } from '../../../shared/text/escaped-html.ts';
import { list, receiptPage, row } from './receipt-page.ts';
import { fingerprint } from './signing-key.ts';

/** Left-out files that are named on paper; the JSON beside it names all. */
const mostNamed = 500;

/** The receipt of a backup alone, made here or declared (R-BACKUP-1), as a page to be printed; every text in it is escaped. */
export function backupHtml(proof: BackupProof, signed: SignedRecord, language: Language): string {
  const t = createTranslator(language);
  const when = (instant: string): string => `${dayAndTime(instant, language)} (${instant})`;
  const skipped = proof.kind === 'made' ? proof.skipped : [];
  const rows =
    proof.kind === 'made'
      ? [
          row(t('backupReceipt.started'), when(proof.startedAt)),
          row(t('backupReceipt.finished'), when(proof.finishedAt)),
          row(t('backupReceipt.folders'), proof.folders.join('; ')),
          row(t('receipt.destination'), proof.destination),
          row(
            t('backupReceipt.drive'),
            t(proof.sameDisk ? 'backupReceipt.sameDrive' : 'backupReceipt.otherDrive'),
          ),
          row(
            t('backupReceipt.files'),
            t('backupReceipt.filesSize', {
              files: proof.files,
              size: sizeText(proof.bytes, language),
              bytes: proof.bytes,
            }),
          ),
          row(
            t('backupReceipt.copied'),
            t('backupReceipt.copiedUnchanged', {
              copied: proof.copiedFiles,
              unchanged: proof.unchangedFiles,
            }),
          ),
          row(
            t('backupReceipt.readBack'),
            t('backupReceipt.readBackDifferent', {
              files: proof.readBackFiles,
              different: proof.differentFiles,
            }),
          ),
          row(t('backupReceipt.restored'), String(proof.sampleRestored)),
          row(t('backupReceipt.skipped'), String(skipped.length)),
          row(t('backupReceipt.manifest'), proof.manifestSha256),
        ]
      : [
          row(t('remote.declareWhat'), proof.what),
          row(t('remote.declareWhere'), proof.where),
          row(t('remote.declareOn'), proof.on),
          row(t('remote.declareBy'), proof.by),
          row(t('backupReceipt.declaredAt'), when(proof.declaredAt)),
        ];
  const named = skipped
    .slice(0, mostNamed)
    .map(({ place, reason }) => `${place}: ${t(`skipReason.${reason}`)}`);
  const left = skipped.length - named.length;
  return receiptPage(
    t('backupReceipt.title'),
    proof.kind === 'declared' ? t('backupReceipt.onlyDeclared') : null,
    `<table>${rows.join('')}</table>
${list(t('receipt.skipped', { count: skipped.length }), left === 0 ? named : [...named, t('backupReceipt.more', { count: left })])}
<h2>${escaped(t('receipt.proofTitle'))}</h2><p class="small">${escaped(t('backupReceipt.bound'))} ${sha256Text(signed.record)}<br>Ed25519 ${escaped(signed.publicKey)} (${fingerprint(signed.publicKey)})<br>${escaped(signed.signature)}</p>`,
    language,
  );
}
