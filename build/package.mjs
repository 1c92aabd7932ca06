// `npm run package`: packs the program for the system this runs on into dist/, puts it through the gates, and says what could not be checked.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { projectFolder } from './paths.mjs';
import { setUp } from './setup.mjs';
import { executableOf } from './ship/after-pack.mjs';
import { packedRuntime } from './ship/gates.mjs';
import { onlyOnWindows } from './ship/only-on-windows.mjs';
import { pack } from './ship/pack.mjs';
import { sbom } from './ship/sbom.mjs';

const runtimeEnv = await setUp();
const { name, version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
const output = join(projectFolder, 'dist');
const platform = process.platform;
const isStandIn = runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH !== undefined;
if (platform !== 'linux' && platform !== 'win32') throw new Error(`nobody has packaged this on ${platform} yet`);

rmSync(output, { recursive: true, force: true });
const parts = await build('package', runtimeEnv);
// On Windows both architectures are packed, and electron-builder fetches the Electron of each.
await pack({
  flavour: 'package',
  output,
  platform,
  targets: platform === 'win32' ? ['nsis', 'zip'] : ['dir'],
  archs: platform === 'win32' ? ['x64', 'arm64'] : [process.arch],
  runtime: platform === 'win32' ? null : packedRuntime(runtimeEnv),
});
writeFileSync(join(output, `${name}-${version}.cdx.json`), `${JSON.stringify(sbom({ name, version }, parts), null, 2)}\n`);
const given = readdirSync(output, { withFileTypes: true }).filter(
  (entry) => entry.isFile() && /\.(exe|zip|yml|blockmap|cdx\.json)$/.test(entry.name),
);
const lines = given
  .filter((entry) => entry.name !== 'builder-debug.yml')
  .map(
    (entry) =>
      `${createHash('sha256')
        .update(readFileSync(join(output, entry.name)))
        .digest('hex')}  ${entry.name}`,
  );
writeFileSync(join(output, 'SHA256SUMS'), `${lines.sort().join('\n')}\n`);

const unchecked = [
  ...(isStandIn ? ['This was packed with the stand-in Electron of this machine: it is for trying, never for people.'] : []),
  ...(platform === 'win32' && process.env.CSC_LINK === undefined
    ? ['Nothing is signed: CSC_LINK and CSC_KEY_PASSWORD name no certificate.']
    : []),
  ...(platform === 'win32' ? [] : onlyOnWindows),
  'Whether it starts and does its work: npm run test:ship.',
];
console.log(`packed: ${platform === 'win32' ? output : executableOf(join(output, 'linux-unpacked'), platform)}`);
console.log(`not checked here:\n${unchecked.map((line) => `  - ${line}`).join('\n')}`);
