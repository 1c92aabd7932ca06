import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagnose, type DiagnoseParts } from '../../electron/collect/diagnose.ts';
import { logFaultOf } from '../../electron/platform/fault-log.ts';
import { storeFolders } from '../../electron/store/store-folders.ts';
import { unzipped } from '../fixtures/unzipped.ts';
import { knownWorkshop } from './workshop-fixture.ts';

const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `officina-${name}-`));

const partsOf = (dataFolder: string): DiagnoseParts => ({
  dataFolder,
  appVersion: '0.1.0',
  runtime: '33.2.1',
  system: 'linux 6.1 x64',
  systemLanguage: 'it',
  packs: [{ name: 'products', version: 4, origin: 'portal', refused: { version: 5, reason: 'signature' } }],
  freeBytes: 3 * 1024 ** 3,
  now: '2026-11-30T17:10:00.000Z',
});

/** What a person wrote or owns: none of it is any business of whoever mends the program. */
const ofPerson = ['ALI-20417', 'Officina Rossi', 'mario@rossi.example', '310077', 'segreto di Mario'];

const everyWord = (file: string): string =>
  [...unzipped(file)].map(([name, bytes]) => `${name}\n${bytes.toString('utf8')}`).join('\n');

test('SEC-LOG: diagnosis tells versions, states and counts, and no word of a person', async () => {
  const dataFolder = await knownWorkshop('it');
  const reference = logFaultOf(dataFolder)(Object.assign(new Error('segreto di Mario'), { code: 'EIO' }));
  const out = join(newFolder('out'), 'pc.zip');
  const { file, text } = await diagnose(out, partsOf(dataFolder));
  expect(file).toBe(out);
  const files = unzipped(file);
  expect([...files.keys()].toSorted()).toEqual(['diagnosi.txt', 'faults.log']);
  expect(files.get('diagnosi.txt')?.toString('utf8')).toBe(`${text}\n`);
  for (const line of [
    'Programma: 0.1.0 · Electron 33.2.1',
    /^Archivio: 1 MB · version \d+ · sound$/mu,
    'products 4 portal refused signature',
    'Spazio libero: 3072 MB',
    'Errori nel registro: 1',
  ])
    expect(text).toMatch(line);
  expect(JSON.parse(files.get('faults.log')?.toString('utf8') ?? '')).toMatchObject({
    reference,
    name: 'Error',
    code: 'EIO',
  });
  const all = everyWord(file);
  expect(ofPerson.filter((word) => all.includes(word))).toEqual([]);
});

test('SEC-LOG: what somebody else wrote into the log of faults or the queue stays out of the diagnosis', async () => {
  const dataFolder = await knownWorkshop('it');
  logFaultOf(dataFolder)(new TypeError('x'));
  const log = join(dataFolder, 'faults.log');
  const ours = readFileSync(log, 'utf8');
  const planted = [
    'segreto di Mario',
    JSON.stringify({ at: 'segreto di Mario', reference: '0', name: 'E', code: '', places: [] }),
    JSON.stringify({
      at: '2026-11-30T17:10:00.000Z',
      reference: 'segreto di Mario',
      name: 'segreto di Mario',
      code: 'segreto di Mario',
      places: ['segreto di Mario', 'at start main.js:1:2)'],
      more: 'segreto di Mario',
    }),
    '{"at":',
  ];
  writeFileSync(log, `${planted.join('\n')}\n${ours}`);
  const { file } = await diagnose(join(newFolder('out'), 'pc.zip'), partsOf(dataFolder));
  const lines = unzipped(file).get('faults.log')?.toString('utf8').trim().split('\n') ?? [];
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    at: '2026-11-30T17:10:00.000Z',
    reference: '',
    name: '',
    code: '',
    places: ['at start main.js:1:2)'],
  });
  expect(`${lines[1]}\n`).toBe(ours);
});

test.each<[string, (file: string) => void, RegExp]>([
  ['is no database', (file) => writeFileSync(file, 'segreto di Mario'), /^Archivio: 1 MB · cannot be read/mu],
  ['was cut in the middle', (file) => truncateSync(file, 9_000), /^Archivio: 1 MB · cannot be read/mu],
  ['is empty', (file) => writeFileSync(file, ''), /^Archivio: 0 MB · cannot be read/mu],
])('diagnosis is made where the store %s, and changes nothing', async (_how, spoil, said) => {
  const dataFolder = await knownWorkshop('it');
  const { database } = storeFolders(dataFolder);
  spoil(database);
  const before = readFileSync(database);
  const { file, text } = await diagnose(join(newFolder('out'), 'pc.zip'), partsOf(dataFolder));
  expect(text).toMatch(said);
  expect(text).toContain('Coda: ?');
  expect(readFileSync(database).equals(before)).toBe(true);
  expect(everyWord(file)).not.toContain('segreto di Mario');
});

test('diagnosis beside a file of the same name takes the next, and where nothing can be written says where', async () => {
  const folder = newFolder('out');
  writeFileSync(join(folder, 'pc.zip'), 'of somebody else');
  const parts = partsOf(newFolder('data'));
  const { file, text } = await diagnose(join(folder, 'pc.zip'), parts);
  expect(file).toBe(join(folder, 'pc (2).zip'));
  expect(text).toMatch(/^Archivio: none · cannot be read$/mu);
  const nowhere = join(folder, 'not there');
  await expect(diagnose(join(nowhere, 'pc.zip'), parts)).rejects.toMatchObject({
    error: { code: 'export.failed', params: { folder: nowhere } },
  });
});
