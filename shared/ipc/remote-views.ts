import { z } from 'zod';
import { appErrorSchema } from '../domain/app-error-schema.ts';
import { auditEntrySchema } from '../domain/audit-entry.ts';
import { backupProofSchema, backupStateSchema, skippedFileSchema } from '../domain/backup.ts';
import { instantSchema, ticketIdSchema, ticketNumberSchema } from '../domain/ids.ts';
import { remoteGates } from '../domain/remote-gates.ts';
import { remoteSessionSchema, seenSchema } from '../domain/remote-session.ts';
import { toolFindingSchema } from '../domain/remote-tool.ts';
import { gateFindings } from '../flows/remote-session.ts';
import { requestRowSchema } from './views.ts';

/** A folder of the person's that may be backed up; like a watched folder it is shown by its path, because the person must know it. */
export const backupFolderSchema = z.object({
  id: z.uuid(),
  displayPath: z.string().max(1_024),
  origin: z.enum(['tool', 'app', 'added']),
  chosen: z.boolean(),
});
export type BackupFolder = z.infer<typeof backupFolderSchema>;

/** What is being backed up and how far it is. `differences` are told even when the backup went well. */
export const backupViewSchema = z.object({
  folders: z.array(backupFolderSchema),
  destination: z.string().max(1_024).nullable(),
  /** True when a chosen folder lies on the destination's own drive: a dead disk would take both. Null before both are chosen. */
  sameDrive: z.boolean().nullable(),
  freeBytes: z.number().nonnegative().nullable(),
  state: backupStateSchema,
  differences: z.object({
    skipped: z.array(skippedFileSchema).max(200),
    skippedTotal: z.number().int(),
    different: z.array(z.string()).max(200),
  }),
});
export type BackupView = z.infer<typeof backupViewSchema>;

export const openProgramSchema = z.object({
  id: z.string().max(260),
  name: z.string().max(260),
  belongs: z.boolean(),
  kept: z.boolean(),
});
/** `known` false: the system does not say what is open, and the person looks for themselves. */
export const programsViewSchema = z.object({
  known: z.boolean(),
  programs: z.array(openProgramSchema).max(500),
});
export type ProgramsView = z.infer<typeof programsViewSchema>;

/** A receipt of this ticket that can be saved or attached: of a session that is over, or of a backup made or declared for one. */
export const receiptRowSchema = z.object({
  kind: z.enum(['session', 'backup-made', 'backup-declared']),
  id: z.uuid(),
  at: instantSchema,
});
export type ReceiptRow = z.infer<typeof receiptRowSchema>;

/** Everything the wizard of one ticket shows. Codes are never in it, but for those of the practice stand-in, which open nothing. */
export const remoteViewSchema = z.object({
  ticketId: ticketIdSchema,
  number: ticketNumberSchema.nullable(),
  productName: z.string(),
  operator: z.string().nullable(),
  practice: z.boolean(),
  sessionId: z.uuid().nullable(),
  /** True while another ticket's session is not over. */
  otherSession: z.boolean(),
  session: remoteSessionSchema,
  gates: z.record(z.enum(remoteGates), z.enum(gateFindings).nullable()),
  consentLeftMs: z.number().nonnegative().nullable(),
  consent: z.object({ version: z.string(), sha256: z.string() }),
  /** Why nothing can be signed on this PC; null when it can. */
  keyError: appErrorSchema.nullable(),
  backup: backupViewSchema,
  proof: backupProofSchema.nullable(),
  programs: programsViewSchema.nullable(),
  tool: toolFindingSchema.nullable(),
  practiceCodes: z.object({ id: z.string(), password: z.string() }).nullable(),
  /** Whether the portal can carry the codes, or they must be typed into its page by hand. */
  carriesCodes: z.boolean(),
  elapsedMs: z.number().nonnegative().nullable(),
  /** The session is proved to be over, and nobody was in at any time. */
  nobodyCame: z.boolean(),
  /** Written once the session is over; null before. */
  receipt: z
    .object({
      id: z.uuid(),
      endedAt: instantSchema,
      stayed: z.array(z.string()),
      newFiles: z.array(z.string()),
      newFilesTotal: z.number(),
      /** Which programs are new could not be read, or more files than are looked through lay in the folders. */
      programsUnread: z.boolean(),
      filesUnread: z.boolean(),
      fingerprint: z.string(),
    })
    .nullable(),
  /** Why the receipt of the session that is over could not be made; null when it could, or is being made. */
  receiptProblem: appErrorSchema.nullable(),
  /** Every receipt of the ticket's sessions, newest first. */
  receipts: z.array(receiptRowSchema).max(40),
});
export type RemoteView = z.infer<typeof remoteViewSchema>;

/** What the strip shows; null while no session is under way. */
export const liveSessionSchema = z.object({
  sessionId: z.uuid(),
  ticketId: ticketIdSchema,
  number: ticketNumberSchema.nullable(),
  operator: z.string(),
  /** What the request is about: why somebody is on this PC. */
  reason: z.string(),
  elapsedMs: z.number().nonnegative(),
  seen: seenSchema,
  ending: z.boolean(),
  step: z.enum(['asked', 'closed', 'key', 'elevated']).nullable(),
});
export type LiveSession = z.infer<typeof liveSessionSchema>;

export const auditKinds = ['all', 'requests', 'sessions', 'files', 'settings'] as const;
/** Details of an entry that a person is shown; hashes and internal words are for the check alone. */
export const auditDetails = [
  'ticket',
  'operator',
  'number',
  'product',
  'work',
  'files',
  'skipped',
  'version',
  'on',
  'missing',
  'warnings',
  'rule',
  'reason',
] as const;
export const auditPageRows = 100;
/** What an entry speaks of, as it stands today: a request that can be opened, or a file by its name. Null when it is gone or there is none. */
export const auditSubjectSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('request'),
    id: ticketIdSchema,
    stage: requestRowSchema.shape.stage,
    number: ticketNumberSchema.nullable(),
    title: z.string(),
  }),
  z.object({ kind: z.literal('file'), name: z.string() }),
]);
export type AuditSubject = z.infer<typeof auditSubjectSchema>;
export const auditLineSchema = auditEntrySchema.extend({ about: auditSubjectSchema.nullable() });
export type AuditLine = z.infer<typeof auditLineSchema>;
export const auditPageSchema = z.object({
  entries: z.array(auditLineSchema).max(auditPageRows),
  total: z.number().int().nonnegative(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;
export const auditReportSchema = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  records: z.number().int(),
  firstFaultAt: z.number().int().nullable(),
});
export type AuditReport = z.infer<typeof auditReportSchema>;
