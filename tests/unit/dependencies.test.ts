import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const names = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: names, devDependencies: names, optionalDependencies: names })
  .parse(JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')));

function listed(heading: string): string[] {
  const text = readFileSync(resolve(root, 'docs/dependencies.md'), 'utf8');
  const part = text.slice(text.indexOf(heading)).split('\n## ')[0] ?? '';
  return part
    .split('\n')
    .filter((line) => /^\| [@a-z]/u.test(line) && !line.startsWith('| package'))
    .flatMap((line) => (line.split('|')[1] ?? '').split(',').map((name) => name.trim()))
    .sort();
}

test('every dependency has its reason written down when it is in package.json, and none is left over', () => {
  expect(listed('## Ships with the app')).toEqual(Object.keys(manifest.dependencies).sort());
  expect(listed('## Builds and proves it')).toEqual(
    [...Object.keys(manifest.devDependencies), ...Object.keys(manifest.optionalDependencies)].sort(),
  );
});

test('every version is exact when it is in package.json', () => {
  const versions = Object.values({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  expect(versions.length).toBeGreaterThan(30);
  for (const version of versions) expect(version).toMatch(/^(npm:[@a-z/]+@)?\d+\.\d+\.\d+$/u);
});
