import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportChain, sha256Text, verifyChain } from '../../electron/remote/proof/chain-export.ts';
import { keychainKey, practiceKey, type SigningKey } from '../../electron/remote/proof/signing-key.ts';
import type { Keychain, Secret } from '../../electron/secrets/keychain.ts';
import { auditHash, genesisHash } from '../../electron/store/audit-hash.ts';
import type { AuditEntry } from '../../shared/domain/audit-entry.ts';
import { ticketIdSchema, ticketNumberSchema } from '../../shared/domain/ids.ts';
import type { SessionConsent, SignedRecord } from '../../shared/domain/session-record.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';

const uuid = (digit: number): string => `${digit}a7a7a7a-1111-4222-8333-444455556666`;

/** A chain of twelve entries, two of them consents, signed as the program signs. */
function world(key: SigningKey): { readonly entries: AuditEntry[]; readonly records: SignedRecord[] } {
  const entries: AuditEntry[] = [];
  const records: SignedRecord[] = [];
  const add = (action: AuditEntry['action'], detail: AuditEntry['detail']): void => {
    const open = {
      sequence: entries.length + 1,
      at: '2026-11-24T17:05:00.000Z',
      action,
      subject: 'x',
      detail,
      previousHash: entries.at(-1)?.hash ?? genesisHash,
    };
    entries.push({ ...open, hash: auditHash(open) });
  };
  for (let index = 0; index < 12; index += 1) {
    if (index % 6 !== 3) {
      add('tool-saved', { index });
      continue;
    }
    const consent: SessionConsent = {
      kind: 'consent',
      id: uuid(index),
      sessionId: uuid(1),
      ticketId: ticketIdSchema.parse(uuid(2)),
      number: ticketNumberSchema.parse('48190'),
      operator: 'Marco B.',
      customerCode: 'ALI-1',
      name: 'Mario Rossi',
      language: 'it',
      textVersion: 'remote-1',
      textSha256: genesisHash,
      backupId: uuid(3),
      backupSha256: genesisHash,
      givenAt: '2026-11-24T17:05:00.000Z',
      validForMs: 900_000,
      practice: false,
      chain: { sequence: entries.length, hash: entries.at(-1)?.hash ?? genesisHash },
    };
    const record = JSON.stringify(consent);
    records.push({ record, signature: key.sign(record), publicKey: key.publicKey });
    add('session-consented', { record: sha256Text(record) });
  }
  return { entries, records };
}

/** The hashes made right again from one place on, as somebody would who knows how the chain is built but has no key. */
function rehashed(entries: readonly AuditEntry[]): AuditEntry[] {
  const made: AuditEntry[] = [];
  for (const entry of entries) {
    const open = { ...entry, sequence: made.length + 1, previousHash: made.at(-1)?.hash ?? genesisHash };
    made.push({ ...open, hash: auditHash(open) });
  }
  return made;
}

type Exported = { seal: string; signature: string; entries: AuditEntry[]; records: SignedRecord[] };

