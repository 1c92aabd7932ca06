import { randomUUID } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { AppFault } from '../../../shared/domain/app-error.ts';
import { type BackupProof, type BackupReceipt, backupReceiptSchema, type BackupState, type DeclaredBackup } from '../../../shared/domain/backup.ts';
import { type BackupEvent, backupStep, newBackup } from '../../../shared/flows/backup.ts';
import type { BackupFolder, BackupView } from '../../../shared/ipc/remote-views.ts';
import type { Clock } from '../../platform/clock.ts';
import { backupRoot, type BackupDisk, inProgress } from './backup-disk.ts';
import { type BackupResult, estimateBackup, isStop, manifestSha256, restoreSample, runBackup, sampleOf } from './run-backup.ts';
import type { ChosenFolder } from './walk-folders.ts';

export type BackupServiceParts = {
  readonly disk: BackupDisk;
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
  readonly act: (act: 'start' | 'pause' | 'resume' | 'cancel') => void;
  readonly declare: (declared: Omit<DeclaredBackup, 'id' | 'kind' | 'declaredAt'>) => void;
  /** Ends a run under way and waits until it came to rest. */
  readonly stop: () => Promise<void>;
};

/** Progress is told this often at most, in milliseconds. */
const tellEveryMs = 250;
/** A locked file is waited for this long, in milliseconds; then it is left out and told. */
const patience = { busyMs: 5_000, deniedMs: process.platform === 'win32' ? 5_000 : 0 };

const receiptFile = 'receipt.json';

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
  const { disk, clock } = parts;
  let folders: readonly Folder[] | null = null;
  let destination: string | null = null;
  let state: BackupState = newBackup;
  let differences: BackupView['differences'] = { skipped: [], skippedTotal: 0, different: [] };
  let running: { readonly cancel: AbortController; readonly work: Promise<void> } | null = null;
  let pause: { readonly over: Promise<void>; readonly end: () => void } | null = null;
  let toldMs = 0;

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
    const target = await disk.driveOf(destination).catch(() => null);
    const drives = await Promise.all(from.map((folder) => disk.driveOf(folder.path).catch(() => null)));
    return drives.includes(target);
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
  const receiptOf = async (from: readonly ChosenFolder[], to: string, startedAt: string, result: BackupResult, restored: number): Promise<BackupReceipt> => backupReceiptSchema.parse({
    id: randomUUID(), kind: 'made', startedAt, finishedAt: clock.instant(), folders: from.map(({ path }) => path), destination: to, sameDisk: (await sameDrive()) ?? true,
    files: result.manifest.length, bytes: result.manifest.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), copiedFiles: result.copiedFiles, unchangedFiles: result.unchangedFiles,
    readBackFiles: result.manifest.length - result.different.length, differentFiles: result.different.length, sampleRestored: restored, skipped: result.skipped, manifestSha256: manifestSha256(result.manifest),
  });
  const run = async (signal: AbortSignal): Promise<void> => {
    const { from, to } = await ready();
    const startedAt = clock.instant();
    const result = await runBackup(from, to, {
      disk, patience, monotonicMs: clock.monotonicMs, wallMs: () => Date.parse(clock.instant()), signal,
      mayGoOn: async () => pause?.over,
      onProgress: (files, bytes) => {
        state = backupStep(state, { kind: 'progressed', files, bytes });
        if (clock.monotonicMs() - toldMs < tellEveryMs) return;
        toldMs = clock.monotonicMs();
        parts.onChange();
      },
    });
    note(result);
    apply({ kind: 'allReadBack', different: result.different.length });
    if (state.phase !== 'restoring') return;
    await mkdir(parts.scratchFolder, { recursive: true });
    const { restored, different } = await restoreSample(sampleOf(result.manifest, parts.random), to, parts.scratchFolder, signal);
    note({ skipped: result.skipped, different });
    const receipt = await receiptOf(from, to, startedAt, result, restored);
    if (different.length === 0) {
      await writeFileAtomic(join(backupRoot(to), receiptFile), JSON.stringify({ receipt, files: result.manifest }, null, 1));
      parts.onProved(receipt);
    }
    apply({ kind: 'sampleRestored', different: different.length, receiptId: receipt.id });
  };
  const start = (): void => {
    if (state.phase !== 'estimated' || state.files === 0) return;
    const cancel = new AbortController();
    note({ skipped: [], different: [] });
    apply({ kind: 'started' });
    const work = run(cancel.signal).catch((error: unknown) => {
      if (cancel.signal.aborted) return apply({ kind: 'stopped', reason: 'cancelled' });
      if (!isStop(error)) parts.log(error);
      apply({ kind: 'stopped', reason: isStop(error) ? error.reason : 'destination-gone' });
    }).finally(() => {
      running = null;
      pause = null;
      parts.onChange();
    });
    running = { cancel, work };
  };
  const resume = (): void => {
    pause?.end();
    pause = null;
    apply({ kind: 'resumed' });
  };
  return {
    view: async () => ({
      folders: (await all()).map(({ path: _path, ...folder }) => folder), destination, sameDrive: await sameDrive(),
      freeBytes: destination === null ? null : await disk.freeBytes(destination).catch(() => null), state, differences,
    }),
    addFolder: async () => {
      assertIdle();
      const path = await parts.chooseFolder();
      if (path === null) return;
      const known = await all();
      const other = known.find((folder) => resolve(folder.path) === resolve(path));
      folders = other === undefined ? [...known, { id: randomUUID(), path, displayPath: path, origin: 'added', chosen: true }] : known.map((folder) => (folder === other ? { ...folder, chosen: true } : folder));
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
      const inside = (await all()).some((folder) => folder.chosen && `${resolve(path)}${sep}`.startsWith(`${resolve(folder.path)}${sep}`));
      if (inside || (await stat(path).then((stats) => !stats.isDirectory(), () => true))) throw new AppFault('remote.badDestination');
      destination = path;
      apply({ kind: 'chosen' });
    },
    estimate: async () => {
      assertIdle();
      const { from, to } = await ready();
      apply({ kind: 'estimateStarted' });
      try {
        apply({ kind: 'estimated', ...(await estimateBackup(from, to, disk, AbortSignal.timeout(120_000))) });
      } catch (error) {
        if (!isStop(error)) parts.log(error);
        apply({ kind: 'stopped', reason: isStop(error) ? error.reason : 'source-gone' });
      }
    },
    act: (act) => {
      if (act === 'start') return start();
      if (act === 'resume') return resume();
      if (act === 'cancel') {
        running?.cancel.abort();
        pause?.end();
        return;
      }
      if (state.phase !== 'copying') return;
      let end: () => void = () => undefined;
      const over = new Promise<void>((goOn) => {
        end = goOn;
      });
      pause = { over, end };
      apply({ kind: 'paused' });
    },
    declare: (declared) => {
      parts.onProved({ ...declared, id: randomUUID(), kind: 'declared', declaredAt: clock.instant() });
    },
    stop: async () => {
      running?.cancel.abort();
      pause?.end();
      await running?.work;
    },
  };
}
