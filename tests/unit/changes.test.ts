import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const folder = resolve(import.meta.dirname, '../../docs/changes');
const files = readdirSync(folder)
  .filter((name) => name !== 'README.md' && name.endsWith('.md'))
  .toSorted();

const sentence = z
  .string()
  .max(140)
  .regex(/^\p{Lu}[^`]*\.$/u);
const changeSchema = z.strictObject({
  kind: z.enum(['added', 'changed', 'fixed', 'safer']),
  it: sentence,
  en: sentence,
});

function read(name: string): unknown {
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
}

test.each(files)('change %s says in both languages and one sentence what a workshop notices', (name) => {
  expect(name).toMatch(/^[a-z][a-z0-9-]+\.md$/u);
  expect(changeSchema.safeParse(read(name)).error).toBeUndefined();
});

test('there are changes to read', () => {
  expect(files.length).toBeGreaterThan(20);
});

test('the changelog is what the changes say: after adding one, run `npm run changelog`', () => {
  const root = resolve(folder, '../..');
  const { stdout } = spawnSync(process.execPath, ['build/changelog.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toBe('CHANGELOG.md is what docs/changes says\n');
});
