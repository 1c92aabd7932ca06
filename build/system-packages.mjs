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

function missingPackages() {
  const asked = spawnSync('dpkg-query', ['-W', '-f', `\${Package} \${db:Status-Abbrev}\n`, ...packages], { encoding: 'utf8' });
  const installed = new Set(
    asked.stdout
      .split('\n')
      .filter((line) => / ii /.test(`${line} `))
      .map((line) => line.split(/[ :]/)[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** Installs what is missing as root; otherwise names the one command and stops. Does nothing where there is no dpkg. */
export async function ensureSystemPackages() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (!isRoot) {
    throw new Error(`Debian packages are missing. Run once:\n  sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`);
  }
  console.log(`set-up: installing Debian packages ${missing.join(' ')}`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await must('apt-get', ['update', '-qq'], options);
  await must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
}
