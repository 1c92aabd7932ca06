import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, win32 } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';

/** Local, not roaming, app data on Windows: a WAL database must never lie on a network share or travel with the profile. */
export function defaultDataFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, appData: string): string {
  const local = environment['LOCALAPPDATA'];
  return platform === 'win32' && local !== undefined && local !== '' ? join(local, 'Officina Support') : join(appData, 'officina-support');
}

/**
 * Where the window keeps what it needs while it runs. Next to the data, one for each workshop; in the system's temporary folder
 * where the data folder takes no writing, so that the window can still open and say so (D2).
 */
export function windowFolder(dataFolder: string): string {
  const folder = join(dataFolder, 'window');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return mkdtempSync(join(tmpdir(), 'officina-window-'));
  }
}

const synchronised = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'] as const;

/**
 * Why a store must not lie here, or null: WAL does not work over a network, and a synchronising program copies a database while it
 * is being written (RELIABILITY-SECURITY section 6). `real` is the path with links and drive letters resolved.
 */
export function placeProblem(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, real: string): 'network' | 'OneDrive' | null {
  if (platform !== 'win32') return null;
  if (/^\\\\(?!\?\\[A-Za-z]:)/u.test(real)) return 'network';
  const inside = (folder: string): boolean => `${win32.normalize(real).toLowerCase()}\\`.startsWith(`${win32.normalize(folder).toLowerCase()}\\`);
  return synchronised.some((name) => inside(environment[name] ?? '\0')) ? 'OneDrive' : null;
}

/** @throws AppFault store.badPlace when the folder, or the nearest parent that exists, lies where a store breaks */
export function assertGoodPlace(folder: string): void {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  const real = existsSync(nearest) ? realpathSync.native(nearest) : nearest;
  const place = placeProblem(process.platform, process.env, real);
  if (place !== null) throw new AppFault('store.badPlace', { place });
}
