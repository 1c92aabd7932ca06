import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import { isFile } from './set-aside.ts';
import { storeFolders } from './store-folders.ts';

/** Chromium holds its files of this folder open while the program runs; ours are the window's place and the logins kept of portals. */
const windowFolderName = 'window';
const inWindowFolder = ['place.txt', 'Partitions'];

/** Writes down that everything of this workshop is to be erased at the next start; nothing is touched while the store is open. */
export function askForErase(dataFolder: string): void {
  const mark = storeFolders(dataFolder).eraseNext;
  // Whatever else has its name goes with everything.
  if (!isFile(mark)) rmSync(mark, { recursive: true, force: true });
  writeFileSync(mark, '', { flush: true });
}

/** How often a file that is held is tried again before it is left, each time 200 ms later than the time before; and who removes. */
export type Eraser = { readonly tries: number; readonly rm: typeof rmSync };
const usual: Eraser = { tries: 5, rm: rmSync };

/** Removes a file or a folder with all in it, and gives back what could not be removed: one held file keeps no other from going. */
function removeAll(path: string, { tries, rm }: Eraser): readonly string[] {
  try {
    rm(path, { recursive: true, force: true, maxRetries: tries, retryDelay: 200 });
    return [];
  } catch {
    const inside = entriesOf(path)?.flatMap((name) => removeAll(join(path, name), { tries: 0, rm }));
    // A folder that is held itself has nothing of the workshop in it any more.
    return inside ?? [path];
  }
}

function entriesOf(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}

/**
 * Erases what was asked to be erased: store, files, backups, quarantine, packs, practice portal, log (R-PRIVACY-1). The mark goes last,
 * so that a power cut in between only means that the next start goes on; while something is left, it stays and names it. Call before
 * anything of the folder is opened. Never fails.
 * @returns places below the folder that could not be erased, for Windows removes no file that somebody holds
 */
export function eraseIfAsked(dataFolder: string, eraser: Eraser = usual): readonly string[] {
  const mark = storeFolders(dataFolder).eraseNext;
  // Only a file is the mark: nothing is erased because of a folder that happens to have its name.
  if (!isFile(mark)) return [];
  const places = (entriesOf(dataFolder) ?? [])
    .filter((name) => join(dataFolder, name) !== mark)
    .flatMap((name) =>
      name === windowFolderName
        ? inWindowFolder.map((own) => join(dataFolder, name, own))
        : [join(dataFolder, name)],
    );
  const left = places.flatMap((place) => removeAll(place, eraser));
  try {
    if (left.length === 0) rmSync(mark);
    else writeFileSync(mark, left.map((path) => `${relative(dataFolder, path)}\n`).join(''), { flush: true });
    return left.map((path) => relative(dataFolder, path));
  } catch {
    return [relative(dataFolder, mark)];
  }
}

/** As many names as a sentence bears. */
const named = 3;

/**
 * Goes on with an erasing that was asked for, before anything new is begun in its place.
 * @throws AppFault store.notErased with the first of what is left
 */
export function assertErased(dataFolder: string): void {
  const left = eraseIfAsked(dataFolder, { ...usual, tries: 1 });
  if (left.length > 0)
    throw new AppFault('store.notErased', {
      names: `${left.slice(0, named).join(', ')}${left.length > named ? ' …' : ''}`,
    });
}
