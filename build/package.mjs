// `npm run package`: packs the program for the system this runs on into dist/ and says what could not be checked. `npm run package:win`
// makes the Windows installer: on Windows the real one, on Linux one with stand-in pieces that proves the configuration.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { projectFolder } from './paths.mjs';
import { setUp } from './setup.mjs';
import { executableOf } from './ship/after-pack.mjs';
import { packedRuntime } from './ship/gates.mjs';
import { onlyOnWindows } from './ship/only-on-windows.mjs';
import { builderConfig, pack } from './ship/pack.mjs';
import { sbom } from './ship/sbom.mjs';
import { missingTools, prepareWindows, standInSettings } from './ship/stand-in-windows.mjs';

const runtimeEnv = await setUp();
const { name, version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
const output = join(projectFolder, 'dist');
const platform = process.argv.includes('--win') ? 'win32' : process.platform;
const isForeign = platform !== process.platform;
const isStandIn = runtimeEnv.ELECTRON_OVERRIDE_DIST_PATH !== undefined;
if (platform !== 'linux' && platform !== 'win32')
  throw new Error(`nobody has packaged this on ${platform} yet`);
if (isForeign && missingTools().length > 0)
  throw new Error(
    `the Windows installer is made here with: sudo apt-get install -y --no-install-recommends ${missingTools().join(' ')}`,
  );

rmSync(output, { recursive: true, force: true });
const parts = await build('package', runtimeEnv);
const place = mkdtempSync(join(tmpdir(), 'officina-package-'));
const made = isForeign ? await prepareWindows(place) : null;
const pinned = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')).devDependencies.electron;
// For Windows both architectures are packed; there electron-builder fetches the Electron of each.
await pack({
  flavour: 'package',
  output,
  platform,
  targets: platform === 'win32' ? ['nsis', 'zip'] : ['dir'],
  archs: platform === 'win32' ? ['x64', 'arm64'] : [process.arch],
  runtime:
    made !== null
      ? { version: pinned, dist: made.dist, binding: null }
      : platform === 'win32'
        ? null
        : packedRuntime(runtimeEnv),
  ...(made === null
    ? {}
    : standInSettings(made, {
        toolsets: undefined,
        nsis: { ...builderConfig().nsis, warningsAsErrors: false, differentialPackage: false },
      })),
});
rmSync(place, { recursive: true, force: true });
writeFileSync(
  join(output, `${name}-${version}.cdx.json`),
  `${JSON.stringify(sbom({ name, version }, parts), null, 2)}\n`,
);
// What is beside them is electron-builder's own.
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
  ...(isForeign
    ? [
        'This installer holds a program that does nothing, for want of a Windows Electron here: it is for looking at, never for people.',
      ]
    : []),
  ...(isStandIn && !isForeign
    ? ['This was packed with the stand-in Electron of this machine: it is for trying, never for people.']
    : []),
  ...(platform === 'win32' && process.env.CSC_LINK === undefined
    ? ['Nothing is signed: CSC_LINK and CSC_KEY_PASSWORD name no certificate.']
    : []),
  ...(process.platform === 'win32' ? [] : onlyOnWindows),
  'Whether it starts and does its work: npm run test:ship.',
];
console.log(
  `packed: ${platform === 'win32' ? output : executableOf(join(output, 'linux-unpacked'), platform)}`,
);
console.log(`not checked here:\n${unchecked.map((line) => `  - ${line}`).join('\n')}`);
