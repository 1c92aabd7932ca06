import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { packRegistry, type PackRegistry } from '../../electron/packs/pack-registry.ts';
import { packKeys } from '../../electron/packs/pack-signature.ts';
import { openPracticeDatabase } from '../../electron/portal/practice/practice-database.ts';
import { practiceDesk } from '../../electron/portal/practice/practice-desk.ts';
import { startPracticePortal } from '../../electron/portal/practice/start-practice-portal.ts';
import type { SignedPack } from '../../shared/domain/data-pack.ts';
import { packKeyPair, signedPack } from '../fixtures/signed-pack.ts';
import { bundledPacks, freshFolder, openTestWorkshop } from './workshop-fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const ours = packKeyPair();
const foreign = packKeyPair();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  .publicKey.export({ format: 'der', type: 'spki' })
  .toString('base64');
const keys = packKeys([ours.publicText, 'no key at all', rsa]);
const signed = (name: string, version: number, body: object, key: KeyObject = ours.privateKey): SignedPack =>
  signedPack(name, version, body, key);

const newer = { ...bundledPacks.calendar, version: 2, windows: [{ from: '09:00', to: '13:00' }] };
const shelfIn = (folder: string): PackRegistry =>
  packRegistry({ folder, bundled: bundledPacks, changed: [], keys });
const calendarOf = (shelf: PackRegistry): ReturnType<PackRegistry['status']>[number] | undefined =>
  shelf.status().find((item) => item.name === 'calendar');

test('R-HOURS-1: pack that is newer, signed and whole replaces the bundled one, and is there at the next start', () => {
  const folder = freshFolder();
  expect(keys).toHaveLength(1);
  const shelf = shelfIn(folder);
  expect(shelf.offer([signed('calendar', 2, newer)])).toBe(true);
  expect(shelf.packs().calendar.windows).toEqual(newer.windows);
  expect(calendarOf(shelfIn(folder))).toEqual({
    name: 'calendar',
    version: 2,
    origin: 'portal',
    refused: null,
  });
  expect(shelf.offer([signed('calendar', 2, newer), signed('calendar', 1, bundledPacks.calendar)])).toBe(
    false,
  );
});

test.each<[string, SignedPack, 'signature' | 'schema']>([
  ['by a key nobody knows', signed('calendar', 3, { ...newer, version: 3 }, foreign.privateKey), 'signature'],
  [
    'and changed afterwards',
    {
      ...signed('calendar', 3, { ...newer, version: 3 }),
      body: JSON.stringify({ ...newer, version: 3, windows: [] }),
    },
    'signature',
  ],
  ['with a version written over', { ...signed('calendar', 2, newer), version: 3 }, 'signature'],
  ['as another pack', { ...signed('products', 3, { ...newer, version: 3 }), name: 'calendar' }, 'signature'],
  ['and not of the schema', signed('calendar', 3, { version: 3, zone: 'Europe/Rome' }), 'schema'],
  [
    'with hours that overlap',
    signed('calendar', 3, {
      ...newer,
      version: 3,
      windows: [
        { from: '09:00', to: '13:00' },
        { from: '12:00', to: '15:00' },
      ],
    }),
    'schema',
  ],
  [
    'with a zone no clock knows',
    signed('calendar', 3, { ...newer, version: 3, zone: 'Europe/Rom' }),
    'schema',
  ],
  [
    'with half a signature',
    { ...signed('calendar', 3, { ...newer, version: 3 }), signature: 'AAAA' },
    'signature',
  ],
  ['with another version inside', signed('calendar', 3, newer), 'schema'],
])('R-HOURS-2: pack signed %s keeps the one before and says so', (_how, pack, reason) => {
  const shelf = shelfIn(freshFolder());
  expect(shelf.offer([pack])).toBe(false);
  expect(shelf.packs().calendar).toEqual(bundledPacks.calendar);
  expect(calendarOf(shelf)).toEqual({
    name: 'calendar',
    version: 1,
    origin: 'bundled',
    refused: { version: 3, reason },
  });
});

test('R-VERSION-1: product catalogue from the portal says that it is in force from the next start, and then is', () => {
  const folder = freshFolder();
  const productsOf = (shelf: PackRegistry): unknown =>
    shelf.status().find((item) => item.name === 'products');
  const shelf = shelfIn(folder);
  const version = bundledPacks.products.version + 1;
  shelf.offer([signed('products', version, { ...bundledPacks.products, version })]);
  expect(productsOf(shelf)).toMatchObject({ version, origin: 'next-start' });
  expect(productsOf(shelfIn(folder))).toMatchObject({ version, origin: 'portal' });
});

test('R-HOURS-2: pack changed on disk is not believed at the next start', () => {
  const folder = freshFolder();
  shelfIn(folder).offer([signed('calendar', 2, newer)]);
  writeFileSync(
    join(folder, 'calendar.json'),
    JSON.stringify({ ...signed('calendar', 2, newer), body: JSON.stringify({ ...newer, days: [7] }) }),
  );
  writeFileSync(join(folder, 'products.json'), 'not json');
  expect(shelfIn(folder).packs()).toEqual(bundledPacks);
  expect(calendarOf(shelfIn(folder))?.refused).toEqual({ version: 2, reason: 'signature' });
  expect(
    shelfIn(folder)
      .status()
      .find((item) => item.name === 'products'),
  ).toEqual({
    name: 'products',
    version: bundledPacks.products.version,
    origin: 'bundled',
    refused: { version: bundledPacks.products.version, reason: 'changed' },
  });
});

test('R-EXCL-1: pack is told as not kept when the disk does not take it, and the one before stays', () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'exclusions.json'));
  const shelf = shelfIn(folder);
  expect(shelf.offer([signed('exclusions', 9, { ...bundledPacks.exclusions, version: 9 })])).toBe(false);
  expect(shelf.status().find((item) => item.name === 'exclusions')?.refused).toEqual({
    version: 9,
    reason: 'disk',
  });
  expect(shelf.packs().exclusions.version).toBe(bundledPacks.exclusions.version);
});

test('R-HOURS-1: calendar the portal hands out moves the opening hours at once, an unsigned one does not', async () => {
  const folder = freshFolder();
  const db = openPracticeDatabase(folder);
  practiceDesk(db, () => '').setPacks([
    signed('calendar', 2, { ...newer, days: [], windows: [] }),
    signed('exclusions', 2, bundledPacks.exclusions, foreign.privateKey),
  ]);
  db.close();
  const portal = await startPracticePortal({ dataFolder: folder, port: 0, operatorDelayMs: null });
  stops.push(portal.stop);
  const opened = await openTestWorkshop(freshFolder(), {
    packs: shelfIn(freshFolder()),
    keychain: {
      read: async () => ({ kind: 'present', secret: portal.token }),
      save: async () => undefined,
      remove: async () => true,
    },
    timing: { gapMs: 30, syncMs: 50 },
  });
  stops.push(() => opened.services.stop());
  await opened.call('saveProfile', {
    customerCode: 'ALI-1',
    company: 'Rossi',
    email: 'a@b.example',
    ticketLanguage: 'it',
  });
  await opened.call('choosePortal', { kind: 'contract', url: portal.url });
  await opened.services.start();
  await expect
    .poll(async () => (await opened.call('packStatus', {})).some((item) => item.origin === 'portal'))
    .toBe(true);
  expect((await opened.call('portalStatus', {})).dayLine.map((span) => span.state)).toEqual(['unstaffed']);
  expect((await opened.call('packStatus', {})).find((item) => item.name === 'exclusions')).toMatchObject({
    origin: 'bundled',
    refused: { version: 2, reason: 'signature' },
  });
});
