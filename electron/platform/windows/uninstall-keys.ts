import { type ReadRegistry, readRegistry, type RegistryKey } from './registry.ts';

/** A program Windows knows how to remove. `installLocation` null when its installer did not say. */
export type InstalledProgram = {
  readonly displayName: string;
  readonly publisher: string;
  readonly installLocation: string | null;
};
export type Environment = Readonly<Record<string, string | undefined>>;

const uninstallKeys = [
  ['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall', '/reg:64'],
  ['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall', '/reg:32'],
  ['HKCU\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall', '/reg:64'],
] as const;

/** A text as Windows would read it: `%NAME%` stands for what the environment says; a name it does not know stays as written. */
export function expandVariables(text: string, env: Environment): string {
  return text.replace(/%([^%]+)%/gu, (whole, name: string) => env[name] ?? whole);
}

/** The programs among keys of the registry: those that have a name. */
export function installedAmong(keys: readonly RegistryKey[], env: Environment): readonly InstalledProgram[] {
  return keys.flatMap(({ texts }) => {
    const displayName = (texts.get('displayname') ?? '').trim();
    const location = expandVariables((texts.get('installlocation') ?? '').replaceAll('"', '').trim(), env);
    return displayName === ''
      ? []
      : [
          {
            displayName,
            publisher: texts.get('publisher') ?? '',
            installLocation: location === '' ? null : location,
          },
        ];
  });
}

/** Folders of the vendor's programs (FACT-LOG-9): only absolute drive paths, never a network one. */
export function vendorFolders(programs: readonly InstalledProgram[]): readonly string[] {
  const folders = programs
    .filter((program) => /alientech|k-?suite/iu.test(`${program.displayName} ${program.publisher}`))
    .map((program) => program.installLocation);
  return [
    ...new Set(folders.filter((folder) => folder !== null).filter((folder) => /^[a-z]:[\\/]/iu.test(folder))),
  ];
}

/** Every program Windows has written down as installed; null on other systems and when no part of the registry answers. */
export async function installedPrograms(
  signal?: AbortSignal,
  read: ReadRegistry = readRegistry,
): Promise<readonly InstalledProgram[] | null> {
  const answers = await Promise.all(uninstallKeys.map(([key, view]) => read(key, view, signal)));
  const keys = answers.filter((answer) => answer !== null);
  return keys.length === 0 ? null : installedAmong(keys.flat(), process.env);
}

/** Install folders of the vendor's programs on this PC. A silent registry only means fewer guesses. */
export async function installedVendorFolders(): Promise<readonly string[]> {
  return vendorFolders((await installedPrograms()) ?? []);
}
