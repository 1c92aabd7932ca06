// What may lie in a package, and nothing else. A pattern that builds green can ship the whole project or another system's binaries.
import { createRequire } from 'node:module';
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectFolder } from '../paths.mjs';

/** Largest archive, in bytes: what the technician downloads at every update. */
export const maxArchiveBytes = 25 * 1_000_000;

const inArchive = [
  /^package\.json$/,
  /^out\/main\/(chunks\/[\w.-]+|[a-z-]+)\.js$/,
  /^out\/preload\/preload\.cjs$/,
  /^out\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|woff2|svg|png|webp))$/,
  /^out\/resources\/[a-z-]+\.json$/,
  /^out\/resources\/samples\/\w+(\.(log|txt|json|EPR|MPC))?$/,
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/[a-z-]+\.js|lib\/methods\/[a-z]+\.js)$/,
  /^node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/keytar\.js)$/,
];
const binaries = (target) => [
  `node_modules/better-sqlite3/prebuilds/${target}.node`,
  `node_modules/keytar/prebuilds/${target}/keytar.node`,
];
const beside = {
  linux: [
    /^(officina-support|chrome-sandbox|chrome_crashpad_handler)$/,
    /^lib(EGL|GLESv2|ffmpeg|vk_swiftshader|vulkan)\.so(\.1)?$/,
  ],
  win32: [
    /^Officina Support\.exe$/,
    /^(d3dcompiler_47|dxcompiler|dxil|ffmpeg|libEGL|libGLESv2|vk_swiftshader|vulkan-1)\.dll$/,
  ],
};
const besideAll = [
  /^LICENSE(\.electron\.txt|S\.chromium\.html)$/,
  /^(chrome_[12]00_percent|resources)\.pak$/,
  /^icudtl\.dat$/,
  /^(snapshot_blob|v8_context_snapshot)\.bin$/,
  /^vk_swiftshader_icd\.json$/,
  /^locales\/(it|en-US)\.pak$/,
  /^resources\/(app\.asar|app-update\.yml|elevate\.exe)$/,
];
/** Without these a package starts nowhere, or is not allowed to be given away. */
const required = [
  /^out\/main\/main\.js$/,
  /^out\/preload\/preload\.cjs$/,
  /^out\/renderer\/index\.html$/,
  /^out\/resources\/licences\.json$/,
];
const requiredBeside = [
  /^LICENSES\.chromium\.html$/,
  /^locales\/it\.pak$/,
  /^locales\/en-US\.pak$/,
  /^resources\/app\.asar$/,
];

const asar = () => createRequire(join(projectFolder, 'package.json'))('@electron/asar');

/** Files of an archive as `[{ path, size, unpacked }]`, by path. */
export function archiveFiles(file) {
  const found = [];
  const walk = (node, path) => {
    for (const [name, entry] of Object.entries(node.files))
      if (entry.files !== undefined) walk(entry, `${path}${name}/`);
      else
        found.push({
          path: `${path}${name}`,
          size: entry.size ?? 0,
          unpacked: entry.unpacked === true,
          link: entry.link,
        });
  };
  walk(asar().getRawHeader(file).header, '');
  return found;
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));

/** What is wrong with a list of archived files, for `target` as in `linux-x64`; a pure rule over `archiveFiles`. */
export function listProblems(files, target) {
  const native = binaries(target);
  const isBinary = ({ path }) => native.includes(path);
  const paths = files.map(({ path }) => path);
  return [
    ...files
      .filter((file) => !isBinary(file) && !inArchive.some((allowed) => allowed.test(file.path)))
      .map(({ path }) => `${path}: not in the list of what ships`),
    ...files.filter(({ link }) => link !== undefined).map(({ path }) => `${path}: a link`),
    ...files
      .filter((file) => file.unpacked && !isBinary(file))
      .map(({ path }) => `${path}: outside the archive, where nobody looks after it`),
    ...native
      .filter((path) => !files.some((file) => file.path === path && file.unpacked))
      .map((path) => `${path}: missing outside the archive`),
    ...required
      .filter((wanted) => !paths.some((path) => wanted.test(path)))
      .map((wanted) => `${wanted.source}: missing`),
  ];
}

/** What is wrong with a packed folder; empty when it may leave the house. */
export function packageProblems(folder, target) {
  const archive = join(folder, 'resources/app.asar');
  const outside = filesBelow(folder);
  const unpacked = binaries(target).map((path) => `resources/app.asar.unpacked/${path}`);
  const allowed = [...besideAll, ...(beside[target.split('-')[0]] ?? [])];
  const size = statSync(archive).size;
  return [
    ...listProblems(archiveFiles(archive), target),
    ...outside
      .filter((path) => !unpacked.includes(path) && !allowed.some((rule) => rule.test(path)))
      .map((path) => `${path}: not in the list of what lies beside`),
    ...requiredBeside
      .filter((rule) => !outside.some((path) => rule.test(path)))
      .map((rule) => `${rule.source}: missing`),
    ...(size > maxArchiveBytes ? [`app.asar has ${size} bytes; ${maxArchiveBytes} are allowed`] : []),
  ];
}
