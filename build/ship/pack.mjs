// One call of electron-builder, as electron-builder.yml says, for one system and one flavour.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flavours } from '../flavours.mjs';
import { projectFolder } from '../paths.mjs';
import { drawIcons } from './icon.mjs';

const installed = createRequire(join(projectFolder, 'package.json'));

/** electron-builder.yml as an object. */
export const builderConfig = () =>
  installed('yaml').parse(readFileSync(join(projectFolder, 'electron-builder.yml'), 'utf8'));

/**
 * Packs the built `flavour` into `output` and resolves with the files that electron-builder names. `platform` is `linux` or `win32`;
 * `runtime` is `{ version, dist, binding }` where Electron is taken from a folder instead of being fetched, `binding` being SQLite's
 * binary for it where the shipped one does not fit; `more` is laid over the configuration and `hooks` over what
 * electron-builder is called with.
 */
export async function pack({ flavour, output, platform, targets, archs, runtime, more = {}, hooks = {} }) {
  const { build, Platform, Arch } = installed('electron-builder');
  const config = builderConfig();
  rmSync(output, { recursive: true, force: true });
  drawIcons(join(projectFolder, config.directories.buildResources));
  const files = config.files.map((item) =>
    item.from === undefined ? item : { ...item, from: flavours[flavour].folder },
  );
  const whole = {
    ...config,
    ...more,
    files,
    directories: { ...config.directories, output },
    ...(runtime === null ? {} : { electronVersion: runtime.version, electronDist: runtime.dist }),
  };
  if (runtime?.binding) process.env.OFFICINA_STAND_IN_BINDING = runtime.binding;
  else delete process.env.OFFICINA_STAND_IN_BINDING;
  // As a file: an object would be merged with electron-builder.yml, list by list, and this flavour packed over the other.
  const place = mkdtempSync(join(tmpdir(), 'officina-pack-'));
  const file = join(place, 'electron-builder.json');
  writeFileSync(file, JSON.stringify(whole));
  try {
    return await build({
      projectDir: projectFolder,
      publish: 'never',
      config: file,
      targets: (platform === 'win32' ? Platform.WINDOWS : Platform.LINUX).createTarget(
        targets,
        ...archs.map((arch) => Arch[arch]),
      ),
      ...hooks,
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
