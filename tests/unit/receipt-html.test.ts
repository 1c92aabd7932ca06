import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupHtml } from '../../electron/remote/proof/backup-html.ts';
import { receiptHtml } from '../../electron/remote/proof/receipt-html.ts';
import { practiceKey } from '../../electron/remote/proof/signing-key.ts';
import { type BackupProof, backupProofSchema, backupReceiptSchema } from '../../shared/domain/backup.ts';
import { type SessionReceipt, sessionReceiptSchema } from '../../shared/domain/session-record.ts';
import { sha256 } from '../fixtures/backup-world.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { hostileTexts } from '../fixtures/hostile-texts.ts';

const uuid = '7a7a7a7a-1111-4222-8333-444455556666';
const hash = 'a'.repeat(64);
const at = '2026-11-24T17:05:00.000Z';

function receipt(text: string): SessionReceipt {
  const short = [...text].slice(0, 60).join('');
  return sessionReceiptSchema.parse({
    kind: 'receipt',
    id: uuid,
    toolVersion: '15.51.5',
    toolSigner: short,
    launchedAt: at,
    endedAt: at,
    proof: 'said',
    endedBy: 'person',
    lastStep: 'key',
    seen: [{ at, seen: 'cannot-tell' }],
    madeAt: at,
    stayed: [short],
    newFiles: [short],
    newFilesTotal: 1,
    terms: { version: `${short}x`.slice(0, 40), sha256: hash, acceptedAt: at, customerCode: `${short}xx` },
    chain: { sequence: 4, hash },
    consent: {
      kind: 'consent',
      id: uuid,
      sessionId: uuid,
      ticketId: uuid,
      number: '48190',
      operator: `${short}xx`,
      customerCode: 'ALI-1',
      name: `${short}xx`,
      language: 'it',
      textVersion: 'remote-1',
      textSha256: hash,
      backupId: uuid,
      backupSha256: hash,
      givenAt: at,
      validForMs: 900_000,
      practice: true,
      chain: { sequence: 3, hash },
    },
    backup: {
      id: uuid,
      kind: 'made',
      startedAt: at,
      finishedAt: at,
      folders: ['C:\\K-Suite'],
      destination: short,
      sameDisk: false,
      files: 3,
      bytes: 30,
      copiedFiles: 3,
      unchangedFiles: 0,
      readBackFiles: 3,
      differentFiles: 0,
      sampleRestored: 3,
      skipped: [{ place: short, reason: 'locked' }],
      manifestSha256: hash,
    },
  });
}

test.each([
  'it',
  'en',
] as const)('THREAT-1: receipt holds no markup but its own when its texts are hostile (%s)', (language) => {
  const key = practiceKey(join(freshFolder(), 'key'));
  const signed = { record: '{}', signature: key.sign('{}'), publicKey: key.publicKey };
  const tags = (html: string): readonly string[] =>
    [...html.matchAll(/<\/?([a-z0-9!]+)/giu)].map((match) => (match[1] ?? '').toLowerCase());
  const calm = tags(receiptHtml(receipt('plain'), signed, language));
  expect(hostileTexts.length).toBeGreaterThanOrEqual(10);
  for (const text of hostileTexts) expect(tags(receiptHtml(receipt(text), signed, language))).toEqual(calm);
});

test.each([
  'made',
  'declared',
] as const)('THREAT-1: receipt of a backup %s holds no markup but its own when its texts are hostile', (kind) => {
  const key = practiceKey(join(freshFolder(), 'key'));
  const proofOf = (text: string): BackupProof =>
    backupProofSchema.parse(
      kind === 'made'
        ? receipt(text).backup
        : {
            id: uuid,
            kind,
            what: `${text} xxx`.slice(0, 900),
            where: `${text} xx`.slice(0, 290),
            on: '2026-11-23',
            by: `${text} xx`.slice(0, 110),
            declaredAt: at,
          },
    );
  const htmlOf = (text: string): string => {
    const record = JSON.stringify(proofOf(text));
    return backupHtml(proofOf(text), { record, signature: key.sign(record), publicKey: key.publicKey }, 'it');
  };
  const tags = (html: string): readonly string[] =>
    [...html.matchAll(/<\/?([a-z0-9!]+)/giu)].map((match) => (match[1] ?? '').toLowerCase());
  expect(hostileTexts.length).toBeGreaterThanOrEqual(10);
  for (const text of hostileTexts) expect(tags(htmlOf(text))).toEqual(tags(htmlOf('plain')));
});

