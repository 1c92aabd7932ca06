import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { type Sha256, sha256Schema } from '../../shared/domain/ids.ts';
import { safeFileName } from '../../shared/text/safe-file-name.ts';
import { copyHashing } from '../evidence/copy-hashing.ts';
import { openSource } from '../evidence/source-file.ts';
import type { FoundFile } from './find-failure.ts';

/** A copy in the staging folder, as it goes into the zip. */
export type StagedFile = {
  readonly found: FoundFile;
  /** Its name in the zip. */
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Sha256;
  /** Bytes of the original where only its end was taken; null for a whole file. */
  readonly wholeBytes: number | null;
};

export type Staged = {
  readonly files: readonly StagedFile[];
  readonly leftOut: readonly { readonly found: FoundFile; readonly error: unknown }[];
};

async function stageOne(found: FoundFile, folder: string, name: string): Promise<StagedFile> {
  const { handle, stats } = await openSource(found.path, true);
  try {
    const whole = Number(stats.size);
    const takes = whole > evidenceLimits.fileBytes ? evidenceLimits.tailBytes : whole;
    const path = join(folder, name);
    const target = await open(path, 'wx');
    try {
      // A LOG that grows meanwhile is taken as long as it was.
      const range = { start: whole - takes, length: takes };
      const { sha256, copiedBytes } = await copyHashing(handle, target, range, () => undefined);
      return {
        found,
        name,
        path,
        sizeBytes: copiedBytes,
        sha256: sha256Schema.parse(sha256),
        wholeBytes: takes === whole ? null : whole,
      };
    } finally {
      await target.close();
    }
  } finally {
    await handle.close();
  }
}

/**
 * Copies the files into an empty folder one after another, within the bounds of a ticket (BOUND-SIZE): of a file too large its end, and
 * what goes beyond the sum or the number is left out. One that cannot be read keeps no other from being taken.
 */
export async function stageFiles(found: readonly FoundFile[], folder: string): Promise<Staged> {
  const files: StagedFile[] = [];
  const leftOut: Staged['leftOut'][number][] = [];
  const taken = new Set<string>();
  let sum = 0;
  for (const one of found) {
    try {
      if (files.length >= evidenceLimits.filesPerTicket)
        throw new AppFault('evidence.tooMany', { most: files.length });
      const takes = Math.min(one.candidate.sizeBytes, evidenceLimits.fileBytes);
      if (sum + takes > evidenceLimits.ticketBytes)
        throw new AppFault('evidence.ticketTooLarge', { limitBytes: evidenceLimits.ticketBytes });
      const name = safeFileName(one.candidate.name, taken);
      // What breaks off in the middle leaves its place taken.
      taken.add(name.toLowerCase());
      const staged = await stageOne(one, folder, name);
      files.push(staged);
      sum += staged.sizeBytes;
    } catch (error) {
      leftOut.push({ found: one, error });
    }
  }
  return { files, leftOut };
}
