// What the Linux machines lack to build a Windows installer, made from what their registries have: an executable that does nothing, the files around
// it, and NSIS with plug-ins of its own. What is built with it proves our configuration and our script; it is never given to anybody.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../paths.mjs';
import { must } from '../run.mjs';

/** What must be there, and the Debian package that brings it. */
const tools = [
  ['/usr/bin/makensis', 'nsis'],
  ['/usr/x86_64-w64-mingw32/lib/nsis', 'nsis-pluginapi'],
  ['/usr/bin/x86_64-w64-mingw32-gcc', 'gcc-mingw-w64-x86-64'],
  ['/usr/bin/wine', 'wine'],
  ['/usr/lib/wine/wine64', 'wine64'],
  ['/usr/bin/7za', 'p7zip-full'],
  ['/usr/bin/xvfb-run', 'xvfb'],
];
const pluginFolder = '/usr/x86_64-w64-mingw32/lib/nsis';

/** Debian packages that are missing for `prepareWindows`; empty where it can be called. */
export const missingTools = () => tools.filter(([path]) => !existsSync(path)).map(([, name]) => name);

/** The mark by which Electron's fuses are found, their version, how many, and all of them as a fresh Electron has them. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
  Buffer.from([1, 9]),
  Buffer.from('101100011', 'latin1'),
]);

const versionResource = `1 VERSIONINFO FILEVERSION 1,0,0,0 PRODUCTVERSION 1,0,0,0
BEGIN
  BLOCK "StringFileInfo" BEGIN BLOCK "040904b0" BEGIN VALUE "FileDescription", "stand-in" VALUE "ProductName", "stand-in" END END
  BLOCK "VarFileInfo" BEGIN VALUE "Translation", 0x409, 1200 END
END
`;

async function runtimeFolder(folder) {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const [source, program] = [join(folder, 'program.c'), join(folder, 'electron.exe')];
  writeFileSync(source, 'int main(void) { return 0; }\n');
  // electron-builder writes name, version and the archive's hash into the resources, and wants some to be there.
  const [script, resources] = [join(folder, 'program.rc'), join(folder, 'program.o')];
  writeFileSync(script, versionResource);
  await must('x86_64-w64-mingw32-windres', [script, resources]);
  await must('x86_64-w64-mingw32-gcc', ['-O2', '-s', '-mwindows', '-o', program, source, resources]);
  for (const file of [script, resources]) rmSync(file);
  appendFileSync(program, fuseWire);
  rmSync(source);
  for (const name of ['it', 'en-US', 'de', 'ja']) writeFileSync(join(folder, 'locales', `${name}.pak`), name);
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'version',
    'ffmpeg.dll',
    'icudtl.dat',
    'resources.pak',
  ])
    writeFileSync(join(folder, name), `stand-in for ${name}`);
}

async function nsisFolder(folder) {
  for (const part of ['linux', 'Plugins/amd64-unicode', 'plugins/x86-unicode', 'plugins/x86-ansi'])
    mkdirSync(join(folder, part), { recursive: true });
  symlinkSync('/usr/bin/makensis', join(folder, 'linux/makensis'));
  for (const part of ['Contrib', 'Include', 'Stubs'])
    symlinkSync(join('/usr/share/nsis', part), join(folder, part));
  cpSync('/usr/share/nsis/Plugins', join(folder, 'Plugins'), { recursive: true });
  writeFileSync(join(folder, 'elevate.exe'), 'stand-in');
  const sources = join(projectFolder, 'build/ship/wine-plugins');
  for (const source of readdirSync(sources).filter((name) => name.endsWith('.c'))) {
    const name = source.replace(/c$/, 'dll');
    const output = join(folder, 'Plugins/amd64-unicode', name);
    const flags = [
      '-shared',
      '-O2',
      '-DUNICODE',
      '-D_UNICODE',
      '-static-libgcc',
      '-o',
      output,
      join(sources, source),
    ];
    await must('x86_64-w64-mingw32-gcc', [
      ...flags,
      `-L${pluginFolder}`,
      '-lpluginapi-amd64-unicode',
      '-lshell32',
      '-lole32',
    ]);
    // electron-builder looks whether they are there for the architecture that it would have used.
    for (const looked of ['plugins/x86-unicode', 'Plugins/x86-unicode'])
      cpSync(output, join(folder, looked, name));
  }
}

/** Makes everything in `folder`; resolves with `{ dist, toolset }`, the runtime's folder and NSIS's. */
export async function prepareWindows(folder) {
  const [dist, toolset] = [join(folder, 'electron-win'), join(folder, 'nsis')];
  await runtimeFolder(dist);
  await nsisFolder(toolset);
  return { dist, toolset };
}

/** What electron-builder is told in its environment and beside its configuration for the stand-in. */
export function standInSettings({ toolset }, more = {}) {
  Object.assign(process.env, {
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
    ELECTRON_BUILDER_NSIS_DIR: toolset,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: toolset,
  });
  return {
    more,
    hooks: {
      // Debian's NSIS has 64-bit stubs and plug-ins for them; the released one builds 32-bit installers.
      effectiveOptionComputed: async (options) => {
        if (!Array.isArray(options)) return false;
        const [defines, commands] = options;
        delete commands.Unicode;
        commands.Target = 'amd64-unicode';
        defines.OFFICINA_IN_WINE = null;
        return false;
      },
    },
  };
}

/** Runs a program in Wine on the screen there is; resolves with its exit code. Its input and output are files, as Wine wants them. */
export function inWine(env, log, program, ...args) {
  const command = ['-c', 'exec /usr/lib/wine/wine64 "$0" "$@" < /dev/null > "$LOG" 2>&1', program, ...args];
  return spawnSync('sh', command, { env: { ...env, LOG: log }, timeout: 120_000 }).status ?? 1;
}

/** Ends Wine's server, which then writes the registry to the disk. */
export function endWine(env) {
  for (const how of ['-k', '-w'])
    spawnSync('/usr/lib/wine/wineserver64', [how], { env, stdio: 'ignore', timeout: 60_000 });
}
