import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { appId } from '../../electron/window/app-id.ts';

test('program calls itself by the name its installer writes into the start menu, or Windows shows none of its notifications', () => {
  expect(
    parse(readFileSync(resolve(import.meta.dirname, '../../electron-builder.yml'), 'utf8')),
  ).toMatchObject({ appId });
});
