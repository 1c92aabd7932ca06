import { resolve } from 'node:path';

/** A shortcut that names a folder as `"D:\data\"` hands over the last quote too: its backslash keeps it. No name on Windows holds one. */
const folderOf = (text: string): string =>
  resolve(process.platform === 'win32' ? text.replaceAll('"', '') : text);

/** `--data-dir DIR` or `--data-dir=DIR`: the folder of one workshop's data; null when not given. */
export function dataFolderSwitch(argv: readonly string[]): string | null {
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith('--data-dir=')) return folderOf(argument.slice('--data-dir='.length));
    const next = argv[index + 1];
    if (argument === '--data-dir' && next !== undefined && !next.startsWith('--')) return folderOf(next);
  }
  return null;
}
