import type { ReadRegistry, RegistryKey } from './registry.ts';

/** The places TeamViewer writes itself down (FACT-TV-1), in the order they are believed. */
export const teamViewerKeys = [
  ['HKLM\\SOFTWARE\\TeamViewer', '/reg:64'],
  ['HKLM\\SOFTWARE\\TeamViewer', '/reg:32'],
  ['HKCU\\SOFTWARE\\TeamViewer', '/reg:64'],
] as const;

/** Install folder as the registry holds it, untouched: judging it is the path rule's work. Null when the key itself names none. */
export function installFolderOf(keys: readonly RegistryKey[] | null): string | null {
  return keys?.[0]?.texts.get('installationdirectory') ?? null;
}

/**
 * Where a TeamViewer may lie: what the registry names, then the known folders. Never a search of PATH or of the folder we stand
 * in (THREAT-9). Paths come out as they were written and must pass `windowsPathRefusal`.
 */
export async function teamViewerCandidates(
  read: ReadRegistry,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const named = (await Promise.all(teamViewerKeys.map(([key, view]) => read(key, view))))
    .map(installFolderOf)
    .filter((folder) => folder !== null);
  const known = [env['ProgramFiles'], env['ProgramFiles(x86)']]
    .filter((folder) => folder !== undefined)
    .map((folder) => `${folder}\\TeamViewer`);
  return [...new Set([...named, ...known].map((folder) => `${folder.replace(/\\$/u, '')}\\TeamViewer.exe`))];
}
