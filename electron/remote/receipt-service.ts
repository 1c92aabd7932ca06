import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Language } from '../../shared/domain/ids.ts';
import { jsonOf } from '../../shared/domain/json-of.ts';
import {
  sessionConsentSchema,
  type SessionReceipt,
  sessionReceiptSchema,
  type SignedRecord,
} from '../../shared/domain/session-record.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import type { ServiceContext } from '../store/service-context.ts';
import { readRowOrNull } from '../store/stored-row.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import { filesSince } from './files-since.ts';
import { sha256Text } from './proof/chain-export.ts';
import { receiptHtml } from './proof/receipt-html.ts';
import type { SigningKey } from './proof/signing-key.ts';
import { writeReceipt } from './proof/write-receipt.ts';

export type ReceiptParts = {
  readonly context: ServiceContext;
  /** Where every receipt is kept, as PDF and as JSON. */
  readonly folder: string;
  readonly printPdf: (html: string) => Promise<Uint8Array>;
  readonly language: () => Language;
  /** Folders looked through for files that are new: those the tools write to. */
  readonly toolFolders: () => Promise<readonly string[]>;
  /** By name; null when the system does not say. */
  readonly installedPrograms: () => Promise<readonly string[] | null>;
};

export type ReceiptService = {
  /** Makes, signs and keeps the receipt of a session that is over; never a second one. */
  readonly make: (session: StoredSession, stayed: readonly string[], key: SigningKey) => Promise<void>;
  /** Writes what of a receipt's files is missing where every receipt is kept: a crash comes between its row and them. */
  readonly keep: (id: string) => Promise<void>;
  readonly find: (id: string) => { readonly receipt: SessionReceipt; readonly signed: SignedRecord } | null;
  /** Writes PDF and JSON into a folder; returns the PDF's path. */
  readonly write: (id: string, folder: string) => Promise<string>;
};

export function receiptService(parts: ReceiptParts): ReceiptService {
  const { context } = parts;
  const find: ReceiptService['find'] = (id) => {
    const signed = context.remote.findRecord(id);
    const parsed = signed === null ? null : sessionReceiptSchema.safeParse(jsonOf(signed.record));
    return signed === null || parsed?.success !== true ? null : { receipt: parsed.data, signed };
  };
  const nameOf = ({ consent, id }: SessionReceipt): string =>
    safeFileName(`sessione-${consent.number}-${id.slice(0, 8)}`);
  const required = (id: string): NonNullable<ReturnType<ReceiptService['find']>> => {
    const found = find(id);
    if (found === null) throw new AppFault('notFound');
    return found;
  };
  const write: ReceiptService['write'] = async (id, folder) => {
    const { receipt, signed } = required(id);
    return writeReceipt(
      folder,
      nameOf(receipt),
      await parts.printPdf(receiptHtml(receipt, signed, parts.language())),
      signed,
    );
  };
  const isThere = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    );
  const keep: ReceiptService['keep'] = async (id) => {
    const name = join(parts.folder, nameOf(required(id).receipt));
    if (!(await isThere(`${name}.json`)) || !(await isThere(`${name}.pdf`))) await write(id, parts.folder);
  };
  return {
    find,
    write,
    keep,
    make: async (session, stayed, key) => {
      const { facts, state } = session;
      const consentRecord = facts.consentId === null ? null : context.remote.findRecord(facts.consentId);
      const backup =
        state.preparation.backupId === null ? null : context.remote.findProof(state.preparation.backupId);
      if (consentRecord === null || backup === null || state.phase !== 'ended' || facts.launchedAt === null)
        throw new AppFault('remote.noSession');
      const { names, total, isWhole } = await filesSince(
        await parts.toolFolders(),
        Date.parse(facts.launchedAt),
      );
      const installed = await parts.installedPrograms();
      const { installedBefore } = facts;
      const programsCompared = installed !== null && installedBefore !== null;
      const added = programsCompared ? installed.filter((name) => !installedBefore.includes(name)) : [];
      const receiptId = context.transact(() => {
        // What was noted while folders and registry were read belongs on it, and one made meanwhile is the one.
        const now = context.remote.find(session.id) ?? session;
        if (now.facts.receiptId !== null) return now.facts.receiptId;
        const made = sessionReceiptSchema.parse({
          kind: 'receipt',
          id: randomUUID(),
          consent: sessionConsentSchema.parse(JSON.parse(consentRecord.record)),
          toolVersion: facts.toolVersion,
          toolSigner: facts.toolSigner,
          launchedAt: facts.launchedAt,
          endedAt: facts.endedAt ?? context.clock.instant(),
          proof: state.proof,
          endedBy: state.by,
          lastStep: state.lastStep,
          seen: now.facts.seen,
          backup,
          stayed: [...stayed, ...added].slice(0, 500),
          programsCompared,
          newFiles: names,
          newFilesTotal: total,
          newFilesWhole: isWhole,
          terms: readRowOrNull(() => context.tickets.find(session.ticketId))?.terms ?? null,
          madeAt: context.clock.instant(),
          chain: context.audit.head(),
        });
        const record = JSON.stringify(made);
        context.remote.addRecord(
          made.id,
          session.id,
          'receipt',
          { record, signature: key.sign(record), publicKey: key.publicKey },
          made.madeAt,
        );
        context.remote.saveSession(session.id, now.state, { ...now.facts, receiptId: made.id }, made.madeAt);
        context.audit.append(made.madeAt, 'receipt-made', session.id, {
          record: sha256Text(record),
          ticket: made.consent.number,
        });
        return made.id;
      });
      await keep(receiptId);
    },
  };
}
