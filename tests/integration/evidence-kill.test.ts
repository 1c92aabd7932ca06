import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freezingDesk } from '../fixtures/freezing.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';

const points = [
  'att.open',
  'att.part25',
  'att.part99',
  'att.hashed',
  'att.fsynced',
  'att.renamed',
  'att.rowInserted',
];
const child = join(import.meta.dirname, '../fixtures/freeze-child.ts');

function storedFiles(place: string): readonly string[] {
  const root = join(place, 'evidence');
  return readdirSync(root, { recursive: true })
    .map((entry) => join(root, String(entry)))
    .filter((file) => statSync(file).isFile());
}

test.each(
  points,
)('K2: freeze leaves a whole file with its row, or nothing, when killed at %s', async (point) => {
  const place = freshFolder();
  const source = join(place, 'a.log');
  writeFileSync(source, Buffer.alloc(3 * 1024 * 1024, 'Checksum error\n'));
  utimesSync(source, new Date(1_000), new Date(1_000));
  const killed = spawnSync(process.execPath, [child, place, source], {
    env: { ...process.env, FAIL_AT: `${point}:1` },
    encoding: 'utf8',
  });
  expect([killed.signal, killed.stdout]).toEqual(['SIGKILL', '']);
  const { evidence, files, codeOf } = await freezingDesk(place);
  const rows = evidence.newest(10);
  expect(rows).toHaveLength(point === 'att.rowInserted' ? 1 : 0);
  for (const row of rows) expect(await files.verified(row.id)).toMatchObject({ evidence: row });
  expect(storedFiles(place)).toHaveLength(rows.length);
  expect(await codeOf(source)).toBe('none');
});
