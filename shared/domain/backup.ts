import { z } from 'zod';
import { instantSchema, sha256Schema } from './ids.ts';

/** Why a thing in a chosen folder is not in the backup, or not as it should be; each is named on the receipt. */
export const skipReasons = [
  'link',
  'special',
  'cloud-only',
  'locked',
  'no-permission',
  'vanished',
  'changing',
  'name-too-long',
  'inside-destination',
  'read-error',
] as const;
export const skipReasonSchema = z.enum(skipReasons);
export type SkipReason = (typeof skipReasons)[number];

/** Why a whole backup stopped; what was copied and read back until then stays good. */
export const stopReasons = [
  'disk-full',
  'destination-gone',
  'destination-refuses',
  'copy-differs',
  'restore-differs',
  'nothing-copied',
  'source-gone',
  'cancelled',
  'program-fault',
] as const;
export const stopReasonSchema = z.enum(stopReasons);
export type StopReason = (typeof stopReasons)[number];

/** A file left out, by its place below its chosen folder; shown to the person who chose the folder, and on the receipt. */
export const skippedFileSchema = z.object({ place: z.string().max(4_096), reason: skipReasonSchema });
export type SkippedFile = z.infer<typeof skippedFileSchema>;

/** What was copied and how it was proved (R-BACKUP-1). Bytes are those of the files, not of the disk. */
export const backupReceiptSchema = z.object({
  id: z.uuid(),
  kind: z.literal('made'),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  folders: z.array(z.string().max(4_096)).min(1),
  destination: z.string().max(4_096),
  sameDisk: z.boolean(),
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  copiedFiles: z.number().int().nonnegative(),
  unchangedFiles: z.number().int().nonnegative(),
  readBackFiles: z.number().int().nonnegative(),
  differentFiles: z.number().int().nonnegative(),
  sampleRestored: z.number().int().nonnegative(),
  skipped: z.array(skippedFileSchema),
  /** SHA-256 over the sorted list of every file's place, size and SHA-256. */
  manifestSha256: sha256Schema,
});
export type BackupReceipt = z.infer<typeof backupReceiptSchema>;

export const backupProgressSchema = z.object({
  files: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  totalFiles: z.number().int().nonnegative(),
  totalBytes: z.number().nonnegative(),
});
export type BackupProgress = z.infer<typeof backupProgressSchema>;

/** One backup being made. Only `proved` confirms anything (R-BACKUP-1): every file read back, the sample restored, nothing different. */
export const backupStateSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('choosing') }),
  z.object({ phase: z.literal('estimating') }),
  z.object({
    phase: z.literal('estimated'),
    files: z.number().int().nonnegative(),
    bytes: z.number().nonnegative(),
  }),
  z.object({ phase: z.literal('copying'), progress: backupProgressSchema }),
  z.object({ phase: z.literal('paused'), progress: backupProgressSchema }),
  z.object({ phase: z.literal('restoring'), progress: backupProgressSchema }),
  z.object({ phase: z.literal('proved'), receiptId: z.uuid() }),
  z.object({ phase: z.literal('stopped'), reason: stopReasonSchema }),
]);
export type BackupState = z.infer<typeof backupStateSchema>;

/** A backup made elsewhere, in the person's own words (R-BACKUP-1: what, where, when, by whom). */
export const declaredBackupInputSchema = z.object({
  what: z.string().trim().min(3).max(1_000),
  where: z.string().trim().min(2).max(300),
  on: z.iso.date(),
  by: z.string().trim().min(2).max(120),
});
export const declaredBackupSchema = declaredBackupInputSchema.extend({
  id: z.uuid(),
  kind: z.literal('declared'),
  declaredAt: instantSchema,
});
export type DeclaredBackup = z.infer<typeof declaredBackupSchema>;

export const backupProofSchema = z.discriminatedUnion('kind', [backupReceiptSchema, declaredBackupSchema]);
export type BackupProof = z.infer<typeof backupProofSchema>;
