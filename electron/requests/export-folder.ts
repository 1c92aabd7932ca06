import { constants } from 'node:fs';
import { copyFile, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import { type FrozenFiles, verifiedOrWhyNot } from '../evidence/frozen-files.ts';
import { faultCode } from '../platform/fault-code.ts';
import { sha256OfFile } from '../platform/sha256-of-file.ts';

/** A file as the list of an export names it; `kept`: its bytes are in the folder under `name`. Sizes in bytes. */
export type ListedFile = {
  readonly name: string;
  readonly original: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly kept: boolean;
};

/** What was written: how many files, and the original names of those that could not be. */
export type Exported = {
  readonly folder: string;
  readonly files: number;
  readonly missing: readonly string[];
};

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

/** Whose fault a failed copy is, a second look at the frozen one tells: it may have gone since the first. */
async function isCopied(
  id: EvidenceId,
  to: string,
  sha256: string,
  frozenFiles: Pick<FrozenFiles, 'verified'>,
): Promise<boolean> {
  const frozen = await verifiedOrWhyNot(frozenFiles, id);
  if (!frozen.ok) return false;
  try {
    await copyWhole(frozen.value.path, to, sha256);
    return true;
  } catch (error) {
    if ((await verifiedOrWhyNot(frozenFiles, id)).ok) throw error;
    await rm(to, { force: true });
    return false;
  }
}

/**
 * Copies every file whose frozen copy can be used; one that is gone, changed or unreadable is listed as not kept and stops nothing.
 * `taken` holds the names, in lower case, that are not free in `folder`.
 * @throws AppFault export.failed; errors of the disk that is written to
 */
export async function copyUsable(
  folder: string,
  files: readonly Evidence[],
  frozenFiles: Pick<FrozenFiles, 'verified'>,
  taken: Set<string>,
): Promise<readonly ListedFile[]> {
  const listed: ListedFile[] = [];
  for (const { id, name: original, sizeBytes, sha256 } of files) {
    const name = freeName(original, taken);
    listed.push({
      name,
      original,
      sizeBytes,
      sha256,
      kept: await isCopied(id, join(folder, name), sha256, frozenFiles),
    });
  }
  return listed;
}

/** The answer for a folder with these files. */
export function exported(folder: string, listed: readonly ListedFile[]): Exported {
  const missing = listed.filter(({ kept }) => !kept).map(({ original }) => original);
  return { folder, files: listed.length - missing.length, missing };
}

/** Writes a new file, flushed and read back. @throws AppFault export.failed when the disk gives back something else */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (!(await readFile(file)).equals(typeof content === 'string' ? Buffer.from(content, 'utf8') : content))
    throw new AppFault('export.failed');
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
