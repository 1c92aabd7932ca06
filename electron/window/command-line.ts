import { resolve } from 'node:path';

/** A shortcut that names a folder as `"D:\data\"` hands over the last quote too: its backslash keeps it. No name on Windows holds one. */
const pathOf = (text: string): string =>
  resolve(process.platform === 'win32' ? text.replaceAll('"', '') : text);

/**
 * What a switch is given, as `--NAME VALUE` or `--NAME=VALUE`, as an absolute path; null when it stands alone, undefined when it is not
 * there.
 */
function pathSwitch(argv: readonly string[], name: string): string | null | undefined {
  let alone: null | undefined;
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith(`--${name}=`)) return pathOf(argument.slice(name.length + 3));
    if (argument !== `--${name}`) continue;
    const next = argv[index + 1];
    if (next !== undefined && !next.startsWith('--')) return pathOf(next);
    alone = null;
  }
  return alone;
}

/** `--data-dir DIR` or `--data-dir=DIR`: the folder of one workshop's data; null when not given. */
export const dataFolderSwitch = (argv: readonly string[]): string | null =>
  pathSwitch(argv, 'data-dir') ?? null;

/** What the program is asked to write instead of opening its window. `out`: the file; null leaves the place to the program. */
export type ZipOrder = { readonly of: 'collect' | 'diagnose'; readonly out: string | null };

/**
 * `--collect`, `--collect FILE` or `--collect=FILE`: evidence of the last failure into one zip; `--diagnose` in the same forms: what the
 * program knows of itself. Null when neither is asked for.
 */
export function zipSwitch(argv: readonly string[]): ZipOrder | null {
  for (const name of ['collect', 'diagnose'] as const) {
    const out = pathSwitch(argv, name);
    if (out !== undefined) return { of: name, out };
  }
  return null;
}
