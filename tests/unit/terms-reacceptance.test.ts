import { expect, test } from 'vitest';
import { waitsForTerms } from '../../shared/rules/terms-reacceptance.ts';

const inForce = { version: '2', sha256: 'b'.repeat(64) };
const accepted = { ...inForce, acceptedAt: '2026-11-24T09:00:00.000Z', customerCode: 'ALI-1' };
const creation = { work: { kind: 'create-ticket' }, state: 'queued', attempts: 0 } as const;

test.each([
  ['the same were accepted', creation, accepted, false],
  ['another version was accepted', creation, { ...accepted, version: '1' }, true],
  ['the same version of another text was accepted', creation, { ...accepted, sha256: 'a'.repeat(64) }, true],
  ['it was tried before', { ...creation, attempts: 1 }, { ...accepted, version: '1' }, false],
  ['it may be there', { ...creation, state: 'unknown' as const }, { ...accepted, version: '1' }, false],
  [
    'it is a closing',
    { ...creation, work: { kind: 'close-ticket' } as const },
    { ...accepted, version: '1' },
    false,
  ],
  ['the ticket was opened elsewhere', creation, null, false],
])('R-ACCEPT-1: request waits for the terms in force or not when %s', (_when, item, terms, waits) => {
  expect(waitsForTerms(item, terms, () => inForce)).toBe(waits);
});
