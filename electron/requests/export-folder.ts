import { constants } from 'node:fs';
import { copyFile, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import { safeFileName } from '../../shared/rules/safe-file-name.ts';
import { faultCode } from '../platform/fault-code.ts';
import { sha256OfFile } from '../platform/sha256-of-file.ts';

/** A safe name for a file of that name, different from all in `taken`, where it then stands too. */
export function freeName(original: string, taken: Set<string>): string {
  const name = safeFileName(original, taken);
  taken.add(name.toLowerCase());
  return name;
}

/** Copies a file to a place where none is, and reads it back. @throws AppFault export.failed when its bytes have another hash there */
export async function copyWhole(from: string, to: string, sha256: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL);
  if ((await sha256OfFile(to)) !== sha256) throw new AppFault('export.failed');
}

/** Writes a new file, flushed and read back. @throws AppFault export.failed when the disk gives back something else */
export async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
  if ((await readFile(file, 'utf8')) !== text) throw new AppFault('export.failed');
}

/** A folder of that name that did not exist before: nothing of a person's is ever overwritten. */
export async function newFolder(parent: string, name: string): Promise<string> {
  for (let count = 1; count < 100; count += 1) {
    const folder = join(parent, count === 1 ? name : `${name} (${count})`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if (faultCode(error) !== 'EEXIST') throw error;
    }
  }
  throw new AppFault('export.failed');
}
