import { join } from 'node:path';
import { expect, test } from 'vitest';
import { receiptHtml } from '../../electron/remote/proof/receipt-html.ts';
import { practiceKey } from '../../electron/remote/proof/signing-key.ts';
import { type SessionReceipt, sessionReceiptSchema } from '../../shared/domain/session-record.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { hostileTexts } from '../fixtures/hostile-texts.ts';

const uuid = '7a7a7a7a-1111-4222-8333-444455556666';
const hash = 'a'.repeat(64);
const at = '2026-11-24T17:05:00.000Z';

function receipt(text: string): SessionReceipt {
  const short = [...text].slice(0, 60).join('');
  return sessionReceiptSchema.parse({
    kind: 'receipt', id: uuid, toolVersion: '15.51.5', toolSigner: short, launchedAt: at, endedAt: at, proof: 'said', endedBy: 'person', lastStep: null, seen: [], madeAt: at, stayed: [short], newFiles: [short], newFilesTotal: 1, chain: { sequence: 4, hash },
    consent: { kind: 'consent', id: uuid, sessionId: uuid, ticketId: uuid, number: '48190', operator: `${short}xx`, customerCode: 'ALI-1', name: `${short}xx`, language: 'it', textVersion: 'remote-1', textSha256: hash, backupId: uuid, backupSha256: hash, givenAt: at, validForMs: 900_000, practice: true, chain: { sequence: 3, hash } },
    backup: { id: uuid, kind: 'made', startedAt: at, finishedAt: at, folders: ['C:\\K-Suite'], destination: short, sameDisk: false, files: 3, bytes: 30, copiedFiles: 3, unchangedFiles: 0, readBackFiles: 3, differentFiles: 0, sampleRestored: 3, skipped: [{ place: short, reason: 'locked' }], manifestSha256: hash },
  });
}

test.each(['it', 'en'] as const)('T1 receipt holds no markup but its own when its texts are hostile (%s)', (language) => {
  const key = practiceKey(join(freshFolder(), 'key'));
  const signed = { record: '{}', signature: key.sign('{}'), publicKey: key.publicKey };
  const tags = (html: string): readonly string[] => [...html.matchAll(/<\/?([a-z0-9!]+)/giu)].map((match) => (match[1] ?? '').toLowerCase());
  const calm = tags(receiptHtml(receipt('plain'), signed, language));
  for (const text of hostileTexts) expect(tags(receiptHtml(receipt(text), signed, language))).toEqual(calm);
});

test('R-REMOTE-8 receipt names who, when, how, the text agreed to, what was left out, and what it cannot say', () => {
  const key = practiceKey(join(freshFolder(), 'key'));
  const html = receiptHtml(receipt('K-TAG/job.log'), { record: '{}', signature: key.sign('{}'), publicKey: key.publicKey }, 'en');
  for (const words of ['48190', 'PRACTICE ONLY', 'end told by the person, not proved', 'counterfeit', 'K-TAG/job.log: held by a program', 'the program does not see it', key.publicKey, hash]) expect(html).toContain(words);
});
