import { AppFault } from '../../shared/domain/app-error.ts';
import type { Language } from '../../shared/domain/ids.ts';
import type { SignedRecord } from '../../shared/domain/session-record.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { backupHtml } from './proof/backup-html.ts';
import type { KeyAnswer } from './proof/signing-key.ts';
import { writeReceipt } from './proof/write-receipt.ts';

export type BackupReceiptParts = {
  readonly context: Pick<ServiceContext, 'remote'>;
  readonly printPdf: (html: string) => Promise<Uint8Array>;
  readonly language: () => Language;
  readonly key: () => Promise<KeyAnswer>;
};

export type BackupReceipts = {
  /**
   * Writes the receipt of a backup, as PDF and as signed JSON, into a folder; returns the PDF's path. The text that is signed is the
   * one whose SHA-256 the consent of its session holds, so that the two prove each other.
   * @throws AppFault notFound; the keychain's own where nothing can be signed
   */
  readonly write: (proofId: string, folder: string) => Promise<string>;
};

export function backupReceipts({ context, printPdf, language, key }: BackupReceiptParts): BackupReceipts {
  return {
    write: async (proofId, folder) => {
      const proof = context.remote.findProof(proofId);
      if (proof === null) throw new AppFault('notFound');
      const answer = await key();
      if (answer.kind === 'unavailable') throw AppFault.of(answer.error);
      const record = JSON.stringify(proof);
      const signed: SignedRecord = {
        record,
        signature: answer.key.sign(record),
        publicKey: answer.key.publicKey,
      };
      const name = safeFileName(
        `backup-${(proof.kind === 'made' ? proof.finishedAt : proof.declaredAt).slice(0, 10)}-${proof.id.slice(0, 8)}`,
      );
      return writeReceipt(folder, name, await printPdf(backupHtml(proof, signed, language())), signed);
    },
  };
}
