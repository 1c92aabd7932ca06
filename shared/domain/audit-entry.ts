import { z } from 'zod';
import { instantSchema, sha256Schema } from './ids.ts';

export const auditActions = [
  'profile-saved',
  'tool-saved',
  'tool-removed',
  'draft-started',
  'draft-removed',
  'evidence-frozen',
  'evidence-removed',
  'terms-accepted',
  'ticket-queued',
  'ticket-numbered',
  'ticket-rejected',
  'ticket-closed',
  'message-queued',
  'message-delivered',
  'attachment-uploaded',
  'outbox-removed',
  'outbox-decided',
  'store-restored',
  'portal-changed',
  'credentials-saved',
  'credentials-removed',
  'exported',
  'notice-added',
  'notice-removed',
  'rule-waived',
  'learning-reset',
  'backup-made',
  'backup-declared',
  'session-prepared',
  'session-consented',
  'session-refused',
  'session-left',
  'session-launched',
  'session-not-started',
  'codes-sent',
  'codes-shown',
  'session-ending',
  'session-ended',
  'receipt-made',
  'audit-exported',
  'audit-rewritten',
] as const;

/** One line of what happened on this PC. Entries form a hash chain; `detail` never holds a secret. */
export const auditEntrySchema = z.object({
  sequence: z.number().int().positive(),
  at: instantSchema,
  action: z.enum(auditActions),
  subject: z.string().max(80),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  previousHash: sha256Schema,
  hash: sha256Schema,
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AuditAction = AuditEntry['action'];
