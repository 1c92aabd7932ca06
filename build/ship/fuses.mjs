// The switches inside Electron's own executable (SEC-19): all of them said, so that a new one stops the build.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../paths.mjs';

/** Loaded late: this file is read before anything is installed. */
const library = () =>
  import(pathToFileURL(createRequire(join(projectFolder, 'package.json')).resolve('@electron/fuses')).href);

/** Name of every fuse and whether it is on in what we ship. */
export const wanted = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
};

/** What the executable says: `{ name: boolean | null }` for each fuse the library knows; null where this Electron has none yet. */
export async function readFuses(exe) {
  const { getCurrentFuseWire, FuseV1Options, FuseState } = await library();
  const wire = await getCurrentFuseWire(exe);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  const known = names.map((name) => [name, wire[FuseV1Options[name]]]);
  return Object.fromEntries(
    known.map(([name, state]) => [name, state === undefined ? null : state === FuseState.ENABLE]),
  );
}

/** Sets every fuse the executable has; throws when it has one that is not in the list. */
export async function setFuses(exe) {
  const { flipFuses, FuseVersion, FuseV1Options } = await library();
  const present = Object.entries(await readFuses(exe)).filter(([, state]) => state !== null);
  const unsaid = present.filter(([name]) => wanted[name] === undefined).map(([name]) => name);
  if (unsaid.length > 0) throw new Error(`fuses nobody has decided about: ${unsaid.join(', ')}`);
  const settings = Object.fromEntries(present.map(([name]) => [FuseV1Options[name], wanted[name]]));
  await flipFuses(exe, { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...settings });
}

/** What is wrong with the fuses that were read; empty when all are as wanted. A fuse this Electron lacks is not wrong. */
export function fuseProblems(read) {
  const states = Object.entries(read);
  if (!states.some(([, state]) => state !== null)) return ['no fuse could be read'];
  return states
    .filter(([name, state]) => state !== null && state !== wanted[name])
    .map(([name, state]) => `${name} is ${state ? 'on' : 'off'}`);
}
