import { backupProofSchema } from '../../../shared/domain/backup.ts';
import { jsonOf } from '../../../shared/domain/json-of.ts';
import { sessionRecordSchema, signedRecordSchema } from '../../../shared/domain/session-record.ts';
import { type ChainReport, sha256Text, verifyChain } from './chain-export.ts';
import { isSigned } from './signing-key.ts';

/** One thing that is wrong with a receipt; `other-backup`: it is not the backup the consent in it was given for. */
export const receiptFaults = ['receipt-altered', 'other-key', 'other-backup'] as const;
export type ReceiptFault = { readonly fault: (typeof receiptFaults)[number]; readonly at: number };
export type ReceiptReport = {
  readonly kind: 'session' | 'backup';
  readonly ok: boolean;
  readonly faults: readonly ReceiptFault[];
  readonly publicKey: string;
};
export type ProofReport = (ChainReport & { readonly kind: 'audit' }) | ReceiptReport;

/** The backup of a session's receipt exactly as it was written, for its SHA-256 stands in the consent. */
function backupTextOf(record: string): string {
  const written = jsonOf(record);
  return JSON.stringify(
    typeof written === 'object' && written !== null && 'backup' in written ? written.backup : null,
  );
}

/**
 * Judges whatever this program wrote as proof, by itself: an exported audit, the receipt of a session, or that of a backup. Anything
 * else is judged as an audit, which it is not.
 * @param publicKey the key it must be of, as a receipt shows it; null takes the one that lies in the file
 */
export function verifyProof(text: string, publicKey: string | null): ProofReport {
  const signed = signedRecordSchema.safeParse(jsonOf(text));
  const written = jsonOf(signed.data?.record ?? '');
  const session = sessionRecordSchema.safeParse(written);
  if (!signed.success || (!session.success && !backupProofSchema.safeParse(written).success))
    return { kind: 'audit', ...verifyChain(text, publicKey) };
  const { record, signature, publicKey: by } = signed.data;
  const isOtherBackup =
    session.success &&
    session.data.kind === 'receipt' &&
    sha256Text(backupTextOf(record)) !== session.data.consent.backupSha256;
  const faults: ReceiptFault['fault'][] = [
    ...(isSigned(record, signature, by) ? [] : ['receipt-altered' as const]),
    ...(publicKey !== null && publicKey !== by ? ['other-key' as const] : []),
    ...(isOtherBackup ? ['other-backup' as const] : []),
  ];
  return {
    kind: session.success ? 'session' : 'backup',
    ok: faults.length === 0,
    faults: faults.map((fault) => ({ fault, at: 0 })),
    publicKey: by,
  };
}
