import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listedKind } from './listed-kind.ts';

/** A folder under which LOG folders are guessed, and how their names begin. */
export type GuessBase = { readonly folder: string; readonly prefixes: readonly string[] };

/** All of it is guessed: no public source names a LOG folder of these tools (FACT-LOG-1, FACT-LOG-7). */
const namePrefixes = ['alientech', 'k-suite', 'ksuite'];

/** The places to guess in. @param documents the person's documents folder as the system names it */
export function guessBases(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  documents: string,
): readonly GuessBase[] {
  if (platform !== 'win32') return [{ folder: documents, prefixes: namePrefixes }];
  const publicFolder = env['PUBLIC'];
  const drive = env['SystemDrive'];
  const profile = env['USERPROFILE'];
  const folders = [
    env['ProgramFiles(x86)'],
    env['ProgramFiles'],
    env['ProgramData'],
    documents,
    // Where OneDrive has taken the place of Documents, a tool installed before still writes to the old one.
    profile === undefined ? undefined : join(profile, 'Documents'),
    publicFolder === undefined ? undefined : join(publicFolder, 'Documents'),
    env['APPDATA'],
    env['LOCALAPPDATA'],
    drive === undefined ? undefined : `${drive}\\`,
  ];
  return [...new Set(folders.filter((folder) => folder !== undefined))].map((folder) => ({
    folder,
    prefixes: namePrefixes,
  }));
}

/** The folders that are there and begin as guessed. Links are left out; a base that cannot be read is skipped. */
export async function matchingFolders(bases: readonly GuessBase[]): Promise<readonly string[]> {
  const found = await Promise.all(
    bases.map(async ({ folder, prefixes }) => {
      const entries = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) =>
        prefixes.some((prefix) => entry.name.toLowerCase().startsWith(prefix)),
      );
      const kinds = await Promise.all(entries.map((entry) => listedKind(entry, join(folder, entry.name))));
      return entries
        .filter((_entry, index) => kinds[index]?.isDirectory() === true)
        .map((entry) => join(folder, entry.name));
    }),
  );
  return [...new Set(found.flat())];
}

/** One guess per base that is worth showing even when it is not there, so that the person sees where we looked and can correct it. */
export function namedGuesses(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  documents: string,
): readonly string[] {
  if (platform !== 'win32') return [join(documents, 'Alientech')];
  const programs = env['ProgramFiles(x86)'];
  return [
    ...(programs === undefined ? [] : [join(programs, 'Alientech')]),
    `${env['SystemDrive'] ?? 'C:'}\\KSuite`,
    join(documents, 'Alientech'),
  ];
}
