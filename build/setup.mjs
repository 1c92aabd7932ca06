// Does whatever is missing and nothing else: dependencies, Debian packages, an Electron runtime, SQLite for it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureElectron } from './electron-runtime.mjs';
import { npm } from './npm.mjs';
import { assertNode, cacheFolder, isRoot, projectFolder } from './paths.mjs';
import { ensureSqliteBinding } from './sqlite-binding.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

async function ensureDependencies() {
  const stamp = join(projectFolder, 'node_modules/.officina-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(projectFolder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('set-up: installing dependencies');
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: projectFolder,
  });
  writeFileSync(stamp, lock);
}

/** Brings the machine to the point where the app can be built and run; returns the environment that says how. */
export async function setUp() {
  assertNode();
  if (isRoot) process.umask(0o022);
  mkdirSync(cacheFolder, { recursive: true });
  await ensureSystemPackages();
  await ensureDependencies();
  const electron = await ensureElectron();
  const binding = await ensureSqliteBinding(electron.napi);
  return {
    ELECTRON_MAJOR_VER: electron.version.split('.')[0],
    ...(electron.dist === null ? {} : { ELECTRON_OVERRIDE_DIST_PATH: electron.dist }),
    ...(binding === null ? {} : { SQLITE_NATIVE_BINDING: binding }),
  };
}
