import { expect, test } from 'vitest';
import { italianMoment, pcMomentBeside } from '../../shared/i18n/italian-time.ts';

const now = Date.parse('2026-12-04T16:00:00.000Z');

test.each([
  ['2026-12-04T17:00:00.000Z', 'it', /^18:00$/u],
  ['2026-12-07T07:30:00.000Z', 'it', /^lun 7 dic, 08:30$/u],
  ['2026-12-07T07:30:00.000Z', 'en', /^Mon,? 7 Dec, 08:30$/u],
  ['2026-07-06T06:30:00.000Z', 'it', /^lun 6 lug, 08:30$/u],
  // Midnight in Rome is another year an hour earlier than elsewhere.
  ['2026-12-31T22:59:00.000Z', 'it', /^gio 31 dic, 23:59$/u],
  ['2026-12-31T23:00:00.000Z', 'it', /^ven 1 gen 2027, 00:00$/u],
  ['2099-12-31T22:59:00.000Z', 'en', /^Thu,? 31 Dec 2099, 23:59$/u],
] as const)('R-HOURS-1: %s is said in %s as Italian time: %s', (instant, language, words) => {
  expect(italianMoment(instant, language, now)).toMatch(words);
});

test('R-HOURS-1: time of this PC stands beside it only where it says something else', () => {
  expect(pcMomentBeside('2026-12-07T07:30:00.000Z', 'it', now, 'Europe/Rome')).toBeNull();
  expect(pcMomentBeside('2026-12-07T07:30:00.000Z', 'it', now, 'Europe/Berlin')).toBeNull();
  expect(pcMomentBeside('2026-12-07T07:30:00.000Z', 'it', now, 'Europe/Lisbon')).toBe('lun 7 dic, 07:30');
  expect(pcMomentBeside('2026-12-07T07:30:00.000Z', 'en', now, 'Australia/Sydney')).toMatch(
    /^Mon,? 7 Dec, 18:30$/u,
  );
});
