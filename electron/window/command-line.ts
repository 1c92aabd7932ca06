import { resolve } from 'node:path';

/** `--data-dir DIR` or `--data-dir=DIR`: the folder of one workshop's data; null when not given. */
export function dataFolderSwitch(argv: readonly string[]): string | null {
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith('--data-dir=')) return resolve(argument.slice('--data-dir='.length));
    const next = argv[index + 1];
    if (argument === '--data-dir' && next !== undefined && !next.startsWith('--')) return resolve(next);
  }
  return null;
}
