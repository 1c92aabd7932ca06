// What a release hears from outside: every environment variable and every use of the program's arguments in the built files, each with the
// reason it may (release-reads.json). A library that begins to read another one is noticed here and not by the technician.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../paths.mjs';

/** The code of a built folder, as one text. */
function codeOf(folder) {
  return ['main', 'preload', 'renderer']
    .flatMap((part) =>
      readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.c?js$/.test(name))
        .map((name) => readFileSync(join(folder, part, name), 'utf8')),
    )
    .join('\n');
}

const strings = (text) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

/**
 * `{ NAME: times }` of what `code` reads: variables by name, `env[…]` where the name is worked out, `env` where the whole environment is
 * handed on, `argv` and `execArgv`.
 */
export function readsIn(code) {
  const counts = new Map();
  const count = (name) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [, named, quoted, workedOut] of strings(code).matchAll(
    /\bprocess\d*\??\.env\b(?:\??\.(\w+)|\[["'`](\w+)["'`]\]|(\[))?/g,
  ))
    count(named ?? quoted ?? (workedOut === undefined ? 'env' : 'env[…]'));
  // Handed on whole and read further in, as our own code does.
  for (const [, name] of strings(code).matchAll(/(?<!\.)\b(?:env|environment)\d*\??\[["'`]([\w()]+)["'`]\]/g))
    count(name);
  for (const [, name] of strings(code).matchAll(/\bprocess\d*\??\.(argv|execArgv)\b/g)) count(name);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What differs between what was read and what is allowed: `{ NAME: { times, why } }`. Empty when both say the same. */
export function readProblems(read, allowed) {
  return [...new Set([...Object.keys(read), ...Object.keys(allowed)])].flatMap((name) => {
    const times = read[name] ?? 0;
    const expected = allowed[name]?.times ?? 0;
    if (times === expected) return [];
    return [`${name}: read ${times} times in the release, ${expected} are accounted for`];
  });
}

/** As `readProblems`, for the built release in `folder`. */
export function releaseReadProblems(folder) {
  const allowed = JSON.parse(readFileSync(join(projectFolder, 'build/ship/release-reads.json'), 'utf8'));
  return readProblems(readsIn(codeOf(folder)), allowed);
}
