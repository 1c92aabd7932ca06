import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemProgram } from './system-program.ts';

/** One key with the texts in it, by their names in lower case; numbers and bytes are left out. */
export type RegistryKey = { readonly path: string; readonly texts: ReadonlyMap<string, string> };
/** Which of the two registries of a 64-bit Windows is meant. */
export type RegistryView = '/reg:64' | '/reg:32';
/** A key with all below it, itself first; null when it is not there or may not be read. */
export type ReadRegistry = (
  key: string,
  view: RegistryView,
  signal?: AbortSignal,
) => Promise<readonly RegistryKey[] | null>;

const quoted = /"(?:[^"\\]|\\[\s\S])*"/u.source;
/** A key in brackets, or a named value that is a text, or one with variables in it (`hex(2)`, broken over lines). A text may hold line ends. */
const entryPattern = new RegExp(
  `^\\[(.+)\\]\\r?$|^(${quoted})=(?:(${quoted})|hex\\(2\\):([0-9a-f,\\\\\\s]*))`,
  'gimu',
);

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\([\s\S])/gu, '$1');
const fromHex = (hex: string): string =>
  Buffer.from(hex.replace(/[^0-9a-f]/giu, ''), 'hex')
    .toString('utf16le')
    .replace(/\0+$/u, '');

/** Reads what `reg export` writes: UTF-16 whatever the language of Windows, unlike what `reg query` prints. */
export function parseRegistryExport(file: Uint8Array): readonly RegistryKey[] {
  const keys: { readonly path: string; readonly texts: Map<string, string> }[] = [];
  for (const [, key, name, text, hex] of Buffer.from(file).toString('utf16le').matchAll(entryPattern)) {
    if (key !== undefined) keys.push({ path: key, texts: new Map() });
    else if (name !== undefined)
      keys
        .at(-1)
        ?.texts.set(unquoted(name).toLowerCase(), text === undefined ? fromHex(hex ?? '') : unquoted(text));
  }
  return keys;
}

/** Asks the registry of this PC; needs no rights beyond reading. */
export const readRegistry: ReadRegistry = async (key, view, signal) => {
  if (process.platform !== 'win32') return null;
  const folder = await mkdtemp(join(tmpdir(), 'officina-registry-'));
  try {
    const file = join(folder, 'key.reg');
    const { code } = await systemProgram(
      'reg.exe',
      ['export', key, file, '/y', view],
      signal === undefined ? {} : { signal },
    );
    return code === 0 ? parseRegistryExport(await readFile(file)) : null;
  } catch {
    return null;
  } finally {
    // A scanner may still look at it: a copy of what every program may read harms nobody.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
};
