import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { rename, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { frozenFiles } from '../../electron/evidence/frozen-files.ts';
import { sniffContent } from '../../electron/evidence/sniff-content.ts';
import { realSourceDisk, type SourceDisk } from '../../electron/evidence/source-file.ts';
import { freezingDesk } from '../fixtures/freezing.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';

const words = '18:00:01 Reading failed\r\n';
const secret = '18:00:02 Writing failed: nobody here may read this\r\n';

/** A frozen LOG, and beside it a file of the same length that nobody chose. */
async function frozen() {
  const place = freshFolder();
  const path = join(place, 'ktag.log');
  writeFileSync(path, words.padEnd(secret.length));
  const desk = await freezingDesk(place);
  const [row] = (await desk.take(path)).frozen;
  if (row === undefined) throw new Error('refused');
  const copy = desk.files.frozenFile(row.id).path;
  const elsewhere = join(place, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, basename(copy)), secret);
  return { ...desk, row, copy, elsewhere };
}
const damaged = { error: { code: 'evidence.copyMissing', params: { name: 'ktag.log' } } };

test('THREAT-4: preview and facts read a frozen copy where no link is', async () => {
  const { files, row } = await frozen();
  expect(await files.preview(row.id)).toMatchObject({ kind: 'text', text: words.padEnd(secret.length) });
  expect((await files.facts(row.id))?.fields.errorText?.text).toBe('Reading failed');
});

test('THREAT-4: preview and facts follow no link when one lies where the copy was', async () => {
  const { files, row, copy, elsewhere } = await frozen();
  rmSync(copy);
  symlinkSync(join(elsewhere, basename(copy)), copy);
  await expect(files.preview(row.id)).rejects.toMatchObject(damaged);
  await expect(files.facts(row.id)).rejects.toMatchObject(damaged);
});

test('THREAT-4: preview and facts follow no link when the folder of the copy became one', async () => {
  const { files, row, copy, elsewhere } = await frozen();
  renameSync(dirname(copy), `${dirname(copy)}-away`);
  // A junction on Windows, which needs no right there; elsewhere the word says nothing.
  symlinkSync(elsewhere, dirname(copy), 'junction');
  await expect(files.preview(row.id)).rejects.toMatchObject(damaged);
  await expect(files.facts(row.id)).rejects.toMatchObject(damaged);
});

test.each<readonly [string, 'copy' | 'folder']>([
  ['the copy', 'copy'],
  ['its folder', 'folder'],
])('THREAT-4: preview follows no link when %s is swapped for one after it was looked at', async (_what, swapped) => {
  const { folder, evidence, row, copy, elsewhere } = await frozen();
  let swaps = 0;
  const disk: SourceDisk = {
    ...realSourceDisk,
    lstat: async (path) => {
      const seen = await realSourceDisk.lstat(path);
      const [from, to] =
        swapped === 'copy' ? [copy, join(elsewhere, basename(copy))] : [dirname(copy), elsewhere];
      await rename(from, `${from}-away`);
      await symlink(to, from, swapped === 'copy' ? 'file' : 'junction');
      swaps += 1;
      return seen;
    },
  };
  await expect(frozenFiles(folder, evidence, disk).preview(row.id)).rejects.toMatchObject({
    error: { params: { name: 'ktag.log' } },
  });
  expect(swaps).toBe(1);
});

test('THREAT-4: a data folder that lies behind a link of the person is read as before', async () => {
  const place = freshFolder();
  mkdirSync(join(place, 'real'));
  symlinkSync(join(place, 'real'), join(place, 'named'), 'junction');
  const path = join(place, 'ktag.log');
  writeFileSync(path, words);
  const { take, files } = await freezingDesk(join(place, 'named'));
  const [row] = (await take(path)).frozen;
  expect(row).toBeDefined();
  if (row !== undefined) expect(await files.preview(row.id)).toMatchObject({ kind: 'text', text: words });
});

test('THREAT-4: a search looks into no file when a link lies in its place or on the way to it', () => {
  const place = freshFolder();
  mkdirSync(join(place, 'elsewhere'));
  writeFileSync(join(place, 'elsewhere', 'ktag.log'), secret);
  writeFileSync(join(place, 'plain.log'), words);
  symlinkSync(join(place, 'elsewhere', 'ktag.log'), join(place, 'ktag.log'));
  symlinkSync(join(place, 'elsewhere'), join(place, 'folder'), 'junction');
  const listed = (path: string) => ({
    path,
    name: basename(path),
    folders: [],
    sizeBytes: 10,
    modifiedAtMs: 0,
  });
  expect(sniffContent(listed(join(place, 'plain.log'))).errorText).toBe('Reading failed');
  expect(sniffContent(listed(join(place, 'ktag.log'))).errorText).toBeNull();
  expect(sniffContent(listed(join(place, 'folder', 'ktag.log'))).errorText).toBeNull();
});
