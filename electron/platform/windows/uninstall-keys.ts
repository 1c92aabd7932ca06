import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** A program Windows knows how to remove. `installLocation` null when its installer did not say. */
export type InstalledProgram = { readonly displayName: string; readonly publisher: string; readonly installLocation: string | null };

const uninstallKeys = [
  ['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall', '/reg:64'],
  ['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall', '/reg:32'],
  ['HKCU\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall', '/reg:64'],
] as const;

/** Reads what `reg query <key> /s` prints: a key's path at the line start, then its values, indented, name, type and data. */
export function parseUninstallKeys(output: string): readonly InstalledProgram[] {
  const programs: InstalledProgram[] = [];
  let values = new Map<string, string>();
  const close = (): void => {
    const displayName = values.get('displayname') ?? '';
    const location = (values.get('installlocation') ?? '').replaceAll('"', '').trim();
    if (displayName !== '') programs.push({ displayName, publisher: values.get('publisher') ?? '', installLocation: location === '' ? null : location });
    values = new Map();
  };
  for (const line of output.split(/\r\n|\r|\n/u)) {
    if (/^HKEY_/iu.test(line)) close();
    const value = /^\s+(\S.*?)\s{2,}REG_(?:SZ|EXPAND_SZ)(?:\s{2,}|\t)(.*)$/u.exec(line);
    if (value?.[1] !== undefined) values.set(value[1].toLowerCase(), (value[2] ?? '').trim());
  }
  close();
  return programs;
}

/** Folders of the vendor's programs (FACTS section 7): only absolute drive paths, never a network one. */
export function vendorFolders(programs: readonly InstalledProgram[]): readonly string[] {
  const folders = programs.filter((program) => /alientech|k-?suite/iu.test(`${program.displayName} ${program.publisher}`)).map((program) => program.installLocation);
  return [...new Set(folders.filter((folder) => folder !== null).filter((folder) => /^[a-z]:[\\/]/iu.test(folder)))];
}

function query(regExe: string, key: string, view: string): Promise<string> {
  return new Promise((resolve) => {
    // A missing key or a blocked reg.exe only means fewer guesses.
    execFile(regExe, ['query', key, '/s', view], { windowsHide: true, timeout: 5_000, maxBuffer: 16 * 1024 * 1024, shell: false }, (error, stdout) => resolve(error === null ? stdout : ''));
  });
}

/** Every program Windows has written down as installed; empty on other systems and whenever the registry does not answer. */
export async function installedPrograms(platform: NodeJS.Platform = process.platform): Promise<readonly InstalledProgram[]> {
  const windows = process.env['SystemRoot'];
  if (platform !== 'win32' || windows === undefined) return [];
  const regExe = join(windows, 'System32', 'reg.exe');
  const outputs = await Promise.all(uninstallKeys.map(([key, view]) => query(regExe, key, view)));
  return parseUninstallKeys(outputs.join('\n'));
}

/** Install folders of the vendor's programs on this PC. */
export async function installedVendorFolders(platform: NodeJS.Platform = process.platform): Promise<readonly string[]> {
  return vendorFolders(await installedPrograms(platform));
}
