import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { bundledPacks, trustedKeys } from '../../electron/packs/bundled-packs.ts';
import { isSignedBy, packKeys } from '../../electron/packs/pack-signature.ts';
import { packNames } from '../../shared/domain/data-pack.ts';
import { packKeyPair, signedPack } from '../fixtures/signed-pack.ts';
import { bundledPacks as asRead, freshFolder } from './workshop-fixture.ts';

const root = resolve(import.meta.dirname, '../..');
const resources = join(root, 'resources');

/** The program's resources in a folder of their own, to be spoiled. */
function copied(): string {
  const folder = freshFolder();
  cpSync(resources, folder, { recursive: true });
  return folder;
}

test.each(packNames)('bundled pack %s is signed as it stands', async (name) => {
  const { changed } = await bundledPacks(resources, trustedKeys());
  expect(
    changed.includes(name),
    `resources/${name}.json was edited and not signed again: run "npm run sign-packs -- --key FILE" with the project's key, or "-- --new-key" to replace it, and commit resources/`,
  ).toBe(false);
});

test('bundled packs are those of the folder when each is signed', async () => {
  expect(await bundledPacks(resources, trustedKeys())).toEqual({ packs: asRead, changed: [] });
});

test.each<[string, (folder: string) => void]>([
  [
    'edited by hand',
    (folder) =>
      writeFileSync(
        join(folder, 'calendar.json'),
        readFileSync(join(folder, 'calendar.json'), 'utf8').replace('08:30', '07:30'),
      ),
  ],
  [
    'cut off',
    (folder) =>
      writeFileSync(
        join(folder, 'calendar.json'),
        readFileSync(join(folder, 'calendar.json')).subarray(0, 60),
      ),
  ],
  ['gone', (folder) => rmSync(join(folder, 'calendar.json'))],
  [
    'a folder',
    (folder) => {
      rmSync(join(folder, 'calendar.json'));
      mkdirSync(join(folder, 'calendar.json'));
    },
  ],
  [
    'signed by a key nobody knows',
    (folder) => {
      const { body, signature } = signedPack(
        'calendar',
        2,
        { ...asRead.calendar, version: 2 },
        packKeyPair().privateKey,
      );
      writeFileSync(join(folder, 'calendar.json'), body);
      const list = JSON.parse(readFileSync(join(folder, 'pack-signatures.json'), 'utf8')) as {
        signatures: object;
      };
      writeFileSync(
        join(folder, 'pack-signatures.json'),
        JSON.stringify({ signatures: { ...list.signatures, calendar: signature } }),
      );
    },
  ],
])('R-HOURS-1: bundled calendar that is %s is told as changed, and the copy inside the program holds', async (_how, spoil) => {
  const folder = copied();
  spoil(folder);
  expect(await bundledPacks(folder, trustedKeys())).toEqual({ packs: asRead, changed: ['calendar'] });
});

test('bundled packs are all told as changed when the list of signatures is gone, and the program has what it needs', async () => {
  const folder = copied();
  writeFileSync(join(folder, 'pack-signatures.json'), 'not json');
  expect(await bundledPacks(folder, trustedKeys())).toEqual({ packs: asRead, changed: [...packNames] });
  expect(await bundledPacks(join(folder, 'nowhere'), trustedKeys())).toEqual({
    packs: asRead,
    changed: [...packNames],
  });
});

test('bundled pack laid beside the program is taken when a known key signed it, and not when it is older', async () => {
  const [folder, { publicText, privateKey }] = [copied(), packKeyPair()];
  const lay = (version: number): void => {
    const packs = packNames.map((name) =>
      signedPack(
        name,
        name === 'calendar' ? version : asRead[name].version,
        name === 'calendar' ? { ...asRead.calendar, version, days: [1] } : asRead[name],
        privateKey,
      ),
    );
    for (const { name, body } of packs) writeFileSync(join(folder, `${name}.json`), body);
    writeFileSync(
      join(folder, 'pack-signatures.json'),
      JSON.stringify({
        signatures: Object.fromEntries(packs.map(({ name, signature }) => [name, signature])),
      }),
    );
  };
  lay(asRead.calendar.version + 1);
  expect(await bundledPacks(folder, packKeys([publicText]))).toMatchObject({
    packs: { calendar: { days: [1] } },
    changed: [],
  });
  // A key in a file beside the program vouches for nothing.
  expect((await bundledPacks(folder, trustedKeys())).changed).toEqual([...packNames]);
});

