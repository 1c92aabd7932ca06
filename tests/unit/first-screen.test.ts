import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
/** What a module loads with itself: types alone are gone from what is built, and what is imported later is no part of it. */
const loads = /^(?:import|export) (?!type\b)(?:(?<names>[^'"`;]*?)\s+from )?'(?<path>[^']+)'/gmu;
const isOfTypesAlone = (names: string): boolean =>
  /^\{[^}]*\}$/u.test(names.trim()) &&
  names
    .replaceAll(/[{}]/gu, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every((name) => name.startsWith('type '));

test('first screen loads no schemas: they are slow to make, and the policy of the page reports their compiler', () => {
  const seen = new Map<string, string | null>();
  const next: [string, string | null][] = [[resolve(root, 'renderer/app/main.tsx'), null]];
  const withSchemas: string[] = [];
  for (let at = next.shift(); at !== undefined; at = next.shift()) {
    const [file, by] = at;
    if (seen.has(file) || !existsSync(file)) continue;
    seen.set(file, by);
    for (const { groups } of readFileSync(file, 'utf8').matchAll(loads)) {
      const { names = '', path = '' } = groups ?? {};
      if (isOfTypesAlone(names)) continue;
      if (path === 'zod') withSchemas.push(`${file} by ${by ?? ''}`.replaceAll(`${root}/`, ''));
      if (path.startsWith('.')) next.push([resolve(dirname(file), path), file]);
    }
  }
  expect(seen.size).toBeGreaterThan(60);
  expect(withSchemas).toEqual([]);
});
