// `npm run test:installer`: the installer that electron-builder.yml and installer.nsh make, installed, updated and removed in Wine without a word.
// Skipped by name where a tool is missing. It proves the configuration and the script; not elevation, the real plug-ins, or Windows.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { projectFolder } from './paths.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';
import { builderConfig, pack } from './ship/pack.mjs';
import { endWine, inWine, missingTools, prepareWindows, standInSettings } from './ship/stand-in-windows.mjs';

const names = [
  'silent installation is for everybody: folder, Uninstall key with publisher and help, shortcut',
  'update over it keeps the data and leaves one entry',
  'older version is refused and changes nothing',
  'removal keeps the data and takes the updater’s downloads',
  'silent installation for one person asks nothing of the others',
  'removal with --delete-app-data deletes the data',
  'folder with spaces and accents is taken as it is given',
  'damaged setup installs nothing',
];
const missing = process.platform === 'linux' ? missingTools() : ['Linux'];
if (missing.length > 0) {
  for (const name of names) console.log(`skipped  [installer] ${name}`);
  console.log(
    `What is missing: sudo apt-get install -y --no-install-recommends ${[...new Set(missing)].join(' ')}`,
  );
  console.log(`0 passed, 0 failed, ${names.length} skipped`);
  process.exit(0);
}

// One screen for all of it: Wine's desktop outlives each program and dies with the screen on which it began.
if (process.env.OFFICINA_ON_SCREEN === undefined) {
  const again = [process.execPath, fileURLToPath(import.meta.url)];
  process.exit(await run('xvfb-run', ['-a', ...again], { env: { ...process.env, OFFICINA_ON_SCREEN: '1' } }));
}
const runtimeEnv = await setUp();
const place = mkdtempSync(join(tmpdir(), 'officina-installer-'));
const prefix = join(place, 'prefix');
const env = {
  PATH: process.env.PATH,
  HOME: place,
  WINEPREFIX: prefix,
  DISPLAY: process.env.DISPLAY,
  XAUTHORITY: process.env.XAUTHORITY,
  WINEARCH: 'win64',
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
  LC_ALL: 'C.UTF-8',
  OFFICINA_7Z: `Z:${join(place, '7z.exe').replaceAll('/', '\\')}`,
};
const log = join(place, 'wine.log');
const windows = (program, ...args) => inWine(env, log, program, ...args);

async function setups(versions) {
  // It looks for its library by name, beside itself.
  for (const end of ['exe', 'dll'])
    cpSync(
      join(projectFolder, `node_modules/electron-winstaller/vendor/7z-x64.${end}`),
      join(place, `7z.${end}`),
    );
  const made = await prepareWindows(place);
  const config = builderConfig();
  const files = {};
  for (const version of versions) {
    const output = join(place, version);
    await pack({
      flavour: 'package',
      output,
      platform: 'win32',
      targets: ['nsis', 'zip'],
      archs: ['x64', 'arm64'],
      runtime: { version: runtimeVersion, dist: made.dist, binding: null },
      ...standInSettings(made, {
        toolsets: undefined,
        compression: 'store',
        extraMetadata: { version },
        nsis: { ...config.nsis, warningsAsErrors: false, differentialPackage: false },
      }),
    });
    files[version] = join(output, `officina-support-setup-${version}.exe`);
    for (const arch of ['x64', 'arm64'])
      demand(
        existsSync(join(output, `officina-support-${version}-${arch}.zip`)),
        `no portable zip for ${arch}`,
      );
  }
  return files;
}

const runtimeVersion = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')).devDependencies
  .electron;
const demand = (isSo, otherwise) => {
  if (!isSo) throw new Error(otherwise);
};
const drive = join(prefix, 'drive_c');
const forAll = join(drive, 'Program Files/Officina Support');
const menu = join(drive, 'ProgramData/Microsoft/Windows/Start Menu/Programs');
/** The entries that start it with `--collect`, in whichever language. */
const collecting = () => readdirSync(menu).filter((name) => /^Officina Support - .+\.lnk$/.test(name));
const exeIn = (folder) => join(folder, 'Officina Support.exe');
const uninstallerIn = (folder) => join(folder, 'Uninstall Officina Support.exe');

/** The Uninstall entry as the registry holds it: `{ DisplayVersion, Publisher, … }`; null when there is none, an error when there are two. */
function entry(hive) {
  const text = readFileSync(join(prefix, hive === 'HKLM' ? 'system.reg' : 'user.reg'), 'utf8');
  const found = text
    .split('\n\n')
    .filter(
      (part) =>
        /CurrentVersion\\\\Uninstall\\\\/.test(part) && part.includes('"DisplayName"="Officina Support"'),
    );
  demand(found.length < 2, `${found.length} entries in ${hive}`);
  if (found.length === 0) return null;
  return Object.fromEntries(
    [...found[0].matchAll(/^"(\w+)"="(.*)"$/gm)].map(([, name, value]) => [name, value]),
  );
}

function data() {
  const local = join(drive, 'users', process.env.USER ?? 'root', 'AppData/Local');
  return {
    kept: join(local, 'Officina Support/officina.db'),
    cache: join(local, 'officina-support-updater/pending.exe'),
  };
}

