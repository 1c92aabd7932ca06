import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppFault } from '../../../shared/domain/app-error.ts';
import {
  type BackupProof,
  type BackupReceipt,
  backupReceiptSchema,
  type BackupState,
  type DeclaredBackup,
} from '../../../shared/domain/backup.ts';
import { type BackupEvent, backupStep, newBackup } from '../../../shared/flows/backup.ts';
import type { BackupFolder, BackupView } from '../../../shared/ipc/remote-views.ts';
import type { Clock } from '../../platform/clock.ts';
import { isSamePlace, isWithin } from '../../platform/same-place.ts';
import { BackupStop, inProgress } from './backup-disk.ts';
import { type WorkerPool, workerPool, usualWorkers } from './worker-pool.ts';
import { receiptFile } from './copy-manifest.ts';
import type { Drives } from './drives.ts';
import { type BackupResult, isStop, runBackup } from './run-backup.ts';
import type { ChosenFolder } from './walk-folders.ts';

export type BackupServiceParts = {
  readonly drives: Drives;
  /** The built (or, in tests, written) `backup.worker`: all copying happens there. */
  readonly workerFile: string | URL;
  readonly flushVolume: (folder: string, signal: AbortSignal) => Promise<boolean>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (error: unknown) => string;
  /** Folders worth a backup: tool data and ECU reads, and this program's own data. */
  readonly suggested: () => Promise<readonly { readonly path: string; readonly origin: 'tool' | 'app' }[]>;
  readonly chooseFolder: () => Promise<string | null>;
  /** Where the sample is restored to; on this PC, emptied afterwards. */
  readonly scratchFolder: string;
  /** A proof is there: kept and noted in one transaction. */
  readonly onProved: (proof: BackupProof) => void;
  readonly onChange: () => void;
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

/** Progress is told this often at most, in milliseconds. */
const tellEveryMs = 250;
/** Counting longer than this, in milliseconds, is given up: a drive that does not answer. */
const longestEstimateMs = 120_000;
/** A locked file is waited for this long, in milliseconds; then it is left out and told. */
const patience = { busyMs: 5_000, deniedMs: process.platform === 'win32' ? 5_000 : 0 };

type Folder = BackupFolder & { readonly path: string };

/** Names of the copies below the destination: the folder's own, made different where two are called the same. */
function named(folders: readonly Folder[]): readonly ChosenFolder[] {
  const taken = new Set<string>([inProgress, receiptFile]);
  return folders.map(({ path }) => {
    const base = basename(path) === '' ? 'disk' : basename(path);
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base} (${count})`;
    taken.add(name.toLowerCase());
    return { path, name };
  });
}

/** Makes one backup at a time, of what the person chose, and proves it (R-BACKUP-1). Holds nothing that a restart could miss. */
export function backupService(parts: BackupServiceParts): BackupService {
  const { drives, clock } = parts;
  let folders: readonly Folder[] | null = null;
  let destination: string | null = null;
  let state: BackupState = newBackup;
  let differences: BackupView['differences'] = { skipped: [], skippedTotal: 0, different: [] };
  let running: { readonly pool: WorkerPool; readonly cancel: AbortController; readonly work: Promise<void> } | null = null;

  const apply = (event: BackupEvent): void => {
    state = backupStep(state, event);
    parts.onChange();
  };
  const all = async (): Promise<readonly Folder[]> => {
    if (folders === null) {
      const suggested = await parts.suggested();
      folders ??= suggested.map(({ path, origin }) => ({ id: randomUUID(), path, displayPath: path, origin, chosen: true }));
    }
    return folders;
  };
  const chosen = async (): Promise<readonly Folder[]> => (await all()).filter((folder) => folder.chosen);
  const assertIdle = (): void => {
    if (running !== null) throw new AppFault('remote.backupRunning');
  };
  const sameDrive = async (): Promise<boolean | null> => {
    const from = await chosen();
    if (destination === null || from.length === 0) return null;
    const target = await drives.driveOf(destination).catch(() => null);
    const sources = await Promise.all(from.map((folder) => drives.driveOf(folder.path).catch(() => null)));
    return sources.includes(target);
  };
  const ready = async (): Promise<{ readonly from: readonly ChosenFolder[]; readonly to: string }> => {
    const from = await chosen();
    if (from.length === 0) throw new AppFault('remote.noFolders');
    if (destination === null) throw new AppFault('remote.badDestination');
    return { from: named(from), to: destination };
  };
  const note = (result: Pick<BackupResult, 'skipped' | 'different'>): void => {
    differences = { skipped: result.skipped.slice(0, 200), skippedTotal: result.skipped.length, different: result.different.slice(0, 200) };
  };
  const receiptOf = async (
    from: readonly ChosenFolder[],
    to: string,
    startedAt: string,
    result: BackupResult,
    restored: number,
  ): Promise<BackupReceipt> =>
    backupReceiptSchema.parse({
      id: randomUUID(),
      kind: 'made',
      startedAt,
      finishedAt: clock.instant(),
      folders: from.map(({ path }) => path),
      destination: to,
      sameDisk: (await sameDrive()) ?? true,
      files: result.files,
      bytes: result.bytes,
      copiedFiles: result.copiedFiles,
      unchangedFiles: result.files - result.copiedFiles,
      readBackFiles: result.files - result.different.length,
      differentFiles: result.different.length,
      sampleRestored: restored,
      skipped: result.skipped,
      manifestSha256: result.manifestSha256,
    });
  const progressed = ({ progress }: WorkerPool): void => {
    const { bytes, files } = progress();
    const next = backupStep(state, { kind: 'progressed', files, bytes: Math.floor(bytes / 2) });
    const isNews = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (isNews) parts.onChange();
  };
  const driveOf = (to: string): Promise<string | null> => drives.driveOf(to).catch(() => null);
  const run = async (
    pool: WorkerPool,
    from: readonly ChosenFolder[],
    to: string,
    signal: AbortSignal,
    drive: string | null,
  ): Promise<void> => {
    const startedAt = clock.instant();
    const { coordinator, workers, callOff } = pool;
    const result = await runBackup({
      destination: to,
      coordinator,
      workers,
      halt: callOff,
      random: parts.random,
      flushVolume: (folder) => parts.flushVolume(folder, signal),
    });
    note(result);
    progressed(pool);
    apply({ kind: 'allReadBack', files: result.files, different: result.different.length });
    if (state.phase !== 'restoring') return;
    const { restored, different } = await coordinator.restore(result.sample, parts.scratchFolder);
    note({ skipped: result.skipped, different });
    // Where a drive was pulled out its empty folder may be left, on this PC's own disk: what went there is no backup on that drive.
    if (drive === null || (await driveOf(to)) !== drive) throw new BackupStop('destination-gone');
    const receipt = await receiptOf(from, to, startedAt, result, restored);
    if (different.length === 0) {
      await coordinator.keepReceipt(receipt);
      parts.onProved(receipt);
    }
    apply({ kind: 'sampleRestored', different: different.length, receiptId: receipt.id });
  };
  /** One pool at work, told of now and then, and dismissed whatever comes of it. @returns when it came to rest */
  const occupy = (pool: WorkerPool, workOf: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const cancel = new AbortController();
    const telling = setInterval(() => progressed(pool), tellEveryMs);
    const work = workOf(cancel.signal)
      .catch((error: unknown) => {
        if (!isStop(error)) parts.log(error);
        apply({ kind: 'stopped', reason: cancel.signal.aborted ? 'cancelled' : isStop(error) ? error.reason : 'program-fault' });
      })
      .finally(() => {
        clearInterval(telling);
        pool.dismiss();
        running = null;
        parts.onChange();
      });
    running = { pool, cancel, work };
    return work;
  };
  const begin = async (): Promise<void> => {
    const { from, to } = await ready();
    const drive = await driveOf(to);
    if (state.phase !== 'estimated' || state.files === 0 || running !== null) return;
    const pool = workerPool(parts.workerFile, usualWorkers, from, to, patience);
    note({ skipped: [], different: [] });
    apply({ kind: 'started' });
    void occupy(pool, (signal) => run(pool, from, to, signal, drive));
  };
  const cancel = (): void => {
    running?.cancel.abort();
    running?.pool.callOff();
  };
  return {
    view: async () => ({
      folders: (await all()).map(({ path: _path, ...folder }) => folder),
      destination,
      sameDrive: await sameDrive(),
      freeBytes: destination === null ? null : await drives.freeBytes(destination).catch(() => null),
      state,
      differences,
    }),
    addFolder: async () => {
      assertIdle();
      const path = await parts.chooseFolder();
      if (path === null) return;
      const known = await all();
      const other = known.find((folder) => isSamePlace(resolve(folder.path), resolve(path)));
      folders =
        other === undefined
          ? [...known, { id: randomUUID(), path, displayPath: path, origin: 'added', chosen: true }]
          : known.map((folder) => (folder === other ? { ...folder, chosen: true } : folder));
      apply({ kind: 'chosen' });
    },
    choose: (id, isChosen) => {
      assertIdle();
      folders = (folders ?? []).map((folder) => (folder.id === id ? { ...folder, chosen: isChosen } : folder));
      apply({ kind: 'chosen' });
    },
    chooseDestination: async () => {
      assertIdle();
      const path = await parts.chooseFolder();
      if (path === null) return;
      const inside = (await all()).some((folder) => folder.chosen && isWithin(resolve(path), resolve(folder.path)));
      if (
        inside ||
        (await stat(path).then(
          (stats) => !stats.isDirectory(),
          () => true,
        ))
      )
        throw new AppFault('remote.badDestination');
      destination = path;
      apply({ kind: 'chosen' });
    },
    estimate: async () => {
      assertIdle();
      const { from, to } = await ready();
      apply({ kind: 'estimateStarted' });
      const pool = workerPool(parts.workerFile, 0, from, to, patience);
      const late = setTimeout(() => pool.callOff(), longestEstimateMs);
      await occupy(pool, async () => {
        const counted = await pool.coordinator.estimate().finally(() => clearTimeout(late));
        apply({ kind: 'estimated', ...counted });
      });
    },
    act: async (act) => {
      if (act === 'start') return begin();
      if (act === 'cancel') return cancel();
      if (act === 'pause' && state.phase === 'copying') running?.pool.pause();
      if (act === 'resume') running?.pool.resume();
      apply({ kind: act === 'pause' ? 'paused' : 'resumed' });
    },
    declare: (declared) => {
      parts.onProved({ ...declared, id: randomUUID(), kind: 'declared', declaredAt: clock.instant() });
    },
    stop: async () => {
      cancel();
      await running?.work;
    },
  };
}
