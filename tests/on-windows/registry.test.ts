import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type ReadRegistry, readRegistry } from '../../electron/platform/windows/registry.ts';
import { teamViewerCandidates } from '../../electron/platform/windows/teamviewer-keys.ts';
import { installedPrograms, vendorFolders } from '../../electron/platform/windows/uninstall-keys.ts';
import { windowsPathRefusal } from '../../shared/rules/teamviewer-path.ts';
import { contract } from './contract.ts';

type Writes = (key: string, name: string, text: string, type?: 'REG_SZ' | 'REG_EXPAND_SZ') => void;

/** A corner of the person's own registry for one contract, gone afterwards; `read` finds there what it is asked for in the places of Windows. */
async function inRegistry(work: (write: Writes, read: ReadRegistry) => Promise<void>): Promise<void> {
  const root = `HKCU\\Software\\Officina Support contracts\\${randomUUID()}`;
  const below = (key: string): string => key.replace(/^HK\w+\\software/iu, root);
  const reg = (...args: readonly string[]): unknown => execFileSync('reg', [...args], { stdio: 'ignore' });
  reg('add', root, '/f');
  try {
    await work(
      (key, name, text, type = 'REG_SZ') => reg('add', below(key), '/v', name, '/t', type, '/d', text, '/f'),
      (key, view) => (key.startsWith('HKCU') ? readRegistry(below(key), view) : Promise.resolve(null)),
    );
  } finally {
    reg('delete', root, '/f');
  }
}

contract(
  'registry gives a text back as it was written, whatever the code page of the console',
  'windows or wine',
  () =>
    inRegistry(async (write, read) => {
      write('HKCU\\SOFTWARE\\Ünïcode', 'Città – 東京', 'C:\\Officina Però\\"più" €\\');
      write('HKCU\\SOFTWARE\\Ünïcode', 'Expanded', '%TEMP%\\Però', 'REG_EXPAND_SZ');
      const [key] = (await read('HKCU\\SOFTWARE\\Ünïcode', '/reg:64')) ?? [];
      assert.deepEqual([...(key?.texts ?? [])].sort(), [
        ['città – 東京', 'C:\\Officina Però\\"più" €\\'],
        ['expanded', '%TEMP%\\Però'],
      ]);
      assert.equal(await read('HKCU\\SOFTWARE\\Nothing here', '/reg:64'), null);
    }),
);

contract(
  "vendor's folder is found where its installer wrote it, with variables and accents",
  'windows or wine',
  () =>
    inRegistry(async (write, read) => {
      const key = 'HKCU\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\KSuite';
      write(key, 'DisplayName', 'K-Suite è qui');
      write(key, 'Publisher', 'Alientech srl');
      write(key, 'InstallLocation', '%SystemDrive%\\Officina Però\\K-Suite', 'REG_EXPAND_SZ');
      assert.deepEqual(vendorFolders((await installedPrograms(undefined, read)) ?? []), [
        `${process.env['SystemDrive']}\\Officina Però\\K-Suite`,
      ]);
    }),
);

contract('programs of this PC are listed', 'windows', async () => {
  const programs = await installedPrograms();
  assert.ok(programs !== null && programs.length > 0);
});

contract(
  "R-REMOTE-2 registry names TeamViewer's folder, and what is written there oddly is refused and not cleaned",
  'windows or wine',
  () =>
    inRegistry(async (write, read) => {
      const judged = async (folder: string): Promise<readonly (string | null)[]> => {
        write('HKCU\\SOFTWARE\\TeamViewer', 'InstallationDirectory', folder);
        return (await teamViewerCandidates(read, {})).map(windowsPathRefusal);
      };
      assert.deepEqual(await judged('D:\\Strumenti Però\\TeamViewer'), [null]);
      assert.deepEqual(await teamViewerCandidates(read, {}), [
        'D:\\Strumenti Però\\TeamViewer\\TeamViewer.exe',
      ]);
      assert.deepEqual(await judged('\\\\server\\share'), ['path-network']);
      assert.deepEqual(await judged('%TEMP%\\TeamViewer'), ['path-variables']);
      assert.deepEqual(await judged('"C:\\TeamViewer"'), ['path-quotes']);
    }),
);
