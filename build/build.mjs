// Builds one flavour of the program (build/flavours.mjs).
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flavours } from './flavours.mjs';
import { node24, projectFolder } from './paths.mjs';
import { must } from './run.mjs';
import { licencesOf, runtimeVersions, shippedParts } from './ship/parts.mjs';

/** Builds the flavour into its folder and resolves with what is in it (`shippedParts`). */
export async function build(flavour, runtimeEnv) {
  const target = join(projectFolder, flavours[flavour].folder);
  const inventory = mkdtempSync(join(tmpdir(), 'officina-inventory-'));
  rmSync(target, { recursive: true, force: true, maxRetries: 5 });
  try {
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
        env: { ...process.env, ...runtimeEnv, OFFICINA_FLAVOUR: flavour, OFFICINA_INVENTORY: inventory },
      },
    );
    // The page of the components is for whoever builds the program, and goes with no release.
    if (flavours[flavour].hooks) await (await import('./ui.mjs')).buildUi(join(target, 'ui'));
    cpSync(join(projectFolder, 'resources'), join(target, 'resources'), { recursive: true });
    const bundled = ['main', 'preload', 'renderer'].flatMap((part) =>
      JSON.parse(readFileSync(join(inventory, `${part}.json`), 'utf8')),
    );
    const dist = runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH ?? join(projectFolder, 'node_modules/electron/dist');
    const parts = shippedParts(bundled, runtimeVersions(dist));
    writeFileSync(join(target, 'resources/licences.json'), JSON.stringify(licencesOf(parts)));
    return parts;
  } finally {
    rmSync(inventory, { recursive: true, force: true });
  }
}

function newestMs(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (newest, entry) =>
      entry.isFile()
        ? Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs)
        : newest,
    0,
  );
}

/** Builds `out/` when it lacks `program`, or when a source is newer than it. */
export async function buildWhenStale(program, runtimeEnv) {
  const built = join(projectFolder, 'out/main', program);
  const sources = ['electron', 'renderer', 'shared', 'resources', 'build'].map((name) =>
    newestMs(join(projectFolder, name)),
  );
  if (existsSync(built) && Math.max(...sources) <= statSync(built).mtimeMs) return;
  console.log('building');
  await build('release', runtimeEnv);
}
