import { randomUUID } from 'node:crypto';
import {
  type BackupProof,
  type BackupReceipt,
  backupReceiptSchema,
  type DeclaredBackup,
} from '../../../shared/domain/backup.ts';
import type { BackupView } from '../../../shared/ipc/remote-views.ts';
import type { Clock } from '../../platform/clock.ts';
import { type BackupChoiceParts, backupChoice, type ReadyChoice } from './backup-choice.ts';
import { BackupStop } from './backup-disk.ts';
import { backupProgress, type BackupProgressParts } from './backup-progress.ts';
import { type WorkerPool, workerPool, usualWorkers } from './worker-pool.ts';
import { type BackupResult, runBackup } from './run-backup.ts';

export type BackupServiceParts = BackupChoiceParts &
  BackupProgressParts & {
    /** The built (or, in tests, written) `backup.worker`: all copying happens there. */
    readonly workerFile: string | URL;
    readonly flushVolume: (folder: string, signal: AbortSignal) => Promise<boolean>;
    readonly clock: Clock;
    readonly random: () => number;
    readonly chooseFolder: () => Promise<string | null>;
    /** Where the sample is restored to; on this PC, emptied afterwards. */
    readonly scratchFolder: string;
    /** A proof is there: kept and noted in one transaction. */
    readonly onProved: (proof: BackupProof) => void;
  };

export type BackupService = {
  readonly view: () => Promise<BackupView>;
  readonly addFolder: () => Promise<void>;
  readonly choose: (id: string, chosen: boolean) => void;
  readonly chooseDestination: () => Promise<void>;
  readonly estimate: () => Promise<void>;
  readonly act: (act: 'start' | 'pause' | 'resume' | 'cancel') => Promise<void>;
  readonly declare: (declared: Omit<DeclaredBackup, 'id' | 'kind' | 'declaredAt'>) => void;
  /** Ends a run under way and waits until it came to rest. */
  readonly stop: () => Promise<void>;
};

/** Counting longer than this, in milliseconds, is given up: a drive that does not answer. */
const longestEstimateMs = 120_000;
/** A locked file is waited for this long, in milliseconds; then it is left out and told. */
const patience = { busyMs: 5_000, deniedMs: process.platform === 'win32' ? 5_000 : 0 };

/** What a finished run is worth: every figure of it, as it is signed. */
function receiptOf(
  { from, to }: ReadyChoice,
  result: BackupResult,
  told: Pick<BackupReceipt, 'startedAt' | 'finishedAt' | 'sameDisk' | 'sampleRestored'>,
): BackupReceipt {
  return backupReceiptSchema.parse({
    id: randomUUID(),
    kind: 'made',
    ...told,
    folders: from.map(({ path }) => path),
    destination: to,
    files: result.files,
    bytes: result.bytes,
    copiedFiles: result.copiedFiles,
    unchangedFiles: result.files - result.copiedFiles,
    readBackFiles: result.files - result.different.length,
    differentFiles: result.different.length,
    skipped: result.skipped,
    manifestSha256: result.manifestSha256,
  });
}

/** Makes one backup at a time, of what the person chose, and proves it (R-BACKUP-1). Holds nothing that a restart could miss. */
export function backupService(parts: BackupServiceParts): BackupService {
  const { drives, clock } = parts;
  const choice = backupChoice(parts);
  const progress = backupProgress(parts);
  const { apply, note, assertIdle } = progress;
  const driveOf = (to: string): Promise<string | null> => drives.driveOf(to).catch(() => null);
  const run = async (
    pool: WorkerPool,
    ready: ReadyChoice,
    signal: AbortSignal,
    drive: string | null,
  ): Promise<void> => {
    const startedAt = clock.instant();
    const { coordinator, workers, callOff } = pool;
    const result = await runBackup({
      destination: ready.to,
      coordinator,
      workers,
      halt: callOff,
      random: parts.random,
      flushVolume: (folder) => parts.flushVolume(folder, signal),
    });
    note(result);
    progress.look(pool);
    apply({ kind: 'allReadBack', files: result.files, different: result.different.length });
    if (progress.state().phase !== 'restoring') return;
    const { restored, different } = await coordinator.restore(result.sample, parts.scratchFolder);
    note({ skipped: result.skipped, different });
    // Where a drive was pulled out its empty folder may be left, on this PC's own disk: what went there is no backup on that drive.
    if (drive === null || (await driveOf(ready.to)) !== drive) throw new BackupStop('destination-gone');
    const finishedAt = clock.instant();
    const sameDisk = (await choice.isSameDrive()) ?? true;
    const receipt = receiptOf(ready, result, { startedAt, finishedAt, sameDisk, sampleRestored: restored });
    if (different.length === 0) {
      await coordinator.keepReceipt(receipt);
      parts.onProved(receipt);
    }
    apply({ kind: 'sampleRestored', different: different.length, receiptId: receipt.id });
  };
  const begin = async (): Promise<void> => {
    const ready = await choice.ready();
    const drive = await driveOf(ready.to);
    const state = progress.state();
    if (state.phase !== 'estimated' || state.files === 0 || !progress.isIdle()) return;
    const pool = workerPool(parts.workerFile, usualWorkers, ready.from, ready.to, patience);
    note({ skipped: [], different: [] });
    apply({ kind: 'started' });
    void progress.occupy(pool, (signal) => run(pool, ready, signal, drive));
  };
  return {
    view: async () => ({
      folders: await choice.folders(),
      destination: choice.destination(),
      sameDrive: await choice.isSameDrive(),
      freeBytes: await choice.freeBytes(),
      state: progress.state(),
      differences: progress.differences(),
    }),
    addFolder: async () => {
      assertIdle();
      const path = await parts.chooseFolder();
      if (path === null) return;
      await choice.add(path);
      apply({ kind: 'chosen' });
    },
    choose: (id, isChosen) => {
      assertIdle();
      choice.choose(id, isChosen);
      apply({ kind: 'chosen' });
    },
    chooseDestination: async () => {
      assertIdle();
      const path = await parts.chooseFolder();
      if (path === null) return;
      await choice.copyTo(path);
      apply({ kind: 'chosen' });
    },
    estimate: async () => {
      assertIdle();
      const { from, to } = await choice.ready();
      apply({ kind: 'estimateStarted' });
      const pool = workerPool(parts.workerFile, 0, from, to, patience);
      const late = setTimeout(() => pool.callOff(), longestEstimateMs);
      await progress.occupy(pool, async () => {
        const counted = await pool.coordinator.estimate().finally(() => clearTimeout(late));
        apply({ kind: 'estimated', ...counted });
      });
    },
    act: async (act) => {
      if (act === 'start') return begin();
      if (act === 'cancel') return progress.cancel();
      if (act === 'pause' && progress.state().phase === 'copying') progress.pause();
      if (act === 'resume') progress.resume();
      apply({ kind: act === 'pause' ? 'paused' : 'resumed' });
    },
    declare: (declared) => {
      parts.onProved({ ...declared, id: randomUUID(), kind: 'declared', declaredAt: clock.instant() });
    },
    stop: async () => {
      progress.cancel();
      await progress.rest();
    },
  };
}
