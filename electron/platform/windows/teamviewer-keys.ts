import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** The places TeamViewer writes itself down (FACTS section 4), in the order they are believed. */
export const teamViewerKeys = [
  ['HKLM\\SOFTWARE\\TeamViewer', '/reg:64'],
  ['HKLM\\SOFTWARE\\TeamViewer', '/reg:32'],
  ['HKCU\\SOFTWARE\\TeamViewer', '/reg:64'],
] as const;

export type RegistryQuery = (key: string, view: string) => Promise<string>;

/** Install folder as `reg query` printed it, untouched: judging it is the path rule's work. Null when the key names none. */
export function installFolderOf(output: string): string | null {
  for (const line of output.split(/\r\n|\r|\n/u)) {
    const value = /^\s+InstallationDirectory\s{2,}REG_(?:SZ|EXPAND_SZ)\s{2,}(.+)$/iu.exec(line);
    if (value?.[1] !== undefined) return value[1];
  }
  return null;
}

export const registryQuery: RegistryQuery = (key, view) => {
  const windows = process.env['SystemRoot'];
  if (process.platform !== 'win32' || windows === undefined) return Promise.resolve('');
  return new Promise((resolve) => {
    execFile(join(windows, 'System32', 'reg.exe'), ['query', key, view], { windowsHide: true, timeout: 5_000, shell: false }, (error, stdout) => resolve(error === null ? stdout : ''));
  });
};

/**
 * Where a TeamViewer may lie: what the registry names, then the known folders. Never a search of PATH or of the folder we stand
 * in (T9). Paths come out as they were written and must pass `windowsPathRefusal`.
 */
export async function teamViewerCandidates(query: RegistryQuery, env: Readonly<Record<string, string | undefined>>): Promise<readonly string[]> {
  const named = (await Promise.all(teamViewerKeys.map(([key, view]) => query(key, view)))).map(installFolderOf).filter((folder) => folder !== null);
  const known = [env['ProgramFiles'], env['ProgramFiles(x86)']].filter((folder) => folder !== undefined).map((folder) => `${folder}\\TeamViewer`);
  return [...new Set([...named, ...known].map((folder) => `${folder.replace(/\\$/u, '')}\\TeamViewer.exe`))];
}
