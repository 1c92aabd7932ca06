import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mendedJson } from '../../shared/portal/mended-json.ts';

test('what is JSON stays as it is', () => {
  let tried = 0;
  fc.assert(
    fc.property(fc.json(), (text) => {
      tried += 1;
      expect(mendedJson(text)).toBe(text);
    }),
    { numRuns: 500, seed: 20_261_130 },
  );
  expect(tried).toBe(500);
});

test.each<[string, unknown]>([
  ['["a\tb"]', ['a\tb']],
  ['["a\r\nb\u0000"]', ['a\r\nb\u0000']],
  [
    String.raw`["a\xb", "\u12", "\u00e0\\\"", "\'"]`,
    [String.raw`a\xb`, String.raw`\u12`, 'à\\"', String.raw`\'`],
  ],
  ['[NaN, -Infinity, 007, .5, 1e5, -0, undefined]', ['NaN', '-Infinity', '007', '.5', 1e5, -0, 'undefined']],
  ['{"a":None,"b":"NaN, \\"x\\": NaN"}', { a: 'None', b: 'NaN, "x": NaN' }],
])('%j is read as far as it can be', (text, value) => {
  expect(JSON.parse(mendedJson(text))).toEqual(value);
});

test.each([
  '',
  '"',
  '"\\',
  '["a',
  '"\\u',
  'ab"c',
  '{"a":"b"c"}',
])('%j, which nothing mends, is gone through once and stays no JSON', (text) => {
  expect(mendedJson(text).length).toBeLessThan(text.length * 6 + 10);
  expect(() => {
    JSON.parse(mendedJson(text));
  }).toThrow();
});

test('text of more pieces than any page of news has stays as it came', () => {
  const quotes = '"'.repeat(1_000_000);
  expect(mendedJson(quotes)).toBe(quotes);
  const page = `[${Array.from({ length: 5_000 }, (_, index) => `{"id":"m-${index}","text":"a\tb"}`).join(',')}]`;
  expect(JSON.parse(mendedJson(page))).toHaveLength(5_000);
});
