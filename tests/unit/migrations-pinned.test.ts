import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { migrations } from '../../electron/store/migrate.ts';

/**
 * SHA-256 of the SQL of each released step. A store in a workshop has run these very words: another wording would leave two shapes
 * under one version number. A change of the shape is a further step, and a further line here (LAW-9).
 */
const released: ReadonlyMap<string, string> = new Map([
  ['0001-first-tables.ts', '117e9480b5e43c38bcdb8b60ca8d992bad9bf8ec771f7d53fd0788bcd9c71534'],
  ['0002-list-and-search.ts', 'db3b177745401b586456931d9fc75cad7a70cffa23b84cda3f58c5afd0812008'],
  ['0003-words-and-waivers.ts', '4310e5592647f45cbfee2e72d59de10e7eb088251aad6ee0a2c393468e71b807'],
  ['0004-remote-sessions.ts', 'e476e82649de69a9adac5edf643b52b118f1cb1f501eec694836b44f8bd2a260'],
  ['0005-kept-files.ts', '93ebaf3fb22abea245b554a0d3bb9d57d9fa95955b8f90f16604fea786c7c3ce'],
  ['0006-recipients.ts', 'bacc9959b97e5d7ffaf02f082889388f2f710a5461c0c136e063320e6894801d'],
  ['0007-pace.ts', '86fab46fbec7bc64b5620f189eb6fdb4cc40f736641d254662b1eb016685e034'],
  ['0008-counted-requests.ts', '5c139ea8b5e1c76a2237e290496aa56a2ef48f95c5e8705732970a254357bae5'],
  ['0009-holds.ts', 'ec7b9970acb5086d8a161ebe4079dca901d0b7dd033e97565c5dcba9786ec56b'],
  ['0010-kept-beside.ts', 'e1724d790593f878e658f910fa268c97d119a0b49b53c01df44120591a9345f1'],
  ['0011-portal-limits.ts', '05ca3c2874066aa8f8bba2b4d334da2fb80b72e52b13e66bc0a5e30745a2c830'],
  ['0012-templates.ts', 'f40f06684201280861918a4e5c3229c8e91ca17e796ba0a2dddf7fc12728aa80'],
  ['0013-carried-customers.ts', '0837c70e2c9ae68eb34d006185c42e2f05ad07fd0273fdaf752656cb14517d4a'],
]);

const folder = resolve(import.meta.dirname, '../../electron/store/migrations');
const sha256 = (step: string): string => createHash('sha256').update(step).digest('hex');

test('every migration step is pinned, in the order in which a store runs them', () => {
  expect(readdirSync(folder).toSorted()).toEqual([...released.keys()]);
  expect(migrations).toHaveLength(released.size);
});

test.each(
  [...released].map(([name, pinned], index) => ({ name, pinned, index })),
)('released migration $name is word for word what stores have run', ({ name, pinned, index }) => {
  expect(
    sha256(migrations[index] ?? ''),
    `${name} was edited: take the edit back and write a further step`,
  ).toBe(pinned);
});
