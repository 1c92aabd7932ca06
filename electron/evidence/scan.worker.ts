import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { timingMs } from '../platform/failpoint.ts';
import { sniffContent } from './sniff-content.ts';
import { newestFiles } from './newest-files.ts';
import type { ListedFile, ScanMessage, ScanOrder } from './scan-messages.ts';
import { type ScannedFile, walkFolders } from './scan-walk.ts';

/** The first rows must be there within half a second (A3); later ones no oftener than an eye can follow. */
const firstTellMs = 100;
const tellEveryMs = 250;
/** Looking inside files is a favour: it ends after this long, and the rest is judged by name. */
const lookMs = 3_000;

/** Tests play a disk so slow that a person has time to do something meanwhile. */
const slowDiskMs = timingMs('SLOW_DISK_MS', 0);

const { roots, limits, cancel } = workerData as ScanOrder;
const cancelWord = new Int32Array(cancel);
const isCancelled = (): boolean => Atomics.load(cancelWord, 0) !== 0;
const tell = (message: ScanMessage): void => parentPort?.postMessage(message);
const unopened = (file: ScannedFile): ListedFile => ({ ...file, kind: null, errorText: null });

const newest = newestFiles(limits.listed);
let nextTellMs = performance.now() + firstTellMs;
const report = walkFolders(roots, limits, {
  onFile: newest.add,
  onPause: (seenEntries) => {
    if (slowDiskMs > 0) Atomics.wait(cancelWord, 0, 0, slowDiskMs);
    if (performance.now() < nextTellMs) return;
    nextTellMs = performance.now() + tellEveryMs;
    tell({ kind: 'found', files: newest.fresh().map(unopened), seenEntries });
  },
  isCancelled,
  monotonicMs: () => performance.now(),
});
const lookUntilMs = performance.now() + lookMs;
const files = newest
  .all()
  .map(
    (file): ListedFile =>
      isCancelled() || performance.now() > lookUntilMs ? unopened(file) : { ...file, ...sniffContent(file) },
  );
tell({ kind: 'finished', files, report });
