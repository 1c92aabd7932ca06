import { expect, test } from 'vitest';
import { fuseProblems, wanted } from '../../build/ship/fuses.mjs';
import { packageFolder } from '../../build/ship/inventory-plugin.mjs';
import { listProblems } from '../../build/ship/package-list.mjs';
import { readProblems, readsIn } from '../../build/ship/reads.mjs';
import { sbom } from '../../build/ship/sbom.mjs';
import { unheardSwitches } from '../../electron/platform/outside-switches.ts';

const file = (path: string, more: object = {}) => ({
  path,
  size: 1,
  unpacked: false,
  link: undefined,
  ...more,
});
const good = [
  file('package.json'),
  file('out/main/main.js'),
  file('out/main/chunks/schemas-DYbIzBoa.js'),
  file('out/preload/preload.cjs'),
  file('out/renderer/index.html'),
  file('out/resources/licences.json'),
  file('node_modules/better-sqlite3/lib/database.js'),
  file('node_modules/better-sqlite3/prebuilds/win32-x64.node', { unpacked: true }),
  file('node_modules/keytar/prebuilds/win32-x64/keytar.node', { unpacked: true }),
];

test('package with just what ships has no problem, and each thing too many or too few is named', () => {
  expect(listProblems(good, 'win32-x64')).toEqual([]);
  for (const [path, unpacked] of [
    ['out/main/main.js.map', false],
    ['docs/architecture.md', false],
    ['node_modules/moment/moment.js', false],
    ['node_modules/@redis/client/index.js', false],
    ['node_modules/better-sqlite3/src/better_sqlite3.cpp', false],
    ['node_modules/better-sqlite3/prebuilds/linux-x64.node', true],
    ['node_modules/keytar/prebuilds/win32-arm64/keytar.node', true],
    ['out/main/chunks/../../../x.js', false],
  ] as const)
    expect(listProblems([...good, file(path, { unpacked })], 'win32-x64'), path).toEqual(
      expect.arrayContaining([`${path}: not in the list of what ships`]),
    );
  expect(listProblems([...good.slice(1), file('package.json', { unpacked: true })], 'win32-x64')).toEqual([
    'package.json: outside the archive, where nobody looks after it',
  ]);
  expect(listProblems([...good, file('out/main/check.js', { link: '/etc/passwd' })], 'win32-x64')).toEqual([
    'out/main/check.js: a link',
  ]);
  expect(
    listProblems(
      good.filter(({ path }) => !path.includes('keytar')),
      'win32-x64',
    ),
  ).toEqual(['node_modules/keytar/prebuilds/win32-x64/keytar.node: missing outside the archive']);
  expect(listProblems([], 'win32-x64')).toHaveLength(6);
});

test('SEC-19: each fuse that is not as wanted is named, and an executable that tells none is refused', () => {
  expect(fuseProblems(wanted)).toEqual([]);
  expect(fuseProblems({ ...wanted, WasmTrapHandlers: null })).toEqual([]);
  let tried = 0;
  for (const [name, on] of Object.entries(wanted)) {
    expect(fuseProblems({ ...wanted, [name]: !on })).toEqual([`${name} is ${on ? 'off' : 'on'}`]);
    tried += 1;
  }
  expect(tried).toBe(9);
  expect(fuseProblems({ RunAsNode: null })).toEqual(['no fuse could be read']);
  expect(fuseProblems({ ...wanted, FuseOfTomorrow: true })).toEqual(['FuseOfTomorrow is on']);
});

test('release that begins to read another variable, or one more often, is noticed however it is written', () => {
  const read = readsIn(`
    a = process.env.ONE; b = process.env["TWO"]; c = process.env['TWO']; d = process.env[name]; e = { ...process.env };
    f = process?.env?.THREE; g = environment["FOUR(x86)"]; h = process.argv; /* process.env.SAID */
    // process.env.SAID
  `);
  expect(read).toEqual({ ONE: 1, TWO: 2, 'env[…]': 1, env: 1, THREE: 1, 'FOUR(x86)': 1, argv: 1 });
  expect(
    readProblems(read, Object.fromEntries(Object.entries(read).map(([name, times]) => [name, { times }]))),
  ).toEqual([]);
  expect(readProblems({ SQLITE_NATIVE_BINDING: 1 }, {})).toEqual([
    'SQLITE_NATIVE_BINDING: read 1 times in the release, 0 are accounted for',
  ]);
  expect(readProblems({ DEBUG: 3 }, { DEBUG: { times: 2 } })).toHaveLength(1);
  expect(readProblems({}, { GONE: { times: 1 } })).toHaveLength(1);
});

test('module of a package is told from ours, also below another package and with what the bundler puts around it', () => {
  expect(packageFolder('/x/node_modules/axios/lib/a.js')).toBe('node_modules/axios');
  expect(packageFolder('\0/x/node_modules/@tus/server/a.js?commonjs')).toBe('node_modules/@tus/server');
  expect(packageFolder('C:\\x\\node_modules\\a\\node_modules\\@b\\c\\d.js')).toBe(
    'node_modules/a/node_modules/@b/c',
  );
  expect(packageFolder('/x/electron/main.ts')).toBeNull();
});

test('SBOM says the same of the same parts, with hashes, groups and expressions as the format wants them', () => {
  const parts = [
    {
      name: '@a/b',
      version: '1.0.0',
      licence: '(ISC AND CC-BY-3.0)',
      purl: 'pkg:npm/%40a/b@1.0.0',
      integrity: 'sha512-AAEC',
    },
    { name: 'Electron', version: '45.4.1', licence: 'MIT', purl: 'pkg:npm/electron@45.4.1' },
  ];
  const made = sbom({ name: 'officina-support', version: '0.1.0' }, parts);
  expect(made).toEqual(sbom({ name: 'officina-support', version: '0.1.0' }, parts));
  expect(made.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/u,
  );
  expect(made.components).toMatchObject([
    {
      type: 'library',
      group: '@a',
      name: 'b',
      hashes: [{ alg: 'SHA-512', content: '000102' }],
      licenses: [{ expression: 'ISC AND CC-BY-3.0' }],
    },
    { type: 'framework', name: 'Electron', licenses: [{ license: { id: 'MIT' } }] },
  ]);
});

test('SEC-21: a package obeys the switches of its list and no other, however they are written; a checkout obeys all', () => {
  const bad = [
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
    '-remote-debugging-port',
    '--load-extension=/x',
    '--proxy-server=x',
    '--js-flags=--x',
  ];
  const fine = [
    '--disable-gpu',
    '--data-dir',
    '/tmp/x',
    '--data-dir=/tmp/--y',
    '/no/switch',
    'plain',
    '-',
    '--',
  ];
  expect(unheardSwitches(['/x/officina-support', ...bad, ...fine], 'linux', 'shut')).toEqual([
    'remote-debugging-port',
    'remote-debugging-pipe',
    'load-extension',
    'proxy-server',
    'js-flags',
  ]);
  expect(unheardSwitches(['x.exe', '/REMOTE-Debugging-Port=1', '--DISABLE-GPU'], 'win32', 'shut')).toEqual([
    'remote-debugging-port',
  ]);
  expect(unheardSwitches(['x', '--', '--remote-debugging-port=0'], 'linux', 'shut')).toEqual([]);
  expect(unheardSwitches(['x', ...bad], 'linux', 'walked')).not.toContain('remote-debugging-port');
  expect(unheardSwitches(['x', ...bad], 'linux', 'walked')).toContain('remote-debugging-pipe');
  expect(unheardSwitches(['x', ...bad], 'linux', 'open')).toEqual([]);
});
