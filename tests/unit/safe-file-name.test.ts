import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from '../../shared/text/safe-file-name.ts';

test.each([
  ['x\u3164\u2800.exe', 'x__.exe'],
  ['\u{1d159}a\u{16fe4}\u115f.log', '_a__.log'],
  ['ktag-2026-12-04.log', 'ktag-2026-12-04.log'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['a:b?.log', 'a_b_.log'],
  ['..', '_'],
  ['nome. . ', 'nome'],
  ['evil\u202Egpj.exe', 'evil_gpj.exe'],
  ['../../etc/passwd', '.._._etc_passwd'],
  ['NUL.tar.gz', '_NUL.tar.gz'],
  ['con.log.txt', '_con.log.txt'],
  ['COM¹.log', '_COM¹.log'],
  ['lpt³', '_lpt³'],
  ['CONIN$', '_CONIN$'],
  ['conout$.txt', '_conout$.txt'],
  ['aux .txt', '_aux.txt'],
  ['prn .a.b', '_prn .a.b'],
  ['com10.log', 'com10.log'],
  ['console.log', 'console.log'],
  ['NULL.tar.gz', 'NULL.tar.gz'],
  ['ktag.log. . .', 'ktag.log'],
  ['a\uD800b.log', 'a_b.log'],
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

test('safeFileName keeps beginning and extension when a name is longer than any disk takes', () => {
  const safe = safeFileName(`${'e\u0301'.repeat(40_000)}.log`);
  expect(safe).toBe(`${'é'.repeat(100)}.log`);
});

test.each([
  '日',
  '😀',
  'è',
])('safeFileName of many %s has no more bytes than a file system takes', (letter) => {
  const safe = safeFileName(`${letter.repeat(120)}.${letter.repeat(7)}`, new Set());
  expect(safe.startsWith(letter.repeat(50))).toBe(true);
  expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
});
