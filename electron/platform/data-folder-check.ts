import { existsSync, realpathSync } from 'node:fs';
import { dirname, win32 } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';

const synchronised = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'] as const;

/**
 * Why a store must not lie here, or null: WAL does not work over a network, and a synchronising program copies a database while it
 * is being written (BOUND-PLACE). `real` is the path with links and drive letters resolved.
 */
export function dataFolderProblem(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
  real: string,
): 'network' | 'OneDrive' | null {
  if (platform !== 'win32') return null;
  if (/^\\\\(?!\?\\[A-Za-z]:)/u.test(real)) return 'network';
  const inside = (folder: string): boolean =>
    `${win32.normalize(real).toLowerCase()}\\`.startsWith(`${win32.normalize(folder).toLowerCase()}\\`);
  return synchronised.some((name) => inside(environment[name] ?? '\0')) ? 'OneDrive' : null;
}

/** The place with links and drive letters resolved; as it is where it is not there, or lies on one of the drives Windows resolves nothing on (RAM disks). */
function realPlace(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

/** @throws AppFault store.badPlace when the folder, or the nearest parent that exists, lies where a store breaks */
export function assertDataFolder(folder: string): void {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  const place = dataFolderProblem(process.platform, process.env, realPlace(nearest));
  if (place !== null) throw new AppFault('store.badPlace', { place });
}
