import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('drawing of the rooms is what the imports say, and no new arrow goes upward', () => {
  const { status, stdout } = spawnSync(process.execPath, ['build/rooms.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/^electron: 17 rooms, \d+ arrows, \d+ upward\.$/mu);
  expect({ status, problems: stdout.split('\n').slice(3, -1) }).toEqual({ status: 0, problems: [] });
});
