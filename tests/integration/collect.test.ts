import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { collect, type CollectParts } from '../../electron/collect/collect.ts';
import type { FoundFile } from '../../electron/collect/find-failure.ts';
import { stageFiles } from '../../electron/collect/stage-files.ts';
import { storeFolders } from '../../electron/store/store-folders.ts';
import products from '../../resources/products.json' with { type: 'json' };
import { productCatalogueSchema } from '../../shared/domain/product.ts';
import { unzipped } from '../fixtures/unzipped.ts';
import { knownWorkshop, openTestWorkshop } from './workshop-fixture.ts';

const samples = resolve(import.meta.dirname, '../../resources/samples');
const nowMs = Date.parse('2026-11-24T17:10:00.000Z');
const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `officina-${name}-`));

/** A tool's folder with what the samples are made of, changed when they say. */
function toolFolder(): string {
  const folder = join(newFolder('tool'), 'K-TAG');
  mkdirSync(folder);
  const list = JSON.parse(readFileSync(join(samples, 'samples.json'), 'utf8')) as {
    files: { name: string; minutesAgo: number }[];
  };
  for (const { name, minutesAgo } of list.files) {
    const file = join(folder, name);
    cpSync(join(samples, name), file);
    const atSeconds = (nowMs - minutesAgo * 60_000) / 1_000;
    utimesSync(file, atSeconds, atSeconds);
  }
  return folder;
}

function partsOf(dataFolder: string, ...folders: readonly string[]): CollectParts {
  return {
    dataFolder,
    scanWorker: new URL('../../electron/evidence/scan.worker.ts', import.meta.url),
    guesses: { guessed: async () => folders, installed: async () => [] },
    products: productCatalogueSchema.parse(products).products,
    systemLanguage: 'it',
    appVersion: '0.1.0',
    nowMs,
    logFault: (error) => String(error),
  };
}

const textOf = (files: ReadonlyMap<string, Buffer>, name: string): string =>
  files.get(name)?.toString('utf8') ?? `no ${name} among ${[...files.keys()].join(', ')}`;
const taken = (files: ReadonlyMap<string, Buffer>): readonly string[] =>
  [...files.keys()].filter((name) => name.startsWith('files/')).toSorted();

test('collects the last failure with what changed near it, and no ECU read, as whoever knows the workshop would write it', async () => {
  const tools = toolFolder();
  const out = join(newFolder('out'), 'case.zip');
  const before = readdirSync(tools);
  const { file, isFailure } = await collect(out, partsOf(await knownWorkshop('en'), tools));
  expect([file, isFailure]).toEqual([out, true]);
  const files = unzipped(file);
  expect(taken(files)).toEqual(['files/ktag_read_sample.log', 'files/ktag_support_sample']);
  const request = textOf(files, 'request.txt');
  for (const line of [
    'Customer code: ALI-20417',
    'Serial number: 310077',
    'Checksum error at 38 %',
    '03L906018DM',
  ])
    expect(request).toContain(line);
  expect(request).not.toContain('golf6');
  const page = textOf(files, 'read-me.txt');
  expect(page).toContain('ktag_read_sample.log');
  expect(page).toMatch(/it is missing here:\n- /u);
  expect(page).not.toContain('- Serial number');
  const manifest = JSON.parse(textOf(files, 'manifest.json')) as {
    files: { name: string; sha256: string; from: string }[];
  };
  expect(manifest.files).toHaveLength(2);
  for (const { name, sha256, from } of manifest.files) {
    const bytes = files.get(name) ?? Buffer.alloc(0);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(readFileSync(from).equals(bytes)).toBe(true);
  }
  expect(readdirSync(tools)).toEqual(before);
});

type Spoil = (dataFolder: string) => void;
const database = (dataFolder: string): string => storeFolders(dataFolder).database;
test.each<[string, Spoil, string]>([
  ['is gone', (folder) => writeFileSync(database(folder), ''), 'Codice cliente'],
  ['is no database', (folder) => writeFileSync(database(folder), 'x'.repeat(100_000)), 'Codice cliente'],
  [
    'was cut in the middle',
    (folder) => {
      const descriptor = openSync(database(folder), 'r+');
      ftruncateSync(descriptor, 9_000);
      closeSync(descriptor);
    },
    'Codice cliente',
  ],
])('collects where the store %s, and says what nobody could tell', async (_how, spoil, missing) => {
  const dataFolder = await knownWorkshop('en');
  spoil(dataFolder);
  const { file } = await collect(join(newFolder('out'), 'caso.zip'), partsOf(dataFolder, toolFolder()));
  const files = unzipped(file);
  expect(taken(files)).toHaveLength(2);
  expect(textOf(files, 'leggimi.txt')).toContain(`- ${missing}`);
  expect(textOf(files, 'richiesta.txt')).toContain('Checksum error at 38 %');
});

