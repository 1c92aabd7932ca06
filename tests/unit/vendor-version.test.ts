import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyDraftContent } from '../../shared/domain/draft.ts';
import { productIdSchema } from '../../shared/domain/product.ts';
import { compareVersions, toolVersionCheck, versionCheck } from '../../shared/rules/vendor-version.ts';

test.each([
  ['2.9', '2.37', 'older'],
  ['2.37', '2.9', 'newer'],
  ['2.70', '2.70', 'same'],
  ['2.70', '2.70.0', 'same'],
  ['v2.70', 'Ver. 2.70', 'same'],
  ['2,70', '2.70', 'same'],
  ['5.017', '5.017b', 'older'],
  ['5.017a', '5.017b', 'older'],
  ['5.017b', '5.020', 'older'],
  ['2.70 beta', '2.70', 'older'],
  ['2.70 rc2', '2.70 rc1', 'newer'],
  ['2.70beta', '2.70rc', 'older'],
  ['10.0', '9.99', 'newer'],
  ['5.017', '5.2', 'cannot-tell'],
  ['2.09', '2.10', 'older'],
  ['2.09', '2.9', 'cannot-tell'],
  ['2.010', '2.20', 'older'],
  ['2.x', '2.37', 'cannot-tell'],
  ['', '2.37', 'cannot-tell'],
  ['ultima', '2.37', 'cannot-tell'],
  ['2.37 (build 4)', '2.37', 'cannot-tell'],
  ['2.37zz', '2.37', 'cannot-tell'],
])('R-VERSION-1: %j against %j is %s', (a, b, order) => {
  expect(compareVersions(a, b)).toBe(order);
});

const numbers = fc
  .array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('.'));

test('R-VERSION-1: comparing the other way round gives the other answer, and the order is transitive', () => {
  const mirrored = { older: 'newer', newer: 'older', same: 'same', 'cannot-tell': 'cannot-tell' } as const;
  const version = fc.oneof(
    numbers,
    fc.tuple(numbers, fc.constantFrom('', 'a', 'b', 'beta', 'rc1')).map((parts) => parts.join('')),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(compareVersions(b, a)).toBe(mirrored[compareVersions(a, b)]);
      if (compareVersions(a, b) === 'older' && compareVersions(b, c) === 'older')
        expect(['older', 'cannot-tell']).toContain(compareVersions(a, c));
    }),
  );
});

test('R-VERSION-1: draft is outdated, and says where each number came from', () => {
  const productId = productIdSchema.parse('ktag-master');
  const known = { at: '2026-11-24T09:00:00.000Z', versions: { 'ktag-master': '2.37' }, stated: {} };
  const content = {
    ...emptyDraftContent('it'),
    productId,
    fields: { softwareVersion: { text: ' 2.9 ', source: { kind: 'file', name: 'ktag.log' } as const } },
  };
  expect(versionCheck(content, null, known)).toEqual({
    status: 'outdated',
    installed: { text: '2.9', origin: { kind: 'file', name: 'ktag.log' } },
    latest: { text: '2.37', origin: { kind: 'portal', at: known.at } },
  });
  expect(versionCheck(content, null, null)).toMatchObject({ status: 'cannot-tell', latest: null });
  expect(versionCheck({ ...content, fields: {} }, null, known)).toMatchObject({
    status: 'cannot-tell',
    installed: null,
  });
});

test('R-VERSION-1: tool is judged by its card, and says what is missing when nothing can be told', () => {
  const productId = productIdSchema.parse('ktag-master');
  const known = { at: '2026-11-24T09:00:00.000Z', versions: { 'ktag-master': '2.37' }, stated: {} };
  const latest = { text: '2.37', origin: { kind: 'portal', at: known.at } };
  expect(toolVersionCheck({ productId, installedVersion: '2.9' }, known)).toEqual({
    status: 'outdated',
    installed: { text: '2.9', origin: { kind: 'tool' } },
    latest,
  });
  expect(toolVersionCheck({ productId, installedVersion: null }, known)).toEqual({
    status: 'cannot-tell',
    installed: null,
    latest,
  });
  expect(toolVersionCheck({ productId, installedVersion: '2.9' }, null)).toMatchObject({
    status: 'cannot-tell',
    latest: null,
  });
});

test('R-VERSION-1: version a person read counts where the portal names none, with its source and day', () => {
  const productId = productIdSchema.parse('ktag-master');
  const stated = { 'ktag-master': { version: '2.70', source: 'Databank', on: '2026-11-24' } };
  const known = { at: '2026-11-24T09:00:00.000Z', versions: {}, stated };
  const latest = { text: '2.70', origin: { kind: 'stated', source: 'Databank', on: '2026-11-24' } };
  expect(toolVersionCheck({ productId, installedVersion: '2.9' }, known)).toMatchObject({
    status: 'outdated',
    latest,
  });
  const both = { ...known, versions: { 'ktag-master': '2.9' } };
  expect(toolVersionCheck({ productId, installedVersion: '2.9' }, both)).toMatchObject({
    status: 'current',
    latest: { text: '2.9', origin: { kind: 'portal', at: known.at } },
  });
});
