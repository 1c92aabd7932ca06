import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../..');
const rows = readFileSync(join(project, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Term'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const terms = rows.map(([, term = '']) => term);
const retired = rows
  .flatMap(([, , , words = '']) => words.split(',').map((word) => word.trim()))
  .filter((word) => word !== '');

/** `closed-door` as names have it: without hyphens and capitals. */
const folded = (name: string): string => name.replaceAll('-', '').toLowerCase();

async function sources(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of ['electron', 'renderer', 'shared'])
    for (const entry of await readdir(join(project, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && /\.tsx?$/u.test(entry.name)) found.push(join(entry.parentPath, entry.name));
  return found;
}

test('no file and no exported name bears a word the glossary has retired', async () => {
  const files = await sources();
  const names = files.flatMap((file) => [
    basename(file).replace(/\..*$/u, ''),
    ...[
      ...readFileSync(file, 'utf8').matchAll(
        /^export (?:async )?(?:const|function|type|class|interface) (\w+)/gmu,
      ),
    ].map(([, name = '']) => name),
  ]);
  expect(files.length).toBeGreaterThan(400);
  expect(names.length).toBeGreaterThan(1_000);
  expect(retired.length).toBeGreaterThan(20);
  const words = new Set(retired.map(folded));
  expect(names.filter((name) => words.has(folded(name)))).toEqual([]);
});

test('glossary gives each thing one word, and retires none it uses', () => {
  expect(new Set(terms).size).toBe(terms.length);
  expect(new Set(retired).size).toBe(retired.length);
  expect(retired.filter((word) => terms.includes(word))).toEqual([]);
});
