import { expect, test } from 'vitest';
import { seedBases } from '../../electron/platform/seed-folders.ts';
import { installedVendorFolders, parseUninstallKeys, vendorFolders } from '../../electron/platform/windows/uninstall-keys.ts';

const output = [
  '', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{A}',
  '    DisplayName    REG_SZ    K-Suite 2.80', '    Publisher    REG_SZ    Alientech S.r.l.', '    InstallLocation    REG_SZ    "C:\\Program Files (x86)\\Alientech\\K-Suite"', '    EstimatedSize    REG_DWORD    0x1',
  '', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{B}',
  '    DisplayName    REG_SZ    Other', '    InstallLocation    REG_SZ    C:\\Other',
  '', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{C}',
  '    DisplayName    REG_SZ    KSuite on a share', '    InstallLocation    REG_SZ    \\\\server\\ksuite',
  '', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{D}', '    InstallLocation    REG_SZ    ', '', 'End of search: 3 match(es) found.', '',
].join('\r\n');

test('parseUninstallKeys reads each program once when reg prints keys and values', () => {
  expect(parseUninstallKeys(output)).toEqual([
    { displayName: 'K-Suite 2.80', publisher: 'Alientech S.r.l.', installLocation: 'C:\\Program Files (x86)\\Alientech\\K-Suite' },
    { displayName: 'Other', publisher: '', installLocation: 'C:\\Other' },
    { displayName: 'KSuite on a share', publisher: '', installLocation: '\\\\server\\ksuite' },
  ]);
  expect(parseUninstallKeys('')).toEqual([]);
});

test('vendorFolders keeps only the vendor\'s programs on a drive when others are installed', () => {
  expect(vendorFolders(parseUninstallKeys(output))).toEqual(['C:\\Program Files (x86)\\Alientech\\K-Suite']);
});

test('installedVendorFolders is empty when the system is not Windows', async () => {
  expect(await installedVendorFolders('linux')).toEqual([]);
});

test('seedBases covers every place of FACTS section 7 when the system is Windows', () => {
  const env = { 'ProgramFiles(x86)': 'PF86', ProgramFiles: 'PF', ProgramData: 'PD', PUBLIC: 'PUB', APPDATA: 'ROAM', LOCALAPPDATA: 'LOCAL', SystemDrive: 'C:' };
  const folders = seedBases(env, 'win32', 'DOCS').map((base) => base.folder);
  expect(folders).toHaveLength(8);
  expect(folders).toEqual(expect.arrayContaining(['PF86', 'PF', 'PD', 'DOCS', 'ROAM', 'LOCAL', 'C:\\']));
});
