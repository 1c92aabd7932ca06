import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type AuditAction, auditActions, type AuditEntry } from '../../shared/domain/audit-entry.ts';
import { evidenceIdSchema, ticketIdSchema } from '../../shared/domain/ids.ts';
import { type auditKinds, auditPageRows, type AuditSubject } from '../../shared/ipc/remote-views.ts';
import { replaceFile } from '../platform/replace-file.ts';
import {
  entryFaults,
  exportChain,
  isPractice,
  markFaults,
  recordFaults,
} from '../remote/proof/chain-export.ts';
import type { KeyAnswer } from '../remote/proof/signing-key.ts';
import { noteExport } from '../requests/note-export.ts';
import { requestRow } from '../requests/request-rows.ts';
import type { ServiceContext } from '../store/service-context.ts';
import type { AuditHead } from '../store/audit-repository.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { Handlers } from './handlers.ts';

export type AuditParts = {
  readonly key: (practice: boolean) => Promise<KeyAnswer>;
  readonly practises: () => boolean;
  readonly chooseFolder: () => Promise<string | null>;
  /** How far the chain had come, as it stands outside the store (FINDING-3). */
  readonly mark: () => AuditHead | null;
};

/** Which actions a filter shows. */
function kindOf(action: AuditAction): Exclude<(typeof auditKinds)[number], 'all'> {
  if (/^(session|backup|codes|receipt|audit)-/u.test(action)) return 'sessions';
  if (/^(evidence|attachment)-|^exported$/u.test(action)) return 'files';
  return /^(profile|tool|store|portal|credentials)-/u.test(action) ? 'settings' : 'requests';
}

function isOfFile({ action }: AuditEntry): boolean {
  return action === 'evidence-frozen' || action === 'evidence-removed';
}

/** What an entry speaks of today: a request by itself or through its session, or a file. */
function subjectOf(entry: AuditEntry, context: ServiceContext): AuditSubject | null {
  const { subject } = entry;
  const evidence = isOfFile(entry) ? evidenceIdSchema.safeParse(subject) : null;
  if (evidence?.success === true) {
    const file = context.evidenceRows.find(evidence.data);
    return file === null ? null : { kind: 'file', name: file.name };
  }
  const given = ticketIdSchema.safeParse(subject);
  if (!given.success) return null;
  const row = requestRow(context.remote.find(subject)?.ticketId ?? given.data, context);
  return row === null
    ? null
    : { kind: 'request', id: row.id, stage: row.stage, number: row.number, title: row.title };
}

export type AuditHandlers = Pick<Handlers, 'auditPage' | 'exportAudit' | 'verifyAudit'>;

/** What happened on this PC: shown, proved, and written out with its seal. */
export function auditHandlers(context: ServiceContext, parts: AuditParts): AuditHandlers {
  const all = (): readonly AuditEntry[] => context.audit.entries(0, Number.MAX_SAFE_INTEGER);
  return {
    auditPage: ({ kind, offset }) => {
      const { entries, total } = context.audit.page(
        kind === 'all' ? null : auditActions.filter((action) => kindOf(action) === kind),
        offset,
        auditPageRows,
      );
      // A page is mostly about few requests, and reading one may cost as much as all the rest of the page.
      const told = new Map<string, AuditSubject | null>();
      const about = (entry: AuditEntry): AuditSubject | null => {
        const key = `${entry.subject} ${isOfFile(entry)}`;
        const known = told.get(key);
        const subject = known === undefined ? readRowOrNull(() => subjectOf(entry, context)) : known;
        told.set(key, subject);
        return subject;
      };
      return { entries: entries.map((entry) => ({ ...entry, about: about(entry) })), total };
    },
    verifyAudit: () => {
      const entries = all();
      const faults = [
        ...entryFaults(entries),
        ...markFaults(entries, parts.mark()),
        ...recordFaults(context.remote.records(), entries, null),
      ];
      return {
        ok: faults.length === 0,
        entries: entries.length,
        records: context.remote.records().length,
        firstFaultAt: faults[0]?.at ?? null,
      };
    },
    exportAudit: async () => {
      // Real records are proved by the installation's key, also while somebody practises.
      const isOnlyPractice = context.remote.records().every(isPractice);
      const key = await parts.key(isOnlyPractice && parts.practises());
      if (key.kind === 'unavailable') throw AppFault.of(key.error);
      const folder = await parts.chooseFolder();
      if (folder === null) return null;
      const at = context.clock.instant();
      noteExport(context, 'audit-exported', 'audit', at);
      await replaceFile(
        join(folder, `officina-support-audit-${at.replace(/[-:.]/gu, '').slice(0, 15)}.json`),
        exportChain(all(), context.remote.records(), at, key.key),
      );
      return { folder };
    },
  };
}