describe('verifyChain', () => {
  const key = practiceKey(join(mkdtempSync(join(tmpdir(), 'officina-key-')), 'key'));
  const { entries, records } = world(key);
  const text = exportChain(entries, records, '2026-11-24T18:00:00.000Z', key);
  const tampered = (change: (exported: Exported) => void): string => {
    const exported = JSON.parse(text) as Exported;
    change(exported);
    return JSON.stringify(exported);
  };

  test('THREAT-12: an untouched export is intact with the public key alone', () => {
    expect(verifyChain(text, null)).toMatchObject({ ok: true, faults: [], entries: 12, records: 2 });
    expect(verifyChain(text, key.publicKey).ok).toBe(true);
  });

  test('THREAT-12: each entry is missed when it is deleted, altered, doubled, moved or cut off, hashes made right or not', () => {
    let tried = 0;
    const found: boolean[] = [];
    for (let at = 0; at < entries.length; at += 1) {
      const changes: ((exported: Exported) => void)[] = [
        (exported) => exported.entries.splice(at, 1),
        (exported) => exported.entries.splice(at),
        (exported) => exported.entries.splice(at, 0, structuredClone(entries[at] as AuditEntry)),
        (exported) => {
          (exported.entries[at] as AuditEntry).subject = 'y';
        },
        (exported) => {
          (exported.entries[at] as AuditEntry).at = '2026-11-24T17:05:00.001Z';
        },
        (exported) =>
          exported.entries.push(...exported.entries.splice(at, at === entries.length - 1 ? 0 : 1)),
      ];
      for (const [index, change] of changes.entries()) {
        if (index === 5 && at === entries.length - 1) continue;
        for (const mend of [false, true]) {
          tried += 1;
          found.push(
            !verifyChain(
              tampered((exported) => {
                change(exported);
                if (mend) exported.entries = rehashed(exported.entries);
              }),
              null,
            ).ok,
          );
        }
      }
    }
    expect(tried).toBeGreaterThan(130);
    expect(found.every(Boolean)).toBe(true);
  });

  test('THREAT-12: a record that is altered, taken out, added or exchanged is found, and a seal of another key too', () => {
    const other = practiceKey(join(freshFolder(), 'key'));
    const changes: ((exported: Exported) => void)[] = [
      (exported) => exported.records.pop(),
      (exported) => exported.records.reverse(),
      (exported) => exported.records.push(structuredClone(records[0] as SignedRecord)),
      (exported) => {
        exported.records[0] = {
          ...(records[0] as SignedRecord),
          record: (records[0] as SignedRecord).record.replace('Mario', 'Maria'),
        };
      },
      (exported) => {
        exported.records[0] = {
          ...(records[0] as SignedRecord),
          signature: other.sign((records[0] as SignedRecord).record),
        };
      },
      (exported) => {
        exported.records[0] = {
          record: (records[0] as SignedRecord).record,
          signature: other.sign((records[0] as SignedRecord).record),
          publicKey: other.publicKey,
        };
      },
      (exported) => {
        exported.seal = exported.seal.replace('"entries":12', '"entries":11');
      },
      (exported) => {
        exported.signature = other.sign(exported.seal);
      },
    ];
    expect(changes.map((change) => verifyChain(tampered(change), null).ok)).toEqual(changes.map(() => false));
    const forged = exportChain(entries, records, '2026-11-24T18:00:00.000Z', other);
    expect(verifyChain(forged, key.publicKey).faults).toContainEqual({ fault: 'other-key', at: 0 });
    for (const garbage of ['', '{}', 'null', '[]', text.slice(0, 400)])
      expect(verifyChain(garbage, null)).toMatchObject({ ok: false });
  });

  test('THREAT-12: the script says so with its exit code', () => {
    const folder = freshFolder();
    const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')];
    writeFileSync(good, text);
    writeFileSync(
      bad,
      tampered((exported) => exported.entries.pop()),
    );
    const ran = (...args: string[]): readonly [number | null, string] => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [
          resolve(import.meta.dirname, '../../electron/remote/proof/verify-file.ts'),
          '--language',
          'en',
          ...args,
        ],
        { encoding: 'utf8' },
      );
      return [status, stdout];
    };
    expect(ran(good, '--key', key.publicKey)).toEqual([
      0,
      expect.stringMatching(/^INTACT: audit of 12 entries and 2 signed records, .*\n$/u),
    ]);
    expect(ran(bad)).toEqual([
      1,
      expect.stringMatching(
        /^The audit was cut off: it ends at entry 11\.\n[\s\S]*BROKEN: audit of 11 entries/u,
      ),
    ]);
    expect(ran(join(folder, 'nowhere.json'))[0]).toBe(2);
    expect(ran()[0]).toBe(2);
  });
});

describe('keychainKey', () => {
  const kept = (first: Secret, forgets = false): Keychain => {
    let secret = first;
    return {
      read: async () => secret,
      save: async (_account, text) => {
        if (!forgets) secret = { kind: 'present', secret: text };
      },
      remove: async () => false,
    };
  };
  test('R-REMOTE-3: is made once and kept, and is unavailable where the keychain is', async () => {
    const keychain = kept({ kind: 'absent' });
    const [first, second] = [await keychainKey(keychain), await keychainKey(keychain)];
    expect(
      first.kind === 'ready' && second.kind === 'ready' && first.key.publicKey === second.key.publicKey,
    ).toBe(true);
    expect(
      await keychainKey(kept({ kind: 'unavailable', error: { code: 'keychain.absent', params: {} } })),
    ).toMatchObject({
      kind: 'unavailable',
      error: { code: 'keychain.absent' },
    });
    expect(await keychainKey(kept({ kind: 'absent' }, true))).toMatchObject({ kind: 'unavailable' });
    expect(await keychainKey(kept({ kind: 'present', secret: 'not a key' }))).toMatchObject({
      kind: 'unavailable',
    });
  });
});
