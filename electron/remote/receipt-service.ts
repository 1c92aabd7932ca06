import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Language } from '../../shared/domain/ids.ts';
import { jsonOf } from '../../shared/domain/json-of.ts';
import { sessionConsentSchema, type SessionReceipt, sessionReceiptSchema, type SignedRecord } from '../../shared/domain/session-record.ts';
import { safeFileName } from '../../shared/rules/safe-file-name.ts';
import { listedKind } from '../platform/listed-kind.ts';
import type { Rooms } from '../rooms.ts';
import type { StoredSession } from '../store/remote-repository.ts';
import { sha256Text } from './proof/chain-export.ts';
import { receiptHtml } from './proof/receipt-html.ts';
import type { SigningKey } from './proof/signing-key.ts';
import { writeReceipt } from './proof/write-receipt.ts';

export type ReceiptParts = {
  readonly rooms: Rooms;
  /** Where every receipt is kept, as PDF and as JSON. */
  readonly folder: string;
  readonly printPdf: (html: string) => Promise<Uint8Array>;
  readonly language: () => Language;
  /** Folders looked through for files that are new: those the tools write to. */
  readonly toolFolders: () => Promise<readonly string[]>;
  readonly installedPrograms: () => Promise<readonly string[]>;
};

export type ReceiptService = {
  /** Makes, signs and keeps the receipt of a session that is over; the same one when it was made before. */
  readonly make: (session: StoredSession, stayed: readonly string[], key: SigningKey) => Promise<SessionReceipt>;
  readonly find: (id: string) => { readonly receipt: SessionReceipt; readonly signed: SignedRecord } | null;
  /** Writes PDF and JSON into a folder; returns the PDF's path. */
  readonly write: (id: string, folder: string) => Promise<string>;
};

const mostNewFiles = 200;
const mostEntries = 50_000;

/** Names of files below the folders that changed since then; what cannot be listed is passed over, and nothing is opened. */
async function filesSince(
  folders: readonly string[],
  sinceMs: number,
): Promise<{ readonly names: readonly string[]; readonly total: number }> {
  const names: string[] = [];
  let total = 0;
  let seen = 0;
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined && seen < mostEntries; folder = waiting.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      seen += 1;
      const path = join(folder, entry.name);
      const kind = await listedKind(entry, path);
      if (kind.isDirectory()) waiting.push(path);
      if (
        !kind.isFile() ||
        (await stat(path).then(
          (stats) => stats.mtimeMs,
          () => 0,
        )) < sinceMs
      )
        continue;
      total += 1;
      if (names.length < mostNewFiles) names.push(entry.name.slice(0, 300));
    }
  }
  return { names, total };
}

export function receiptService(parts: ReceiptParts): ReceiptService {
  const { rooms } = parts;
  const find: ReceiptService['find'] = (id) => {
    const signed = rooms.remote.findRecord(id);
    const parsed = signed === null ? null : sessionReceiptSchema.safeParse(jsonOf(signed.record));
    return signed === null || parsed?.success !== true ? null : { receipt: parsed.data, signed };
  };
  const write: ReceiptService['write'] = async (id, folder) => {
    const found = find(id);
    if (found === null) throw new AppFault('notFound');
    const name = safeFileName(`sessione-${found.receipt.consent.number}-${found.receipt.id.slice(0, 8)}`);
    return writeReceipt(folder, name, await parts.printPdf(receiptHtml(found.receipt, found.signed, parts.language())), found.signed);
  };
  return {
    find,
    write,
    make: async (session, stayed, key) => {
      const { facts, state } = session;
      const earlier = facts.receiptId === null ? null : find(facts.receiptId);
      if (earlier !== null) return earlier.receipt;
      const consentRecord = facts.consentId === null ? null : rooms.remote.findRecord(facts.consentId);
      const backup = state.preparation.backupId === null ? null : rooms.remote.findProof(state.preparation.backupId);
      if (consentRecord === null || backup === null || state.phase !== 'ended' || facts.launchedAt === null)
        throw new AppFault('remote.noSession');
      const { names, total } = await filesSince(await parts.toolFolders(), Date.parse(facts.launchedAt));
      const installed = await parts.installedPrograms();
      const receipt = rooms.transact(() => {
        const made = sessionReceiptSchema.parse({
          kind: 'receipt',
          id: randomUUID(),
          consent: sessionConsentSchema.parse(JSON.parse(consentRecord.record)),
          toolVersion: facts.toolVersion,
          toolSigner: facts.toolSigner,
          launchedAt: facts.launchedAt,
          endedAt: facts.endedAt ?? rooms.clock.instant(),
          proof: state.proof,
          endedBy: state.by,
          lastStep: state.lastStep,
          seen: facts.seen,
          backup,
          stayed: [...stayed, ...installed.filter((name) => !facts.installedBefore.includes(name))].slice(0, 500),
          newFiles: names,
          newFilesTotal: total,
          madeAt: rooms.clock.instant(),
          chain: rooms.audit.head(),
        });
        const record = JSON.stringify(made);
        rooms.remote.addRecord(
          made.id,
          session.id,
          'receipt',
          { record, signature: key.sign(record), publicKey: key.publicKey },
          made.madeAt,
        );
        rooms.remote.saveSession(session.id, state, { ...facts, receiptId: made.id }, made.madeAt);
        rooms.audit.append(made.madeAt, 'receipt-made', session.id, { record: sha256Text(record), ticket: made.consent.number });
        return made;
      });
      await write(receipt.id, parts.folder);
      return receipt;
    },
  };
}
