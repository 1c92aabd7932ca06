import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { FrozenFiles } from '../evidence/frozen-files.ts';
import { copyUsable, freeName } from './export-folder.ts';

/** A file as a page may take it: its own name, where its copy is to stand, and what it is a copy of. */
export type PageFile = { readonly evidenceId: EvidenceId; readonly name: string; readonly path: string };

/** The names under which a page reads these files; the same files have the same names each time. */
export function pageFiles(folder: string, files: readonly Evidence[]): readonly PageFile[] {
  const taken = new Set<string>();
  return files.map(({ id, name }) => {
    const free = freeName(name, taken);
    return { evidenceId: id, name: free, path: join(folder, free) };
  });
}

/**
 * Copies frozen files to where `pageFiles` says, for a page reads the name from the path. What stood there before goes.
 * @throws AppFault evidence.copyMissing with the name of the first that cannot be used: a form is filled in with all of them or not at all
 */
export async function writePageFiles(
  folder: string,
  files: readonly Evidence[],
  frozenFiles: Pick<FrozenFiles, 'verified'>,
): Promise<void> {
  await removePageFiles(folder);
  await mkdir(folder, { recursive: true });
  const lost = (await copyUsable(folder, files, frozenFiles, new Set())).find(({ kept }) => !kept);
  if (lost !== undefined) throw new AppFault('evidence.copyMissing', { name: lost.original });
}

export async function removePageFiles(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
