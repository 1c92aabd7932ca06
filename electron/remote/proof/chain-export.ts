import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type AuditEntry, auditEntrySchema } from '../../../shared/domain/audit-entry.ts';
import { instantSchema } from '../../../shared/domain/ids.ts';
import { jsonOf } from '../../../shared/domain/json-of.ts';
import {
  chainPointSchema,
  sessionRecordSchema,
  type SignedRecord,
  signedRecordSchema,
} from '../../../shared/domain/session-record.ts';
import { auditHash, genesisHash } from '../../store/audit-hash.ts';
import { isSigned, type SigningKey } from './signing-key.ts';

/** What the seal says and signs: how long the chain was and how it ended when it was exported. */
const sealSchema = z.object({
  format: z.literal('officina-audit-1'),
  entries: z.number().int().nonnegative(),
  records: z.number().int().nonnegative(),
  recordsSha256: z.string(),
  head: chainPointSchema,
  at: instantSchema,
  publicKey: z.string(),
});

const exportSchema = z.object({
  seal: z.string(),
  signature: z.string(),
  entries: z.array(auditEntrySchema),
  records: z.array(signedRecordSchema),
});

/** One thing that is wrong, and where; `at` is a number of the chain or of the records, from 1. */
export const chainFaults = [
  'not-an-export',
  'seal-broken',
  'other-key',
  'entry-altered',
  'entry-missing',
  'entry-out-of-order',
  'cut-short',
  'too-long',
  'record-altered',
  'record-unknown',
  'record-missing',
  'record-out-of-place',
] as const;
export type ChainFault = { readonly fault: (typeof chainFaults)[number]; readonly at: number };
export type ChainReport = {
  readonly ok: boolean;
  readonly faults: readonly ChainFault[];
  readonly entries: number;
  readonly records: number;
  readonly publicKey: string | null;
  readonly sealedAt: string | null;
};

export const sha256Text = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Problems of the entries alone, as the store holds them; empty when every link holds. */
export function entryFaults(entries: readonly AuditEntry[]): readonly ChainFault[] {
  const faults: ChainFault[] = [];
  let previousHash: AuditEntry['hash'] = genesisHash;
  let expected = 1;
  for (const entry of entries) {
    if (entry.sequence < expected) faults.push({ fault: 'entry-out-of-order', at: entry.sequence });
    else if (entry.sequence > expected) faults.push({ fault: 'entry-missing', at: expected });
    if (auditHash(entry) !== entry.hash || entry.previousHash !== previousHash)
      faults.push({ fault: 'entry-altered', at: entry.sequence });
    previousHash = entry.hash;
    expected = entry.sequence + 1;
  }
  return faults;
}

/**
 * What was cut off the end, or written over with its links made good again: the chain alone does not show it, the mark outside the
 * store does (FINDING-3, THREAT-12).
 */
export function markFaults(
  entries: readonly AuditEntry[],
  mark: { readonly sequence: number; readonly hash: string } | null,
): readonly ChainFault[] {
  if (mark === null || mark.sequence === 0) return [];
  const marked = entries.find(({ sequence }) => sequence === mark.sequence);
  if (marked === undefined) return [{ fault: 'cut-short', at: entries.at(-1)?.sequence ?? 0 }];
  return marked.hash === mark.hash ? [] : [{ fault: 'entry-altered', at: mark.sequence }];
}

/**
 * Problems of the signed records beside the chain they point into.
 * @param publicKey the one key they must be of; null takes each with its own, as where practice and real ones lie side by side
 */
export function recordFaults(
  records: readonly SignedRecord[],
  entries: readonly AuditEntry[],
  publicKey: string | null,
): readonly ChainFault[] {
  const hashes = new Map<number, string>([
    [0, genesisHash],
    ...entries.map((entry): [number, string] => [entry.sequence, entry.hash]),
  ]);
  const named = new Map(
    entries.flatMap((entry) =>
      typeof entry.detail['record'] === 'string' ? [[entry.detail['record'], entry.sequence] as const] : [],
    ),
  );
  const faults: ChainFault[] = [];
  for (const [index, { record, signature, publicKey: by }] of records.entries()) {
    const at = index + 1;
    if (publicKey !== null && by !== publicKey) faults.push({ fault: 'other-key', at });
    if (!isSigned(record, signature, by)) faults.push({ fault: 'record-altered', at });
    const parsed = sessionRecordSchema.safeParse(jsonOf(record));
    if (!parsed.success) {
      faults.push({ fault: 'record-altered', at });
      continue;
    }
    if (!named.delete(sha256Text(record))) faults.push({ fault: 'record-unknown', at });
    if (hashes.get(parsed.data.chain.sequence) !== parsed.data.chain.hash)
      faults.push({ fault: 'record-out-of-place', at });
  }
  for (const at of named.values()) faults.push({ fault: 'record-missing', at });
  return faults;
}

