import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const { checkedOn } = JSON.parse(readFileSync(resolve(root, 'build/supported-electron.json'), 'utf8')) as {
  checkedOn: string;
};
const onDay = (days: number) =>
  new Date(Date.parse(checkedOn) + days * 86_400_000).toISOString().slice(0, 10);
const asked = (day: string) =>
  spawnSync(process.execPath, ['build/electron-list.mjs', day], { cwd: root, encoding: 'utf8' });

test('SEC-16: a release is packed with a list of sixty days and refused with an older one, whatever day the tests run on', () => {
  expect(checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
  expect(asked(onDay(60))).toMatchObject({ status: 0, stdout: 'the list of supported Electrons is fresh\n' });
  const stale = asked(onDay(61));
  expect(stale.status).toBe(1);
  expect(stale.stdout).toContain(`last looked at on ${checkedOn}`);
  expect(readFileSync(resolve(root, 'electron-builder.yml'), 'utf8')).toContain(
    'beforePack: ./build/electron-list.mjs',
  );
});