test('R-BACKUP-1: receipt of a backup names counts, bytes, every place and reason left out, and the hash the consent holds', () => {
  const key = practiceKey(join(freshFolder(), 'key'));
  const made = backupReceiptSchema.parse({
    ...receipt('D:\\').backup,
    files: 50_000,
    bytes: 5_368_709_120,
    copiedFiles: 49_000,
    unchangedFiles: 1_000,
    readBackFiles: 50_000,
    skipped: Array.from({ length: 600 }, (_, index) => ({
      place: `K-Suite/f${index}.log`,
      reason: index === 0 ? 'locked' : 'link',
    })),
  });
  const record = JSON.stringify(made);
  const html = backupHtml(made, { record, signature: key.sign(record), publicKey: key.publicKey }, 'en');
  for (const words of [
    '50000 files',
    '5368709120 bytes',
    '49000 copied now, 1000 the same already',
    'another drive',
    'K-Suite/f0.log: held by a program',
    'K-Suite/f499.log: a link',
    'and 100 more',
    sha256(record),
    key.publicKey,
    hash,
  ])
    expect(html).toContain(words);
  expect(html).not.toContain('K-Suite/f500.log');
  const declared = backupProofSchema.parse({
    id: uuid,
    kind: 'declared',
    what: 'Drive C',
    where: 'external drive',
    on: '2026-11-23',
    by: 'Mario',
    declaredAt: at,
  });
  expect(
    backupHtml(declared, { record: '{}', signature: key.sign('{}'), publicKey: key.publicKey }, 'en'),
  ).toContain('DECLARED');
});

test('R-REMOTE-8: receipt names who, when, how, the text agreed to, what was left out, and what it cannot say', () => {
  const key = practiceKey(join(freshFolder(), 'key'));
  const html = receiptHtml(
    receipt('K-TAG/job.log'),
    { record: '{}', signature: key.sign('{}'), publicKey: key.publicKey },
    'en',
  );
  for (const words of [
    '48190',
    'PRACTICE ONLY',
    'end stated by the person at the PC, not verified',
    'contraffatte',
    'K-TAG/job.log: held by a program',
    'the program does not see it',
    'own key',
    'cannot tell: signals are missing',
    key.publicKey,
    hash,
  ])
    expect(html).toContain(words);
});

test('R-REMOTE-8: receipt claims no more than was seen: not who ended it, nor that what could not be read was looked at', () => {
  const key = practiceKey(join(freshFolder(), 'key'));
  const signed = { record: '{}', signature: key.sign('{}'), publicKey: key.publicKey };
  const made = { ...receipt('K-TAG/job.log'), proof: 'proved' as const, lastStep: null };
  // Receipts that name the other side were made before this was told apart.
  for (const endedBy of ['elsewhere', 'operator'] as const) {
    const html = receiptHtml({ ...made, endedBy }, signed, 'en');
    expect(html).toContain('not ended from this program, end verified');
    expect(html).not.toContain('ended by the other side');
    expect(html).not.toContain('could not be read');
  }
  const unread = receiptHtml({ ...made, programsCompared: false, newFilesWhole: false }, signed, 'en');
  expect(unread).toContain('Which programs were installed meanwhile could not be read.');
  expect(unread).toContain('too many files to look through all of them');
});

test('R-REMOTE-3: receipt prints what was agreed to in the language it was agreed to in', () => {
  const key = practiceKey(join(freshFolder(), 'key'));
  const html = receiptHtml(
    receipt('x'),
    { record: '{}', signature: key.sign('{}'), publicKey: key.publicKey },
    'en',
  );
  expect(html).toContain('Receipt of the remote session');
  expect(html).toContain('vedere lo schermo e i programmi aperti');
  expect(html).not.toContain('see the screen and the open programs');
});

test('R-ACCEPT-1: receipt of a session names the terms accepted for its request, and one from before prints without', () => {
  const whole = receipt('x');
  const key = practiceKey(join(freshFolder(), 'key'));
  const signed = { record: '{}', signature: key.sign('{}'), publicKey: key.publicKey };
  const html = (one: SessionReceipt): string => receiptHtml(one, signed, 'it');
  expect(
    html({
      ...whole,
      terms: { version: 'it-1', sha256: 'c'.repeat(64), acceptedAt: at, customerCode: 'ALI-1' },
    }),
  ).toMatch(/Termini del fornitore.*versione it-1, accettata da ALI-1.*c{64}/su);
  const { terms: _none, ...older } = whole;
  expect(html(older)).not.toContain('Termini del fornitore');
  expect(html({ ...whole, terms: null })).not.toContain('Termini del fornitore');
});
