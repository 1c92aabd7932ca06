// The about box: name, version and licence text of everything that ships, read from what is installed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './paths.mjs';

const licenceFile = /^(licen[cs]e|copying)([.-].*)?$/i;
/** Fonts and Electron ship though npm counts Electron among the tools. */
const alsoShipped = new Set(['node_modules/electron']);
/** A Node of its own for scripts only; never packaged. */
const notShipped = /^node_modules\/node-(linux|win)-/;

/** Packages whose manifest is silent; each with where it says so. */
const saidElsewhere = new Map([['combine-errors', 'MIT']]); // its Readme.md, section "License"

function textIn(folder) {
  const name = readdirSync(folder).find((entry) => licenceFile.test(entry));
  return name === undefined ? '' : readFileSync(join(folder, name), 'utf8').trim();
}

/** `[{ name, version, licence, text }]`, by name; throws when a shipped package names no licence. */
export function shippedLicences() {
  const lock = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(lock.packages).filter(
    ([path, entry]) =>
      path !== '' &&
      !notShipped.test(path) &&
      (!entry.dev || alsoShipped.has(path)) &&
      existsSync(join(projectFolder, path, 'package.json')),
  );
  const seen = new Map();
  for (const [path] of shipped) {
    const { name, version, license } = JSON.parse(readFileSync(join(projectFolder, path, 'package.json'), 'utf8'));
    const licence = (typeof license === 'object' && license !== null ? license.type : license) ?? saidElsewhere.get(name);
    if (typeof licence !== 'string' || licence === '') throw new Error(`${name} ${version} names no licence`);
    seen.set(`${name} ${version}`, { name, version, licence, text: textIn(join(projectFolder, path)) });
  }
  return [...seen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
