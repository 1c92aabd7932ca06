// `npm start`: sets up what is missing, builds what is stale, opens the app - or walks the demo where there is no screen.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { isRoot, node24, projectFolder } from './paths.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

function newestMs(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce((newest, entry) => (entry.isFile() ? Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs) : newest), 0);
}

const args = process.argv.slice(2);
const runtimeEnv = await setUp();
const main = join(projectFolder, 'out/main/main.js');
const sources = ['electron', 'renderer', 'shared', 'resources', 'build'].map((name) => newestMs(join(projectFolder, name)));
if (!existsSync(main) || Math.max(...sources) > statSync(main).mtimeMs) {
  console.log('building');
  await build('release', runtimeEnv);
}
const noScreen = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
if (noScreen || args.includes('--demo')) {
  if (noScreen && !args.includes('--demo')) console.log('There is no screen here: walking the main job by itself instead (npm start -- --demo).');
  const demo = join(projectFolder, 'build/demo.mjs');
  if (existsSync(demo)) {
    process.exitCode = await run(node24, [demo, ...args], { env: { ...process.env, ...runtimeEnv } });
  } else {
    console.error('This version has no walk of the main job yet: open the app on a machine with a screen, or run npm test.');
    process.exitCode = 1;
  }
} else {
  const flags = isRoot ? ['--no-sandbox'] : [];
  if (isRoot) console.log('started as root: Chromium runs without its sandbox; start as an ordinary user to have it');
  const executable = runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH ? join(runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH, 'electron') : join(projectFolder, 'node_modules/electron/dist', process.platform === 'win32' ? 'electron.exe' : 'electron');
  process.exitCode = await run(executable, [...flags, projectFolder, ...args], { env: { ...process.env, ...runtimeEnv } });
}
