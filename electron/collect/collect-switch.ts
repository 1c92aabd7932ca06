import { resolve } from 'node:path';

/** What the program is asked to do instead of opening its window. `out`: the file to write; null leaves the place to the program. */
export type CollectOrder = { readonly out: string | null };

/** `--collect`, `--collect FILE` or `--collect=FILE`: evidence of the last failure into one zip; null when not asked for. */
export function collectSwitch(argv: readonly string[]): CollectOrder | null {
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith('--collect=')) return { out: resolve(argument.slice('--collect='.length)) };
    if (argument !== '--collect') continue;
    const next = argv[index + 1];
    return { out: next === undefined || next.startsWith('--') ? null : resolve(next) };
  }
  return null;
}
