import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../shared/domain/audit-entry.ts';
import { sha256Schema } from '../../shared/domain/ids.ts';

export const genesisHash = sha256Schema.parse('0'.repeat(64));

/** Hash of an entry over everything but itself; `detail` keys are sorted so that the same facts hash the same. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): AuditEntry['hash'] {
  const detail = Object.entries(entry.detail).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([
    entry.sequence,
    entry.at,
    entry.action,
    entry.subject,
    detail,
    entry.previousHash,
  ]);
  return sha256Schema.parse(createHash('sha256').update(text).digest('hex'));
}
