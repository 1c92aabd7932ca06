import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableText } from '../../shared/domain/readable-text.ts';

const marks = [
  0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200b, 0x200c, 0x200d, 0x200e,
  0x200f, 0x061c, 0x2060, 0xfeff, 0xad, 0x34f, 0xfe0f, 0x180e, 0xfffc, 0xe0041, 0, 7, 0x1b, 0x7f,
];

test('no mark that hides or turns words round stays in a text of a person', () => {
  expect(marks.length).toBeGreaterThanOrEqual(25);
  for (const code of marks) {
    const mark = String.fromCodePoint(code);
    expect(
      readableText(`${mark}la${mark} centralina${mark}\n${mark}SW${mark}9970${mark}`),
      code.toString(16),
    ).toBe('la centralina\nSW9970');
  }
});

test.each([
  'Lettura fallita al 37%, «checksum» à è ì ò ù – ok…',
  'una riga\ne due\r\n\r\ne\tun tabulatore\u0085altra\u2028ultima',
  '👨‍👩‍👧 👍🏽 ❤️ ☎︎ 1️⃣ #️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇮🇹 🧑🏽‍🔧 👁️‍🗨️',
  'می‌خواهم نامه‌ای क्‍ष',
  '日本 葛󠄀城 Ελλάδα Привет עברית עם מספר 9970',
  'e\u0301 n\u0303 \ud83d',
  '١٢٣ \u0600١٢',
])('what is ordinary stays byte for byte: %j', (text) => {
  expect(readableText(text)).toBe(text);
});

test('what is cleaned once is clean, and no sign that turns words round comes through', () => {
  let seen = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom(...marks.map((code) => String.fromCodePoint(code))),
        ),
      ),
      (parts) => {
        seen += 1;
        const once = readableText(parts.join(''));
        return (
          readableText(once) === once &&
          !/[\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F\u061C\uFEFF]/u.test(once)
        );
      },
    ),
  );
  expect(seen).toBeGreaterThanOrEqual(100);
});
