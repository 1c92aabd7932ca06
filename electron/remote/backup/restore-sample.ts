import { join } from 'node:path';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { removedOrLeft } from '../../platform/locked-file-retry.ts';
import type { BackupDisk } from './backup-disk.ts';
import { hashBytes } from './copy-bytes.ts';
import { type CopyParts, patiently } from './copy-file.ts';
import type { ManifestEntry } from './copy-manifest.ts';

type RestoreParts = Pick<CopyParts, 'disk' | 'checkpoint' | 'patience' | 'monotonicMs' | 'sleep'>;

/** How many were restored, and the places that came back different or not at all. */
export type RestoredSample = { readonly restored: number; readonly different: readonly string[] };

function opened(path: string, parts: RestoreParts): number | null {
  try {
    return patiently(() => parts.disk.target.open(path, 'r'), parts);
  } catch {
    return null;
  }
}

function isRestored(
  from: number,
  file: string,
  { sizeBytes, sha256 }: ManifestEntry,
  disk: BackupDisk,
  checkpoint: () => void,
): boolean {
  const to = disk.target.open(file, 'w+', 0o600);
  try {
    const { copiedBytes } = hashBytes(disk, from, sizeBytes, (bytes, position) => {
      checkpoint();
      for (let done = 0; done < bytes.length; )
        done += disk.target.write(to, bytes, done, bytes.length - done, position + done);
    });
    return copiedBytes === sizeBytes && hashBytes(disk, to, copiedBytes, checkpoint).sha256 === sha256;
  } finally {
    disk.close(to);
  }
}

/** Restores a sample to a scratch folder, as a person would have to, and compares it there. The scratch folder is gone afterwards. */
export function restoreSample(
  sample: readonly ManifestEntry[],
  root: string,
  scratchParent: string,
  parts: RestoreParts,
): RestoredSample {
  const { disk, checkpoint } = parts;
  mkdirSync(scratchParent, { recursive: true });
  // What a scanner held the last time.
  for (const name of readdirSync(scratchParent))
    if (name.startsWith('restore-'))
      removedOrLeft(() => rmSync(join(scratchParent, name), { recursive: true, force: true }));
  const scratch = mkdtempSync(join(scratchParent, 'restore-'));
  try {
    const different = sample
      .filter((entry, index) => {
        const from = opened(join(root, ...entry.place.split('/')), parts);
        if (from === null) return true;
        const file = join(scratch, String(index));
        try {
          return !isRestored(from, file, entry, disk, checkpoint);
        } finally {
          disk.close(from);
          removedOrLeft(() => disk.target.rm(file));
        }
      })
      .map(({ place }) => place);
    return { restored: sample.length - different.length, different };
  } finally {
    removedOrLeft(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  }
}
