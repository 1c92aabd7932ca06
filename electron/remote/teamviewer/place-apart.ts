import { copyFile, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckedProgram, isStill } from './check-tool.ts';

/**
 * Puts a checked single-file program (QuickSupport) into a fresh folder of its own and gives back where: beside the file as it was
 * chosen, in a folder of downloads, a planted library would be loaded with it (CVE-2021-34803). What lay there before is removed,
 * save what still runs: Windows lets nobody remove that, and it does not stand in the fresh folder's way.
 * @returns null when the copy is not, byte for byte, what was checked
 */
export async function placeApart(program: CheckedProgram, folder: string): Promise<CheckedProgram | null> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  await mkdir(folder, { recursive: true });
  const placed = {
    ...program,
    path: join(await mkdtemp(join(await realpath(folder), 'run-')), 'TeamViewerQS.exe'),
  };
  await copyFile(program.path, placed.path);
  return (await isStill(placed)) ? placed : null;
}
