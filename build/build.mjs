// Builds one flavour: `out/` for people, `out-test/` with failpoints for the window and kill tests.
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedLicences } from './licences.mjs';
import { node24, projectFolder } from './paths.mjs';
import { must } from './run.mjs';

/** @param {'release' | 'test'} flavour */
export async function build(flavour, runtimeEnv) {
  const target = join(projectFolder, flavour === 'test' ? 'out-test' : 'out');
  rmSync(target, { recursive: true, force: true, maxRetries: 5 });
  await must(
    node24,
    [
      join(projectFolder, 'node_modules/electron-vite/bin/electron-vite.js'),
      'build',
      '--config',
      join(projectFolder, 'build/electron.vite.config.ts'),
      '--logLevel',
      'warn',
    ],
    {
      cwd: projectFolder,
      env: { ...process.env, ...runtimeEnv, OFFICINA_FLAVOUR: flavour },
    },
  );
  cpSync(join(projectFolder, 'resources'), join(target, 'resources'), { recursive: true });
  writeFileSync(join(target, 'resources/licences.json'), JSON.stringify(shippedLicences()));
}

function newestMs(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (newest, entry) => (entry.isFile() ? Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs) : newest),
    0,
  );
}

/** Builds `out/` when it lacks `program`, or when a source is newer than it. */
export async function buildWhenStale(program, runtimeEnv) {
  const built = join(projectFolder, 'out/main', program);
  const sources = ['electron', 'renderer', 'shared', 'resources', 'build'].map((name) => newestMs(join(projectFolder, name)));
  if (existsSync(built) && Math.max(...sources) <= statSync(built).mtimeMs) return;
  console.log('building');
  await build('release', runtimeEnv);
}
