import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from '../../shared/rules/safe-file-name.ts';

test.each([
  ['ktag-2026-12-04.log', 'ktag-2026-12-04.log'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['a:b?.log', 'a_b_.log'],
  ['..', '_'],
  ['nome. . ', 'nome'],
  ['evil\u202Egpj.exe', 'evil_gpj.exe'],
  ['../../etc/passwd', '.._._etc_passwd'],
])('safeFileName of %j is %j when written to a folder', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

test('safeFileName never overwrites when a name is taken, whatever its case', () => {
  expect(safeFileName('A.log', new Set(['a.log', 'a (2).log']))).toBe('A (3).log');
});

test('safeFileName leaves no separator, control character or trailing dot when given any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const safe = safeFileName(name);
      expect(safe).not.toMatch(/[<>:"/\\|?*\p{Cc}]|[. ]$/u);
      expect(safe.length).toBeGreaterThan(0);
      expect([...safe].length).toBeLessThanOrEqual(120);
    }),
  );
});
