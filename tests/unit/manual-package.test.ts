import { describe, expect, test } from 'vitest';
import { evidenceSchema } from '../../shared/domain/evidence.ts';
import { manualPackageSchema } from '../../shared/ipc/views.ts';
import { type ManualFacts, manualPackage } from '../../shared/rules/manual-package.ts';

const sha256 = 'ab'.repeat(32);
const file = (name: string) =>
  evidenceSchema.parse({
    id: '0b6f0c1e-6f4e-4c39-9a53-2f0a3f6a3c11',
    name,
    sha256,
    sizeBytes: 48_213,
    kind: 'log',
    origin: 'chosen',
    tailOnly: false,
    fileModifiedAt: '2026-11-24T08:00:00.000Z',
    frozenAt: '2026-11-24T08:01:00.000Z',
    removedAt: null,
  });
const facts: ManualFacts = {
  productName: 'K-TAG Master',
  serial: '310077',
  text: { language: 'it', subject: 'K-TAG Master - Si ferma al 38 %', body: 'PROBLEMA\nSi ferma al 38 %' },
  files: [file('lettura.log')],
  portalUrl: 'https://databank.alientech.to/ticket',
};

describe('manualPackage', () => {
  test('holds one block for each field of the web form in its order when everything is there', () => {
    const built = manualPackage(facts);
    expect(manualPackageSchema.parse(built)).toEqual(built);
    expect(built.blocks).toEqual([
      { label: 'product', text: 'K-TAG Master' },
      { label: 'tool', text: '310077' },
      { label: 'subject', text: 'K-TAG Master - Si ferma al 38 %' },
      { label: 'description', text: 'PROBLEMA\nSi ferma al 38 %' },
      { label: 'attachments', text: `lettura.log (48213 B, SHA-256 ${sha256})` },
    ]);
  });

  test('R-INFO-2: leaves out tool and attachments when there are none', () => {
    expect(manualPackage({ ...facts, serial: null, files: [] }).blocks.map((block) => block.label)).toEqual([
      'product',
      'subject',
      'description',
    ]);
  });

  test('keeps one line a file when a name holds line breaks or turns the writing direction', () => {
    const { blocks } = manualPackage({ ...facts, files: [file('a\nb\u{202E}gol.exe'), file('due.log')] });
    expect(blocks.at(-1)?.text).toBe(
      `a\u{FFFD}b\u{FFFD}gol.exe (48213 B, SHA-256 ${sha256})\ndue.log (48213 B, SHA-256 ${sha256})`,
    );
  });
});
