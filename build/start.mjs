// `npm start`: sets up what is missing, builds what is stale, opens the app - or walks the demo where there is no screen.
import { join } from 'node:path';
import { buildWhenStale } from './build.mjs';
import { isRoot, node24, projectFolder } from './paths.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

const args = process.argv.slice(2);
const runtimeEnv = await setUp();
await buildWhenStale('main.js', runtimeEnv);
const noScreen = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
if (noScreen || args.includes('--demo')) {
  if (noScreen && !args.includes('--demo'))
    console.log('There is no screen here: walking the main job by itself instead (npm start -- --demo).');
  // A window needs a screen to be drawn on, even when nobody looks at it.
  const screen = noScreen ? ['xvfb-run', '-a', '-s', '-screen 0 1400x900x24'] : [];
  const [file, ...rest] = [...screen, node24, join(projectFolder, 'build/demo.mjs')];
  process.exitCode = await run(file, rest, { env: { ...process.env, ...runtimeEnv } });
} else {
  const flags = isRoot ? ['--no-sandbox'] : [];
  if (isRoot)
    console.log('started as root: Chromium runs without its sandbox; start as an ordinary user to have it');
  const executable = runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH
    ? join(runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH, 'electron')
    : join(
        projectFolder,
        'node_modules/electron/dist',
        process.platform === 'win32' ? 'electron.exe' : 'electron',
      );
  process.exitCode = await run(executable, [...flags, projectFolder, ...args], {
    env: { ...process.env, ...runtimeEnv },
  });
}
