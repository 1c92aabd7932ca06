import { chmodSync, existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removedOrLeft } from '../../electron/platform/locked-file-retry.ts';
import { practiceKey } from '../../electron/remote/proof/signing-key.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { onLinuxAsUser } from '../fixtures/on-linux.ts';

test('removal leaves what the disk does not let go of, and hides no fault of ours', () => {
  const folder = join(freshFolder(), 'full');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a'), 'x');
  removedOrLeft(() => rmdirSync(folder));
  expect(existsSync(join(folder, 'a'))).toBe(true);
  expect(() =>
    removedOrLeft(() => {
      throw new TypeError('of ours');
    }),
  ).toThrow('of ours');
  // Node's own word for a call made wrongly.
  expect(() => removedOrLeft(() => rmSync(folder))).toThrow('Path is a directory');
});

test('practice key is made once, and again only where what lies there could never sign', () => {
  const file = join(freshFolder(), 'practice', 'key');
  const first = practiceKey(file);
  expect(practiceKey(file).publicKey).toBe(first.publicKey);
  writeFileSync(file, 'half a k');
  const second = practiceKey(file);
  expect(second.publicKey).not.toBe(first.publicKey);
  expect(practiceKey(file).publicKey).toBe(second.publicKey);
});

onLinuxAsUser(
  '[linux] practice key that cannot be read for now is told and not replaced: receipts made with it would look foreign',
  () => {
    const file = join(freshFolder(), 'key');
    const { publicKey } = practiceKey(file);
    chmodSync(file, 0o200);
    expect(() => practiceKey(file)).toThrow('EACCES');
    chmodSync(file, 0o600);
    expect(practiceKey(file).publicKey).toBe(publicKey);
  },
);
