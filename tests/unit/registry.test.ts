import { expect, test } from 'vitest';
import { parseRegistryExport } from '../../electron/platform/windows/registry.ts';
import { installFolderOf, teamViewerCandidates } from '../../electron/platform/windows/teamviewer-keys.ts';
import {
  expandVariables,
  installedAmong,
  installedPrograms,
  vendorFolders,
} from '../../electron/platform/windows/uninstall-keys.ts';

const exported = (...lines: readonly string[]): Buffer =>
  Buffer.from(`\uFEFF${['Windows Registry Editor Version 5.00', '', ...lines, ''].join('\r\n')}`, 'utf16le');
/** A text with variables as `reg export` writes it: its bytes, broken over lines. */
const expandable = (text: string): string =>
  `hex(2):${[...Buffer.from(`${text}\0`, 'utf16le')]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(',')
    .replace(/(.{75},)/gu, '$1\\\r\n  ')}`;

const keys = parseRegistryExport(
  exported(
    '[HKEY_LOCAL_MACHINE\\Uninstall]',
    '',
    '[HKEY_LOCAL_MACHINE\\Uninstall\\{A}]',
    '"DisplayName"="K-Suite 2.80 – più \\"veloce\\""',
    '"Publisher"="Alientech S.r.l."',
    '"InstallLocation"="\\"C:\\\\Officina Però\\\\K-Suite\\""',
    '"EstimatedSize"=dword:00000001',
    '"Icon"=hex:5b,48,5d',
    '',
    '[HKEY_LOCAL_MACHINE\\Uninstall\\{B}]',
    '"DisplayName"="Other',
    '[HKEY_LOCAL_MACHINE\\Uninstall\\{planted}]',
    '"',
    '"InstallLocation"="C:\\\\Other"',
    '',
    '[HKEY_LOCAL_MACHINE\\Uninstall\\{C}]',
    '@="no name"',
    '"DisplayName"="KSuite on a share"',
    '"InstallLocation"="\\\\\\\\server\\\\ksuite"',
    '',
    '[HKEY_LOCAL_MACHINE\\Uninstall\\{D}]',
    '"InstallLocation"=""',
    '',
    '[HKEY_LOCAL_MACHINE\\Uninstall\\{E}]',
    '"DisplayName"="Alientech Suite"',
    `"InstallLocation"=${expandable('%ProgramFiles%\\Alientech\\Città')}`,
    '',
  ),
);

test('parseRegistryExport gives every key and text as it stands there, also what no code page of a console holds', () => {
  expect(keys.map(({ path }) => path.slice(path.lastIndexOf('\\') + 1))).toEqual([
    'Uninstall',
    '{A}',
    '{B}',
    '{C}',
    '{D}',
    '{E}',
  ]);
  expect(Object.fromEntries(keys[1]?.texts ?? [])).toEqual({
    displayname: 'K-Suite 2.80 – più "veloce"',
    publisher: 'Alientech S.r.l.',
    installlocation: '"C:\\Officina Però\\K-Suite"',
  });
  expect(keys[5]?.texts.get('installlocation')).toBe('%ProgramFiles%\\Alientech\\Città');
  expect(parseRegistryExport(new Uint8Array())).toEqual([]);
});

test("installedAmong leaves out what has no name, and vendorFolders keeps the vendor's programs on a drive", () => {
  const programs = installedAmong(keys, { ProgramFiles: 'C:\\Program Files' });
  expect(programs).toHaveLength(4);
  expect(vendorFolders(programs)).toEqual([
    'C:\\Officina Però\\K-Suite',
    'C:\\Program Files\\Alientech\\Città',
  ]);
});

test('installedPrograms tells a registry that does not answer from one without programs', async () => {
  expect(await installedPrograms(undefined, async () => null)).toBeNull();
  expect(await installedPrograms(undefined, async (key) => (key.startsWith('HKCU') ? [] : null))).toEqual([]);
});

test.each([
  ['%USERPROFILE%\\Documents', 'C:\\Users\\Mario\\Documents'],
  ['%NOBODY%\\x', '%NOBODY%\\x'],
  ['100 % \\ 50 %', '100 % \\ 50 %'],
  ['C:\\plain', 'C:\\plain'],
  ['%USERPROFILE%%USERPROFILE%', 'C:\\Users\\MarioC:\\Users\\Mario'],
])('expandVariables makes of %s %s', (text, expanded) => {
  expect(expandVariables(text, { USERPROFILE: 'C:\\Users\\Mario' })).toBe(expanded);
});

test('R-REMOTE-2: registry is believed before the known folders, nothing is looked for in PATH, and the path rule decides', async () => {
  const key = (text: string): ReturnType<typeof parseRegistryExport> =>
    parseRegistryExport(
      exported(
        '[HKEY_LOCAL_MACHINE\\SOFTWARE\\TeamViewer]',
        `"InstallationDirectory"=${text}`,
        '[HKEY_LOCAL_MACHINE\\SOFTWARE\\TeamViewer\\Temp]',
        '"InstallationDirectory"="C:\\\\evil"',
      ),
    );
  const read = async (name: string, view: string): Promise<ReturnType<typeof key> | null> =>
    name.startsWith('HKLM') && view === '/reg:32' ? key('"D:\\\\TeamViewer\\\\"') : null;
  expect(await teamViewerCandidates(read, { ProgramFiles: 'C:\\Program Files', PATH: 'C:\\evil' })).toEqual([
    'D:\\TeamViewer\\TeamViewer.exe',
    'C:\\Program Files\\TeamViewer\\TeamViewer.exe',
  ]);
  expect(installFolderOf(key(expandable('"%TEMP%\\x"')))).toBe('"%TEMP%\\x"');
  expect(
    installFolderOf(
      parseRegistryExport(
        exported(
          '[HKEY_LOCAL_MACHINE\\SOFTWARE\\TeamViewer]',
          '[HKEY_LOCAL_MACHINE\\SOFTWARE\\TeamViewer\\Temp]',
          '"InstallationDirectory"="C:\\\\evil"',
        ),
      ),
    ),
  ).toBeNull();
  expect(installFolderOf(null)).toBeNull();
});
