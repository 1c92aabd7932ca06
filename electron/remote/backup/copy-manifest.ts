import { createHash } from 'node:crypto';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { BackupReceipt } from '../../../shared/domain/backup.ts';
import { type Sha256, sha256Schema } from '../../../shared/domain/ids.ts';
import type { CopiedFile } from './copy-file.ts';

/** One file as it lies in the backup now. */
export type ManifestEntry = { readonly place: string; readonly sizeBytes: number; readonly sha256: string };
export type CopiedEntry = ManifestEntry & Pick<CopiedFile, 'outcome'>;

export type CopySummary = {
  readonly files: number;
  readonly bytes: number;
  readonly copiedFiles: number;
  readonly manifestSha256: Sha256;
  readonly sample: readonly ManifestEntry[];
};

/** Name of the receipt beside the copies; no chosen folder's copy may have it. */
export const receiptFile = 'receipt.json';
/** Files taken for the sample; the largest is always among them. */
export const sampleSize = 25;

/** SHA-256 over the sorted list, one line a file; two backups with the same bytes at the same places have the same. */
export function manifestSha256(manifest: readonly ManifestEntry[]): Sha256 {
  const hash = createHash('sha256');
  for (const { place, sizeBytes, sha256 } of manifest)
    hash.update(`${JSON.stringify([place, sizeBytes, sha256])}\n`);
  return sha256Schema.parse(hash.digest('hex'));
}

/** The sample: the largest file, and one other for each draw after the first while there are others. */
export function sampleOf(
  manifest: readonly ManifestEntry[],
  draws: readonly number[],
): readonly ManifestEntry[] {
  const rest = manifest.toSorted((a, b) => b.sizeBytes - a.sizeBytes);
  return draws.flatMap((draw, index) =>
    rest.splice(index === 0 ? 0 : Math.min(rest.length - 1, Math.floor(draw * rest.length)), 1),
  );
}

/** The list of what lies in the backup; grown file by file, handed out in pieces, so that nobody has to carry it whole. */
export type CopyManifest = {
  readonly targetOf: (place: string) => string;
  readonly note: (entries: readonly CopiedEntry[]) => void;
  readonly take: (which: 'copied' | 'all', atMost: number) => readonly CopiedEntry[];
  readonly summary: (draws: readonly number[]) => CopySummary;
  readonly keepReceipt: (receipt: BackupReceipt) => void;
};

export function copyManifest(root: string): CopyManifest {
  const entries: CopiedEntry[] = [];
  const taken = { copied: 0, all: 0 };
  const manifest = (): readonly ManifestEntry[] =>
    entries
      .map(({ place, sizeBytes, sha256 }) => ({ place, sizeBytes, sha256 }))
      .sort((a, b) => (a.place < b.place ? -1 : 1));
  return {
    targetOf: (place) => join(root, ...place.split('/')),
    note: (more) => void entries.push(...more),
    take: (which, atMost) => {
      const next: CopiedEntry[] = [];
      for (; taken[which] < entries.length && next.length < atMost; taken[which] += 1) {
        const entry = entries[taken[which]];
        if (entry !== undefined && (which === 'all' || entry.outcome === 'copied')) next.push(entry);
      }
      return next;
    },
    summary: (draws) => {
      const files = manifest();
      return {
        files: files.length,
        bytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        copiedFiles: entries.filter(({ outcome }) => outcome === 'copied').length,
        manifestSha256: manifestSha256(files),
        sample: sampleOf(files, draws),
      };
    },
    keepReceipt: (receipt) =>
      writeFileAtomic.sync(join(root, receiptFile), JSON.stringify({ receipt, files: manifest() }, null, 1)),
  };
}
