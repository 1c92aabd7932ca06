import type { EvidenceKind } from '../../shared/domain/evidence.ts';
import type { ScanLimits, ScannedFile, WalkReport } from './scan-walk.ts';

/** What the search worker is started with. `cancel` is shared memory: one non-zero word stops it between two entries. */
export type ScanOrder = {
  readonly roots: readonly string[];
  readonly limits: ScanLimits;
  readonly cancel: SharedArrayBuffer;
};

/** A listed file; `kind` and `errorText` null until its bytes were looked at. */
export type ListedFile = ScannedFile & {
  readonly kind: EvidenceKind | null;
  readonly errorText: string | null;
};

/** What the worker tells. `found` files may be told again in `finished`, with more known of them. */
export type ScanMessage =
  | { readonly kind: 'found'; readonly files: readonly ListedFile[]; readonly seenEntries: number }
  | { readonly kind: 'finished'; readonly files: readonly ListedFile[]; readonly report: WalkReport };
