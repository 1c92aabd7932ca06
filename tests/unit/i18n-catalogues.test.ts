import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findings } from '../../shared/domain/verdict.ts';
import en from '../../shared/i18n/en.json' with { type: 'json' };
import it from '../../shared/i18n/it.json' with { type: 'json' };

function keys(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'string' ? [path + key] : keys(inner as object, `${path}${key}.`)));
}

function texts(value: object): string[] {
  return Object.values(value).flatMap((inner: unknown) => (typeof inner === 'string' ? [inner] : texts(inner as object)));
}

test('catalogues have the same keys when compared', () => {
  expect(keys(it)).toEqual(keys(en));
});

test('catalogues have a text when a verdict names a finding', () => {
  expect(findings.filter((finding) => !(finding in en.verdict))).toEqual([]);
});

test('catalogues leave no text empty when shown', () => {
  expect([...texts(it), ...texts(en)].filter((text) => text.trim() === '')).toEqual([]);
});

test('screens hold no words of their own when they are built', () => {
  const root = resolve(import.meta.dirname, '../../renderer');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const spoken = files.flatMap((name) => [...readFileSync(join(root, name), 'utf8').matchAll(/(?:>\s*|(?:label|title|placeholder|aria-label)=")([A-Za-zÀ-ÿ][\wÀ-ÿ' ]{2,})(?:\s*<\/|")/gu)].map((match) => `${name}: ${match[1]}`));
  expect(spoken).toEqual([]);
});
