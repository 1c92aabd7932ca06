// `npm run try-setup`, on Windows, after `npm run package:win`: the setup in dist/ is installed for this person without a word, the program
// that it left is started and ended as a person would, and all of it is removed again. Nothing of an installation that stands is touched:
// where one stands, this refuses.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectFolder } from './paths.mjs';

if (process.platform !== 'win32') throw new Error('a setup for Windows is tried on Windows');
const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
const dist = join(projectFolder, 'dist');
const setup = readdirSync(dist).find(
  (name) => name.startsWith('officina-support-setup-') && name.endsWith('.exe'),
);
if (setup === undefined) throw new Error('no setup in dist/: run `npm run package:win` first');

const programs = join(process.env.LOCALAPPDATA ?? '', 'Programs');
const folders = ['officina-support', 'Officina Support'].map((name) => join(programs, name));
const installed = () => folders.find((folder) => existsSync(join(folder, 'Officina Support.exe')));
if (installed() !== undefined)
  throw new Error(`Officina Support is installed for this person already: ${installed()}`);

/** Asks again until it is so. @throws with `what` when it is not within the time, milliseconds */
async function until(isSo, what, limitMs = 60_000) {
  for (const endMs = Date.now() + limitMs; !isSo(); await wait(250))
    if (Date.now() > endMs) throw new Error(`${what}: not within ${limitMs / 1_000} s`);
}
function ended(program, ...args) {
  const { status, error } = spawnSync(program, args, { timeout: 300_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
}
async function step(name, work) {
  const fromMs = Date.now();
  await work();
  console.log(`ok       ${name} (${((Date.now() - fromMs) / 1_000).toFixed(1)} s)`);
}

const data = mkdtempSync(join(tmpdir(), 'officina-try-'));
try {
  await step('setup is installed for this person without a word', async () => {
    ended(join(dist, setup), '/S', '/currentuser');
    await until(() => installed() !== undefined, 'program in the person’s own folder');
  });
  await step('program starts, opens its store and ends when its window is closed', async () => {
    const program = spawn(join(installed(), 'Officina Support.exe'), ['--data-dir', data], {
      stdio: 'ignore',
    });
    let code = null;
    program.once('exit', (given) => {
      code = given ?? -1;
    });
    await until(() => code !== null || existsSync(join(data, 'officina.db')), 'store');
    if (code !== null) throw new Error(`it ended by itself with ${code}`);
    // Without /F its windows are asked to close; there is no window before the first screen.
    await until(() => {
      if (code === null) spawnSync('taskkill', ['/PID', String(program.pid)]);
      return code !== null;
    }, 'end of the program');
    if (code !== 0) throw new Error(`it ended with ${code}`);
  });
  await step(`entry of version ${version} is there, and gone with the program`, async () => {
    const key = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall`;
    const entries = () =>
      spawnSync('reg', ['query', key, '/s', '/f', 'Officina Support', '/d'], { encoding: 'utf8' }).stdout ??
      '';
    if (!entries().includes(version)) throw new Error(`no such entry: ${entries()}`);
    const folder = installed();
    ended(join(folder, 'Uninstall Officina Support.exe'), '/currentuser', '/S');
    await until(() => installed() === undefined && !entries().includes(version), 'removal');
  });
} finally {
  rmSync(data, { recursive: true, force: true, maxRetries: 10 });
}
