import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import { backups } from '../../electron/store/backup.ts';
import { type BackupSchedule, backupSchedule } from '../../electron/store/backup-schedule.ts';
import { closeStore } from '../../electron/store/open-store.ts';
import { type OpenedStore, startStore } from '../../electron/store/start-store.ts';
import { freshFolder } from './workshop-fixture.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

type Begun = {
  readonly schedule: BackupSchedule;
  readonly told: (string | null)[];
  readonly faults: unknown[];
};

function begun({ db, folders }: OpenedStore): Begun {
  const told: (string | null)[] = [];
  const faults: unknown[] = [];
  const schedule: BackupSchedule = backupSchedule({
    db,
    folder: folders.backups,
    clock: systemClock,
    log: (error) => faults.push(error),
    onChange: () => told.push(schedule.failure()?.code ?? null),
    onWritten: () => undefined,
    lookEveryMs: 10,
  });
  schedule.start();
  stops.push(() => {
    schedule.stop();
    closeStore(db);
  });
  return { schedule, told, faults };
}

test('backup that is due is told once as failed, and once as over when it is made, when its folder cannot be read or made', async () => {
  const store = await startStore(freshFolder(), systemClock.instant());
  const { backups: folder } = store.folders;
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(folder, '');
  const { schedule, told, faults } = begun(store);
  await expect.poll(() => faults.length).toBeGreaterThan(2);
  expect([told, schedule.failure()?.code]).toEqual([['backup.failed'], 'backup.failed']);
  rmSync(folder);
  await expect.poll(() => told).toEqual(['backup.failed', null]);
  expect(backups(folder).map(({ reason }) => reason)).toContain('weekly');
});
