import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
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

const sha256 = 'ab'.repeat(32);
const oddPlaces: readonly (readonly [string, (incoming: string) => void])[] = [
  ['a folder named as a copy under way', (incoming) => mkdirSync(join(incoming, 'a.part'))],
  ['a folder named as an intent', (incoming) => mkdirSync(join(incoming, `${sha256}.intent`))],
  [
    'a folder in the place of what an intent names',
    (incoming) => {
      writeFileSync(join(incoming, `${sha256}.intent`), '');
      mkdirSync(join(incoming, '..', 'ab', sha256), { recursive: true });
    },
  ],
  [
    'a file in its place',
    (incoming) => {
      rmSync(incoming, { recursive: true });
      writeFileSync(incoming, 'x');
    },
  ],
  [
    'a link into nowhere in its place',
    (incoming) => {
      rmSync(incoming, { recursive: true });
      symlinkSync('/nowhere/incoming', incoming);
    },
  ],
];
test.each(
  oddPlaces,
)('K2: program starts, and sweeps the rest, when there is %s where files come in', async (_what, put) => {
  const place = freshFolder();
  await freezingDesk(place);
  const incoming = join(place, 'evidence', 'incoming');
  put(incoming);
  const isFolder = statSync(incoming, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) writeFileSync(join(incoming, 'b.part'), 'half');
  const { evidence } = await freezingDesk(place);
  expect(evidence.newest(10)).toEqual([]);
  if (isFolder) expect(readdirSync(incoming)).not.toContain('b.part');
});