/** The signing command on a project of its own. */
function project(): {
  readonly folder: string;
  readonly sign: (...args: string[]) => {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  };
} {
  const folder = freshFolder();
  cpSync(resources, join(folder, 'resources'), { recursive: true });
  for (const name of ['sign-packs.mjs', 'paths.mjs'])
    cpSync(join(root, 'build', name), join(folder, 'build', name));
  return {
    folder,
    sign: (...args) =>
      spawnSync(process.execPath, [join(folder, 'build/sign-packs.mjs'), ...args], {
        encoding: 'utf8',
        env: { ...process.env, PACK_KEY_FILE: undefined },
      }),
  };
}

const keysIn = (folder: string): string[] =>
  (JSON.parse(readFileSync(join(folder, 'resources/pack-keys.json'), 'utf8')) as { keys: string[] }).keys;

test('signing makes an edited pack whole again, with a new key or with the one given, which is kept outside the project', async () => {
  const { folder, sign } = project();
  const file = join(folder, 'resources/calendar.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('08:30', '08:00'));
  expect(sign('--new-key')).toMatchObject({ status: 0 });
  expect(await bundledPacks(join(folder, 'resources'), packKeys(keysIn(folder)))).toMatchObject({
    changed: [],
    packs: { calendar: { windows: [{ from: '08:00' }, {}] } },
  });
  const keyFile = join(freshFolder(), 'owner.pem');
  expect(sign('--new-key', '--key', keyFile)).toMatchObject({ status: 0 });
  const [owner] = keysIn(folder);
  const printed = sign('--key', keyFile, '--print', 'calendar');
  expect(keysIn(folder)).toEqual([owner]);
  expect(isSignedBy(JSON.parse(printed.stdout), packKeys(keysIn(folder)))).toBe(true);
  expect(readFileSync(keyFile, 'utf8')).toContain('PRIVATE KEY');
  expect(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pem')),
  ).toEqual([]);
});

test("signing never replaces the project's key by the way, and says what to do, when it is not given or another one is", () => {
  const { folder, sign } = project();
  const other = join(freshFolder(), 'other.pem');
  const files = ['pack-keys.json', 'pack-signatures.json'].map((name) => join(folder, 'resources', name));
  const held = (): string[] => files.map((file) => readFileSync(file, 'utf8'));
  const before = held();
  expect(sign()).toMatchObject({ status: 0, stdout: `signed already: ${packNames.join(', ')}\n` });
  const calendar = join(folder, 'resources/calendar.json');
  writeFileSync(calendar, readFileSync(calendar, 'utf8').replace('08:30', '08:00'));
  writeFileSync(other, String(packKeyPair().privateKey.export({ format: 'pem', type: 'pkcs8' })));
  const refused = [sign(), sign('--key', other), sign('--key', join(freshFolder(), 'gone.pem'))];
  expect(refused.map(({ status }) => status)).toEqual([1, 1, 1]);
  for (const { stderr } of refused) expect(stderr).toContain('--new-key');
  expect(held()).toEqual(before);
  expect(sign('--new-key', '--key', other)).toMatchObject({ status: 0 });
  expect(sign('--key', other)).toMatchObject({ status: 0 });
  expect(keysIn(folder)).toHaveLength(1);
});

test('signing refuses a private key inside the project and changes nothing', () => {
  const { folder, sign } = project();
  const before = keysIn(folder);
  const refused = sign('--key', join(folder, 'resources/key.pem'));
  expect([refused.status, refused.stderr]).toEqual([
    1,
    'A private key has no place in the project: choose a file outside of it.\n',
  ]);
  expect(keysIn(folder)).toEqual(before);
});

test('no private key lies among what the program ships or is built with', () => {
  const files = ['resources', 'build']
    .flatMap((part) => readdirSync(join(root, part), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => /BEGIN [A-Z ]*PRIVATE KEY/u.test(readFileSync(file, 'latin1')))).toEqual([]);
});