function writeData() {
  for (const file of Object.values(data())) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, 'requests of a workshop');
  }
}

/** Runs a setup; Wine writes the registry to disk when its server has ended. */
function install(setup, ...args) {
  const code = windows(setup, '/S', ...args);
  endWine(env);
  return code;
}
/** As the Uninstall entry says it. It goes on as a copy of itself, which takes the folder away at last. */
function remove(folder, mode, ...args) {
  const code = windows(uninstallerIn(folder), mode, '/S', ...args);
  for (const limit = Date.now() + 60_000; existsSync(folder) && Date.now() < limit; )
    spawnSync('sleep', ['0.5']);
  // Its last steps are entries and shortcuts.
  spawnSync('sleep', ['3']);
  endWine(env);
  return code;
}

const results = { passed: 0, failed: 0 };
function check(index, work) {
  const from = Date.now();
  try {
    work();
    results.passed += 1;
    console.log(`ok       ${names[index]} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  } catch (error) {
    results.failed += 1;
    console.log(
      `FAIL     ${names[index]}: ${error.message}\n${existsSync(log) ? readFileSync(log, 'utf8').slice(-400) : ''}`,
    );
  }
}

try {
  await build('package', runtimeEnv);
  const setup = await setups(['1.0.0', '1.1.0']);
  inWine(env, log, 'winecfg', '-v', 'win10');
  endWine(env);
  check(0, () => {
    demand(install(setup['1.0.0']) === 0, 'the setup did not end with 0');
    demand(
      existsSync(exeIn(forAll)) && existsSync(join(forAll, 'resources/app.asar')),
      'no program in Program Files',
    );
    const { DisplayVersion, Publisher, HelpLink } = entry('HKLM') ?? {};
    demand(
      DisplayVersion === '1.0.0' && Publisher === 'Officina Support' && /^https:/.test(HelpLink ?? ''),
      JSON.stringify(entry('HKLM')),
    );
    demand(existsSync(join(menu, 'Officina Support.lnk')), 'no shortcut in the start menu');
    demand(collecting().length === 1, 'no entry in the start menu that collects for support');
  });
  check(1, () => {
    writeData();
    demand(install(setup['1.1.0']) === 0, 'the setup did not end with 0');
    demand(entry('HKLM')?.DisplayVersion === '1.1.0', `version ${entry('HKLM')?.DisplayVersion}`);
    demand(existsSync(data().kept), 'the data is gone');
  });
  check(2, () => {
    const code = install(setup['1.0.0']);
    demand(code === 3, `ended with ${code}`);
    demand(
      entry('HKLM')?.DisplayVersion === '1.1.0' && existsSync(exeIn(forAll)) && existsSync(data().kept),
      'something was changed',
    );
  });
  check(3, () => {
    demand(remove(forAll, '/allusers') === 0, 'the removal did not end with 0');
    demand(
      !existsSync(exeIn(forAll)) && entry('HKLM') === null,
      `the program is still there: ${existsSync(exeIn(forAll))}, ${JSON.stringify(entry('HKLM'))}`,
    );
    demand(existsSync(data().kept), 'the data is gone');
    demand(!existsSync(data().cache), "the updater's downloads are still there");
    demand(collecting().length === 0, 'the entry that collects is still in the start menu');
  });
  const forOne = join(data().kept, '../../Programs/officina-support');
  const mine = () =>
    [forOne, join(forOne, '../Officina Support')].find((folder) => existsSync(exeIn(folder)));
  check(4, () => {
    demand(install(setup['1.1.0'], '/currentuser') === 0, 'the setup did not end with 0');
    demand(mine() !== undefined, "no program in the person's own folder");
    demand(
      entry('HKCU')?.DisplayVersion === '1.1.0' && entry('HKLM') === null,
      'the entry is not the person’s',
    );
  });
  check(5, () => {
    writeData();
    demand(
      remove(mine() ?? forOne, '/currentuser', '--delete-app-data') === 0,
      'the removal did not end with 0',
    );
    demand(!existsSync(data().kept) && entry('HKCU') === null, 'the data is still there');
  });
  check(6, () => {
    const folder = join(drive, 'Officina Perché è sua');
    demand(install(setup['1.1.0'], '/D=C:\\Officina Perché è sua') === 0, 'the setup did not end with 0');
    demand(existsSync(exeIn(folder)), 'not there');
    demand(remove(folder, '/allusers') === 0 && !existsSync(exeIn(folder)), 'not removed');
  });
  check(7, () => {
    const bytes = readFileSync(setup['1.1.0']);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    const damaged = join(place, 'damaged.exe');
    writeFileSync(damaged, bytes);
    demand(install(damaged) !== 0, 'it ended with 0');
    demand(!existsSync(exeIn(forAll)), 'it installed something');
  });
} finally {
  endWine(env);
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}
console.log(
  'This ran in Wine with stand-in plug-ins: elevation, the real plug-ins, SmartScreen and Windows itself are not proved.',
);
console.log(`${results.passed} passed, ${results.failed} failed, 0 skipped`);
process.exitCode = results.failed > 0 || results.passed === 0 ? 1 : 0;
