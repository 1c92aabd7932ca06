import { expect, test } from 'vitest';
import { emptyDraftContent } from '../../shared/domain/draft.ts';
import { guideSchema, productCatalogueSchema, productIdSchema } from '../../shared/domain/product.ts';
import { fingerprintOf } from '../../shared/rules/failure-fingerprint.ts';
import { guidesFor } from '../../shared/rules/guide-search.ts';
import products from '../../resources/products.json' with { type: 'json' };

const guide = (title: string, words: readonly unknown[]) =>
  guideSchema.parse({ title: { it: title, en: title }, url: 'https://databank.alientech.to/', words });
const manual = guideSchema.parse({
  title: { it: 'Manuale', en: 'Manual' },
  url: 'https://databank.alientech.to/',
});
const power = guide('Alimentazione', [{ it: 'alimentazione', en: 'power supply' }, 'wake up']);
const code = guide('Codici', ['0x1F']);
const failure = (errorText: string, problem = '') =>
  fingerprintOf(
    {
      ...emptyDraftContent('it'),
      productId: productIdSchema.parse('ktag-master'),
      fields: {
        errorText: { text: errorText, source: { kind: 'typed' } },
        problem: { text: problem, source: { kind: 'typed' } },
      },
    },
    'KT1',
  );
const order = (errorText: string, problem = ''): readonly string[] =>
  guidesFor([manual, power, code], failure(errorText, problem)).map((found) => found.guide.title.en);

test('R-DOCS-1: guides are found by what failed, by meaning and in either language, and by its code', () => {
  expect(order('Low battery voltage')).toEqual(['Alimentazione', 'Manual', 'Codici']);
  expect(order('Wake up error')).toEqual(['Alimentazione', 'Manual', 'Codici']);
  expect(order('Errore 0x1f')).toEqual(['Codici', 'Manual', 'Alimentazione']);
  expect(order('', 'la tensione cala e la lettura si ferma')).toEqual(['Alimentazione', 'Manual', 'Codici']);
});

test('R-DOCS-1: guides stay in the order of the catalogue while nothing speaks for one, and say what speaks for them', () => {
  expect(order('')).toEqual(['Manual', 'Alimentazione', 'Codici']);
  expect(guidesFor([manual, power], failure('batteria scarica'))[0]?.about).toEqual([
    { it: 'alimentazione', en: 'power supply' },
  ]);
  expect(guidesFor([manual], failure('batteria scarica'))).toEqual([{ guide: manual, about: [] }]);
});

test('R-DOCS-1: catalogue offers guides by error for every product on the list of the terms, each under a title of its own', () => {
  const supported = productCatalogueSchema.parse(products).products.filter((item) => item.supported);
  expect(supported.length).toBeGreaterThanOrEqual(5);
  for (const product of supported) {
    expect(product.guides.some((item) => item.words.length > 0)).toBe(true);
    expect(new Set(product.guides.map((item) => item.title.it)).size).toBe(product.guides.length);
  }
});
