// Debian packages that a window without a screen, a keyring and a compile need.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isRoot } from './paths.mjs';
import { must } from './run.mjs';

const packages = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libsecret-1-0',
  'dbus',
  'gnome-keyring',
  'unzip',
  'python3',
  'make',
  'g++',
];

/** What a bench compares with: nothing but that figure needs it. */
const benchPackages = ['rsync'];

const hasDpkg = () => process.platform === 'linux' && existsSync('/usr/bin/dpkg-query');

function missingAmong(names) {
  const asked = spawnSync(
    'dpkg-query',
    ['-W', '-f', `\${Package} \${db:Status-Abbrev}\n`, ...names.flatMap((name) => [name, `${name}t64`])],
    { encoding: 'utf8' },
  );
  const installed = new Set(
    asked.stdout
      .split('\n')
      .filter((line) => / ii /.test(`${line} `))
      .map((line) => line.split(/[ :]/)[0]),
  );
  // Ubuntu 24.04 and Debian 13 ship some under a name with t64 behind it.
  return names.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/**
 * The names under which this system has them. Where it has the one with t64 behind it, the old name is at best a word for several
 * packages, between which apt-get does not choose.
 */
export const namedHere = (names, known) =>
  names.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name));

function knownPackages() {
  const { stdout } = spawnSync('apt-cache', ['pkgnames'], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
  return new Set((stdout ?? '').split('\n'));
}

const command = (names) =>
  `sudo apt-get install -y --no-install-recommends ${namedHere(names, knownPackages()).join(' ')}`;

async function install(names) {
  console.log(`set-up: installing Debian packages ${names.join(' ')}`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await must('apt-get', ['update', '-qq'], options);
  // Only now it is known what there is.
  const here = namedHere(names, knownPackages());
  await must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...here], options);
}

/** Installs what is missing as root; otherwise names the one command and stops. Does nothing where there is no dpkg. */
export async function ensureSystemPackages() {
  if (!hasDpkg()) return;
  const missing = missingAmong(packages);
  if (missing.length === 0) return;
  if (!isRoot) throw new Error(`Debian packages are missing. Run once:\n  ${command(missing)}`);
  await install(missing);
}

/** As `ensureSystemPackages`, for what a bench compares with: where it cannot be installed the bench says what it could not measure. */
export async function ensureBenchPackages() {
  if (!hasDpkg()) return;
  const missing = missingAmong(benchPackages);
  if (missing.length === 0) return;
  if (!isRoot) console.log(`set-up: not everything can be measured. Run once:\n  ${command(missing)}`);
  else
    await install(missing).catch((error) =>
      console.log(`set-up: ${missing.join(' ')} could not be installed: ${error.message}`),
    );
}
