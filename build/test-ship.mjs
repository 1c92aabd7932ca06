// `npm run test:ship`: every gate of what is given to people, in one table: what ran here, and by name what only Windows can run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './paths.mjs';
import { must } from './run.mjs';
import { setUp } from './setup.mjs';
import { shipGates } from './ship/gates.mjs';
import { missingTools } from './ship/stand-in-windows.mjs';
import { onlyOnWindows } from './ship/only-on-windows.mjs';

const runtimeEnv = await setUp();
const folder = mkdtempSync(join(tmpdir(), 'officina-ship-'));
const rows = [];
const installerTest = join(projectFolder, 'build/test-installer.mjs');
const installerHere = process.platform === 'linux' && missingTools().length === 0;
try {
  const gate = async ([name, work]) => {
    const from = Date.now();
    const said = await Promise.resolve()
      .then(work)
      .then(
        () => 'ok',
        (error) => `FAIL: ${error.message}`,
      );
    rows.push([said === 'ok' ? 'ok' : 'FAIL', name, `${((Date.now() - from) / 1000).toFixed(1)} s`]);
    console.log(`${said}: ${name}`);
  };
  for (const group of shipGates({ folder, runtimeEnv })) await Promise.all(group.map(gate));
  if (installerHere)
    await gate([
      'installer: its silent cases in Wine (npm run test:installer)',
      () => must(process.execPath, [installerTest]),
    ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (!installerHere)
  rows.push([
    'skipped',
    '[installer] silent cases in Wine: npm run test:installer names what is missing',
    '',
  ]);
const windows = process.platform === 'win32';
if (!windows) rows.push(...onlyOnWindows.map((name) => ['skipped', `[windows] ${name}`, '']));
if (runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH !== undefined)
  rows.push(['skipped', 'the same with the pinned Electron, which cannot be fetched here', '']);
console.log('');
for (const [state, name, time] of rows)
  console.log(`${state.padEnd(8)} ${name.padEnd(92)} ${time.padStart(8)}`);
const count = (state) => rows.filter(([given]) => given === state).length;
console.log(`${count('ok')} passed, ${count('FAIL')} failed, ${count('skipped')} skipped`);
process.exitCode = count('FAIL') > 0 || count('ok') === 0 ? 1 : 0;
