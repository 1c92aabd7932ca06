import type { LockedFileLimits } from '../../evidence/locked-file-retry.ts';
import type { StopReason } from '../../../shared/domain/backup.ts';
import type { BenchOrder, CopyBench } from './copy-bench.ts';

/** Words of the shared memory that all benches of a run look at: what they are to do. */
export const goOn = 0;
export const paused = 1;
export const calledOff = 2;

/**
 * What a bench's thread is started with. `control` holds one of the words above; `progress` bytes and files, counted by every bench
 * of the run, so that nobody has to be told of each file.
 */
export type ThreadOrder = BenchOrder & {
  readonly patience: LockedFileLimits;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly progress: BigInt64Array<SharedArrayBuffer>;
};

export type BenchAct = keyof CopyBench;
export type BenchRequest = { readonly act: BenchAct; readonly given: readonly unknown[] };
/** One answer for each request, in their order. */
export type BenchAnswer =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'stopped'; readonly reason: StopReason }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The same bench, asked across a thread. */
export type AskedBench = { readonly [Act in BenchAct]: (...given: Parameters<CopyBench[Act]>) => Promise<ReturnType<CopyBench[Act]>> };