test('collects what a damaged store knew from its newest backup', async () => {
  const dataFolder = await knownWorkshop('en');
  const { backups } = storeFolders(dataFolder);
  mkdirSync(backups, { recursive: true });
  cpSync(database(dataFolder), join(backups, 'daily-20261124T120000000Z.db'));
  writeFileSync(database(dataFolder), 'no database');
  const { file } = await collect(join(newFolder('out'), 'case.zip'), partsOf(dataFolder, toolFolder()));
  expect(textOf(unzipped(file), 'request.txt')).toContain('Customer code: ALI-20417');
});

test('collects while the program itself holds the store', async () => {
  const dataFolder = await knownWorkshop('en');
  const { services } = await openTestWorkshop(dataFolder);
  const { file } = await collect(join(newFolder('out'), 'case.zip'), partsOf(dataFolder, toolFolder()));
  await services.stop();
  expect(textOf(unzipped(file), 'request.txt')).toContain('ALI-20417');
});

test('collects the newest LOGs where none tells of a failure, and says so; where there is none, the page alone', async () => {
  const folder = join(newFolder('tool'), 'KSuite');
  mkdirSync(folder);
  writeFileSync(join(folder, 'ieri.log'), '18:01:44 Reading completed\n');
  const dataFolder = newFolder('data');
  const calm = unzipped((await collect(join(newFolder('out'), 'a.zip'), partsOf(dataFolder, folder))).file);
  expect(taken(calm)).toEqual(['files/ieri.log']);
  expect(textOf(calm, 'leggimi.txt')).toContain('In nessun LOG');
  const empty = unzipped(
    (await collect(join(newFolder('out'), 'a.zip'), partsOf(dataFolder, join(folder, 'not there')))).file,
  );
  expect([...empty.keys()].toSorted()).toEqual(['leggimi.txt', 'manifest.json', 'richiesta.txt']);
  expect(textOf(empty, 'leggimi.txt')).toContain('non è stato trovato nessun LOG');
});

test('collects only the end of a LOG too large for a request, with the failure in it, and follows no link', async () => {
  const folder = join(newFolder('tool'), 'KSuite');
  mkdirSync(folder);
  const large = join(folder, 'grande.log');
  const stretch = '18:00:00 Reading flash: going on\n'.repeat(32_768);
  for (let written = 0; written < 110 * 1024 ** 2; written += stretch.length)
    writeFileSync(large, stretch, { flag: 'a' });
  writeFileSync(large, '18:01:44 ERR Checksum error at 38 %\n18:01:45 Operation closed', { flag: 'a' });
  if (process.platform !== 'win32') symlinkSync('/etc/passwd', join(folder, 'link.log'));
  const { file } = await collect(join(newFolder('out'), 'a.zip'), partsOf(newFolder('data'), folder));
  const files = unzipped(file);
  expect(taken(files)).toEqual(['files/grande.log']);
  expect(files.get('files/grande.log')?.length).toBe(20 * 1024 * 1024);
  expect(textOf(files, 'leggimi.txt')).toContain('grande.log (solo la parte finale');
});

test('collects beside a file of the same name, and where nothing can be written says where and leaves nothing', async () => {
  const folder = newFolder('out');
  const out = join(folder, 'caso.zip');
  writeFileSync(out, 'of somebody else');
  const parts = partsOf(newFolder('data'), toolFolder());
  const { file } = await collect(out, parts);
  expect([file, readFileSync(out, 'utf8')]).toEqual([join(folder, 'caso (2).zip'), 'of somebody else']);
  expect(readdirSync(folder).toSorted()).toEqual(['caso (2).zip', 'caso.zip']);
  const nowhere = join(folder, 'not there');
  await expect(collect(join(nowhere, 'caso.zip'), parts)).rejects.toMatchObject({
    error: { code: 'export.failed', params: { folder: nowhere } },
  });
  expect(readdirSync(folder).toSorted()).toEqual(['caso (2).zip', 'caso.zip']);
});

/** Opens as a file and gives no byte: what Linux tells of a network that has no speed. */
const unreadable = '/sys/devices/virtual/net/lo/speed';

test.skipIf(!existsSync(unreadable))(
  'file that breaks off in the middle keeps no other of its name from being taken',
  async () => {
    const path = join(newFolder('tool'), 'prova.log');
    writeFileSync(path, 'ERR wake up');
    const candidate = { name: 'prova.log', sizeBytes: 11 } as FoundFile['candidate'];
    const staged = await stageFiles(
      [
        { path: unreadable, candidate },
        { path, candidate },
      ],
      newFolder('staging'),
    );
    expect(staged.leftOut.map(({ found }) => found.path)).toEqual([unreadable]);
    expect(staged.files.map(({ found, sizeBytes }) => [found.path, sizeBytes])).toEqual([[path, 11]]);
  },
);
