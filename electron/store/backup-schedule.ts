import { mkdirSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import { timingMs } from '../platform/failpoint.ts';
import { backups, dueBackup, writeBackup } from './backup.ts';
import type { Db } from './open-store.ts';
import { storeError } from './store-error.ts';

const usualLookMs = timingMs('BACKUP_LOOK_MS', 60_000);

export type BackupSchedule = {
  readonly start: () => void;
  readonly stop: () => void;
  /** Why the last backup that was due could not be written; null since one could. */
  readonly failure: () => AppError | null;
};

export type BackupScheduleParts = {
  readonly db: Db;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: (error: unknown) => void;
  /** The answer of `failure` changed. */
  readonly onChange: () => void;
  /** There is one backup more. */
  readonly onWritten: () => void;
  /** In place of a minute, in milliseconds. */
  readonly lookEveryMs?: number;
};

/** Looks once a minute whether a backup is due: weekly, daily, and a quarter of an hour after something changed. */
export function backupSchedule({
  db,
  folder,
  clock,
  log,
  onChange,
  onWritten,
  lookEveryMs = usualLookMs,
}: BackupScheduleParts): BackupSchedule {
  const changes = db.prepare('select total_changes()').pluck();
  const storeBytes = db
    .prepare('select page_count * page_size from pragma_page_count(), pragma_page_size()')
    .pluck();
  let backedUpAt = Number(changes.get());
  let failure: AppError | null = null;
  let timer: NodeJS.Timeout | undefined;
  const ended = (next: AppError | null): void => {
    if (JSON.stringify(failure) === JSON.stringify(next)) return;
    failure = next;
    onChange();
  };
  const failureOf = (error: unknown): AppError => {
    if (storeError(error)?.code !== 'store.diskFull') return appError('backup.failed');
    try {
      // The folder itself may be what there was no room for; the one above it is the data folder.
      const { bavail, bsize } = statfsSync(dirname(folder));
      return appError('backup.noSpace', { neededBytes: Number(storeBytes.get()), freeBytes: bavail * bsize });
    } catch {
      return appError('backup.failed');
    }
  };
  const look = async (): Promise<void> => {
    const now = Number(changes.get());
    const at = clock.instant();
    try {
      // A folder that cannot be looked into is as good as none: what is told must not hang on where it went wrong.
      const reason = dueBackup(backups(folder), Date.parse(at), now !== backedUpAt);
      if (reason === null) return;
      mkdirSync(folder, { recursive: true });
      const written = await writeBackup(db, folder, reason, at);
      if (written !== null) backedUpAt = now;
      ended(written === null ? appError('backup.failed') : null);
      if (written !== null) onWritten();
    } catch (error) {
      ended(failureOf(error));
      throw error;
    }
  };
  const tick = (): void => {
    look()
      .catch(log)
      .finally(() => {
        if (timer !== undefined) timer = setTimeout(tick, lookEveryMs);
      });
  };
  return {
    failure: () => failure,
    start: () => {
      timer = setTimeout(tick, Math.min(5_000, lookEveryMs));
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
