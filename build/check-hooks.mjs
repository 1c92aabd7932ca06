// The hooks of the test flavour (failpoints, timings, a movable clock) must not reach people: reads the built release and the test
// flavour beside it, where the same reading must find every one of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './paths.mjs';

const source = readFileSync(join(projectFolder, 'electron/platform/failpoint.ts'), 'utf8');
/** How the hooks reach into the environment, as written in their source: `process.env['NAME']` or `process.env[name]`. */
const reaches = [
  ...new Set(
    [...source.matchAll(/process\.env\[(?:'(\w+)'|(\w+))\]/g)].map(
      ([, quoted, variable]) => quoted ?? variable,
    ),
  ),
];

function found(target) {
  const folder = join(projectFolder, target);
  const code = ['main', 'preload']
    .flatMap((part) =>
      readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.c?js$/.test(name))
        .map((name) => readFileSync(join(folder, part, name), 'utf8')),
    )
    .join('\n');
  return reaches.filter((name) =>
    new RegExp(`process\\.env(?:\\.${name}\\b|\\[["']?${name}["']?\\])`).test(code),
  );
}

/** Fails when the release reads the environment as only tests may, or when there is nothing to be found at all. */
export function assertNoHooks() {
  const missed = reaches.filter((name) => !found('out-test').includes(name));
  if (reaches.length === 0 || missed.length > 0)
    throw new Error(`the test flavour lacks its own hooks: ${missed.join(', ') || 'all'}`);
  const leaked = found('out');
  if (leaked.length > 0) throw new Error(`test hooks in the release: ${leaked.join(', ')}`);
}
