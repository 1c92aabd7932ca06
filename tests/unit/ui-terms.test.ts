import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const folder = join(import.meta.dirname, '../../shared/i18n');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const both = <T extends z.ZodType>(schema: T) => z.object({ it: schema, en: schema });
const terms = z
  .record(z.string(), both(z.string().min(2)).extend({ never: both(z.array(z.string().min(3)).min(1)) }))
  .parse(read('ui-terms.json'));

function textsOf(node: unknown, path = ''): [string, string][] {
  return typeof node === 'string'
    ? [[path, node]]
    : Object.entries(node as object).flatMap(([key, inner]) =>
        textsOf(inner, path === '' ? key : `${path}.${key}`),
      );
}

/** Whether a text holds a word, or one that begins with it where it may have another end: `richiest` in "richieste". */
const holds = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}])${word.replaceAll(' ', '\\s')}(?![\\p{L}\\p{N}])`, 'iu').test(text);
const stemOf = (term: string): string => (/[aeio]$/u.test(term) ? term.slice(0, -1) : term);

describe.each(['it', 'en'] as const)('words of the interface, %s', (language) => {
  const texts = textsOf(read(`${language}.json`));

  test('no thing is called by a second name', () => {
    const told = Object.entries(terms).flatMap(([name, { never }]) =>
      never[language].flatMap((word) =>
        texts.filter(([, text]) => holds(text, word)).map(([key]) => `${name}: "${word}" in ${key}`),
      ),
    );
    expect(texts.length).toBeGreaterThan(1_500);
    expect(told).toEqual([]);
  });

  test('each term is said somewhere, and none is another one’s second name', () => {
    const said = texts.map(([, text]) => text.toLowerCase()).join('\n');
    expect(Object.keys(terms).length).toBeGreaterThanOrEqual(25);
    for (const [name, term] of Object.entries(terms)) {
      expect(said, name).toContain(stemOf(term[language].toLowerCase()));
      for (const other of Object.values(terms))
        expect(other.never[language].filter((word) => word === term[language])).toEqual([]);
    }
  });
});

test('a second name is found when a text holds it', () => {
  expect([
    holds('Il ticket è qui', 'ticket'),
    holds('Biglietteria', 'ticket'),
    holds('IN VIAGGIO', 'in viaggio'),
  ]).toEqual([true, false, true]);
});