/** The whole chain with its signed records, sealed: one file that proves itself with nothing but the public key (THREAT-12). */
export function exportChain(
  entries: readonly AuditEntry[],
  records: readonly SignedRecord[],
  at: string,
  key: SigningKey,
): string {
  const last = entries.at(-1);
  const seal = JSON.stringify(
    sealSchema.parse({
      format: 'officina-audit-1',
      entries: entries.length,
      records: records.length,
      recordsSha256: sha256Text(records.map(({ record }) => sha256Text(record)).join('')),
      head: { sequence: last?.sequence ?? 0, hash: last?.hash ?? genesisHash },
      at,
      publicKey: key.publicKey,
    }),
  );
  return `${JSON.stringify({ seal, signature: key.sign(seal), entries, records }, null, 1)}\n`;
}

/** True for a record of a practice session, which has a key of its own. */
export function isPractice({ record }: SignedRecord): boolean {
  const parsed = sessionRecordSchema.safeParse(jsonOf(record));
  return (
    parsed.success && (parsed.data.kind === 'consent' ? parsed.data.practice : parsed.data.consent.practice)
  );
}

/**
 * Judges an exported chain by itself, without the store and without a network: what was inserted, deleted, altered, cut off or put
 * in another order since the seal was made is found. It is evident, not impossible: who holds the private key can make a new chain.
 * @param publicKey the key it must be of, as a receipt names it; null takes the one in the seal
 */
export function verifyChain(text: string, publicKey: string | null): ChainReport {
  const nothing = (fault: ChainFault['fault']): ChainReport => ({
    ok: false,
    faults: [{ fault, at: 0 }],
    entries: 0,
    records: 0,
    publicKey: null,
    sealedAt: null,
  });
  const parsed = exportSchema.safeParse(jsonOf(text));
  if (!parsed.success) return nothing('not-an-export');
  const { entries, records, seal: sealText, signature } = parsed.data;
  const sealed = sealSchema.safeParse(jsonOf(sealText));
  if (!sealed.success) return nothing('seal-broken');
  const seal = sealed.data;
  const faults: ChainFault[] = [];
  if (!isSigned(sealText, signature, seal.publicKey)) faults.push({ fault: 'seal-broken', at: 0 });
  if (publicKey !== null && publicKey !== seal.publicKey) faults.push({ fault: 'other-key', at: 0 });
  faults.push(...entryFaults(entries));
  const last = entries.at(-1);
  if (entries.length < seal.entries) faults.push({ fault: 'cut-short', at: entries.length });
  if (entries.length > seal.entries) faults.push({ fault: 'too-long', at: entries.length });
  if ((last?.hash ?? genesisHash) !== seal.head.hash)
    faults.push({
      fault: entries.length < seal.entries ? 'cut-short' : 'entry-altered',
      at: last?.sequence ?? 0,
    });
  if (
    records.length !== seal.records ||
    sha256Text(records.map(({ record }) => sha256Text(record)).join('')) !== seal.recordsSha256
  )
    faults.push({ fault: records.length < seal.records ? 'record-missing' : 'record-altered', at: 0 });
  // Practice sessions are signed with a key of their own, and their records say that they are practice.
  faults.push(
    ...recordFaults(
      records.filter((item) => !isPractice(item)),
      entries,
      seal.publicKey,
    ).filter(({ fault }) => fault !== 'record-missing'),
    ...recordFaults(records, entries, null),
  );
  return {
    ok: faults.length === 0,
    faults,
    entries: entries.length,
    records: records.length,
    publicKey: seal.publicKey,
    sealedAt: seal.at,
  };
}
