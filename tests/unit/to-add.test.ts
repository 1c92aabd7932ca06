import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import products from '../../resources/products.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const table = readme.slice(readme.indexOf('| to add | do |')).split('\n\n')[0] ?? '';

/** The rows of "to add": what is added, and every path the row names. */
const rows: ReadonlyMap<string, readonly string[]> = new Map(
  table
    .split('\n')
    .slice(2)
    .flatMap((line) => {
      const [, what = '', how = ''] = line.split('|').map((cell) => cell.trim());
      const names = [...how.matchAll(/`([^`]+)`/gu)].map((match) => match[1] ?? '');
      return what === '' ? [] : [[what, names.filter((name) => /^[\w.-]+\/[\w./*-]*$/u.test(name))] as const];
    }),
);

const folders = [
  'shared',
  'electron',
  'renderer',
  'resources',
  'docs/reference',
  'tests/unit',
  'tests/integration',
  'tests/fixtures',
];
const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.(?:tsx?|json|md|mjs)$/u.test(entry.name) && entry.name !== 'to-add.test.ts',
    )
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    ),
);
const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const holding = (pattern: RegExp): string[] => files.filter((file) => pattern.test(texts.get(file) ?? ''));
const isNamed = (file: string, paths: readonly string[]): boolean =>
  paths.some((path) => path === file || (path.endsWith('/') && file.startsWith(path)));

const migrations = readdirSync(join(root, 'electron/store/migrations')).toSorted();
const lastMigration =
  texts.get(`electron/store/migrations/${migrations.at(-1) ?? ''}`)?.match(/export const (\w+)/u)?.[1] ?? '';

test('every path that "to add" names is there', () => {
  const paths = [...rows.values()].flat();
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect([rows.size > 7, paths.length > 40]).toEqual([true, true]);
});

/** Where the last of a kind is looked for, when not everywhere: its word means other things elsewhere. */
const everywhere = /^/u;
const ofProgram = /^(?:shared|electron|renderer)\//u;

test.each<[string, RegExp, RegExp]>([
  ['a product', new RegExp(`"${products.products.at(-2)?.id ?? ''}"`, 'u'), everywhere],
  ['a rule', /['"]R-LANG-1['"]|^### R-LANG-1$/mu, everywhere],
  ['a check of a draft', /\btextLanguage\b/u, everywhere],
  ['a call over the bridge', /\bbringDraftBack\b/u, everywhere],
  ['a screen of the rail', /'audit'|screens\/audit\//u, /^renderer\//u],
  [
    'a step of the store',
    new RegExp(`\\b${lastMigration}\\b|\\b${migrations.at(-1) ?? ''}\\b`, 'u'),
    everywhere,
  ],
  ['a kind of portal', /'redmine'/u, ofProgram],
  ['an error', /['"]backup\.beforeUpdate['"]/u, everywhere],
])('"to add" names every file that was touched for the last of its kind: %s', (what, mark, within) => {
  const paths = rows.get(what) ?? [];
  const touched = holding(mark).filter((file) => within.test(file));
  expect(touched.length).toBeGreaterThan(0);
  expect(touched.filter((file) => !isNamed(file, paths))).toEqual([]);
});
