// better-sqlite3 ships a Node-API 10 binary; a runtime with Node-API 9 gets one compiled once from the package's own source.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { cacheFolder, projectFolder } from './paths.mjs';
import { run } from './run.mjs';

/** Path of a binding for the runtime, or null when the package's own will do. */
export async function ensureSqliteBinding(napi) {
  if (napi >= 10) return null;
  const version = JSON.parse(
    readFileSync(join(projectFolder, 'node_modules/better-sqlite3/package.json'), 'utf8'),
  ).version;
  const target = join(cacheFolder, `better-sqlite3-${version}-napi9.node`);
  if (existsSync(target)) return target;
  console.log(`set-up: compiling better-sqlite3 ${version} for this runtime (about a minute, once)`);
  const work = mkdtempSync(join(cacheFolder, 'compile-'));
  try {
    mkdirSync(join(work, 'node_modules'));
    for (const name of ['better-sqlite3', 'node-addon-api'])
      cpSync(join(projectFolder, 'node_modules', name), join(work, 'node_modules', name), {
        recursive: true,
      });
    const source = join(work, 'node_modules/better-sqlite3');
    const gyp = readFileSync(join(source, 'binding.gyp'), 'utf8');
    const patched = gyp.replace(
      "'NAPI_VERSION=10'",
      "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'",
    );
    if (patched === gyp) throw new Error('better-sqlite3: binding.gyp no longer names NAPI_VERSION=10');
    writeFileSync(join(source, 'binding.gyp'), patched);
    // npm's own copy, found beside the npm that runs: `npm root -g` would answer for whichever node stands first in PATH.
    const npmCli =
      process.env.npm_execpath ??
      realpathSync(spawnSync('which', ['npm'], { encoding: 'utf8' }).stdout.trim());
    const nodeGyp = join(dirname(npmCli), '../node_modules/node-gyp/bin/node-gyp.js');
    const headers = existsSync('/usr/include/node/node_api.h') ? ['--nodedir=/usr'] : [];
    const log = join(cacheFolder, 'compile.log');
    const code = await run(
      'sh',
      [
        '-c',
        '"$0" "$@" > "$LOG" 2>&1',
        process.execPath,
        nodeGyp,
        'rebuild',
        '--release',
        '--force_build=1',
        '-j',
        '2',
        ...headers,
      ],
      { cwd: source, env: { ...process.env, LOG: log } },
    );
    if (code !== 0)
      throw new Error(`better-sqlite3 did not compile:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
    copyFileSync(join(source, 'build/Release/better_sqlite3.node'), `${target}.part`);
    chmodSync(`${target}.part`, 0o644);
    renameSync(`${target}.part`, target);
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
