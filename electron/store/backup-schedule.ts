import type { Clock } from '../platform/clock.ts';
import { backups, dueBackup, writeBackup } from './backup.ts';
import type { Db } from './open-store.ts';

const lookEveryMs = 60_000;

/** Looks once a minute whether a backup is due: weekly, daily, and a quarter of an hour after something changed. */
export function backupSchedule(db: Db, folder: string, clock: Clock, log: (error: unknown) => void): { readonly start: () => void; readonly stop: () => void } {
  const changes = db.prepare('select total_changes()').pluck();
  let backedUpAt = Number(changes.get());
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const now = Number(changes.get());
    const at = clock.instant();
    const reason = dueBackup(backups(folder), Date.parse(at), now !== backedUpAt);
    if (reason === null) return;
    await writeBackup(db, folder, reason, at);
    backedUpAt = now;
  };
  const tick = (): void => {
    look().catch(log).finally(() => {
      if (timer !== undefined) timer = setTimeout(tick, lookEveryMs);
    });
  };
  return {
    start: () => {
      timer = setTimeout(tick, 5_000);
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
