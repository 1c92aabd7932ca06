import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Local, not roaming, app data on Windows: a WAL database must never lie on a network share or travel with the profile. */
export function defaultDataFolder(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
  appData: string,
): string {
  const local = environment['LOCALAPPDATA'];
  return platform === 'win32' && local !== undefined && local !== ''
    ? join(local, 'Officina Support')
    : join(appData, 'officina-support');
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
