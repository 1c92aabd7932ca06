// electron-builder's last word before it signs: nothing is changed in the package after this.
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fuseProblems, readFuses, setFuses } from './fuses.mjs';
import { packageProblems } from './package-list.mjs';

const architectures = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/** The program itself inside a packed folder. */
export const executableOf = (folder, platform) =>
  join(folder, platform === 'win32' ? 'Officina Support.exe' : 'officina-support');

/** Sets the fuses and refuses a package that carries what it should not. */
export async function afterPack({ appOutDir, electronPlatformName: platform, arch }) {
  const resources = join(appOutDir, 'resources');
  // A runtime folder of one's own brings these along; an app that is not in app.asar must never start.
  for (const left of [
    join(resources, 'default_app.asar'),
    join(resources, 'inspector'),
    join(appOutDir, 'version'),
  ])
    rmSync(left, { recursive: true, force: true });
  // Only on the machines that cannot fetch the pinned Electron: the stand-in runtime wants a binary of its own in the same place.
  const standIn = process.env.OFFICINA_STAND_IN_BINDING;
  const shipped = join(
    resources,
    `app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${platform}-${architectures[arch]}.node`,
  );
  if (standIn && platform === 'linux' && existsSync(shipped)) copyFileSync(standIn, shipped);
  const exe = executableOf(appOutDir, platform);
  await setFuses(exe);
  const problems = [
    ...fuseProblems(await readFuses(exe)),
    ...packageProblems(appOutDir, `${platform}-${architectures[arch]}`),
  ];
  if (problems.length > 0)
    throw new Error(`this package must not leave the house:\n  ${problems.join('\n  ')}`);
}

export { afterPack as default };
