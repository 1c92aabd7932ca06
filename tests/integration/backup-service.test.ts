import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../electron/platform/clock.ts';
import {
  type BackupService,
  backupService,
  type BackupServiceParts,
} from '../../electron/remote/backup/backup-service.ts';
import { realDrives } from '../../electron/remote/backup/drives.ts';
import type { BackupProof, BackupState } from '../../shared/domain/backup.ts';
import { plant } from '../fixtures/backup-world.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';
import { seededRandom } from '../portal/fault.ts';

type Desk = {
  readonly service: BackupService;
  readonly proofs: BackupProof[];
  readonly source: string;
  readonly destination: string;
  readonly faults: unknown[];
  readonly reached: (phase: BackupState['phase']) => Promise<BackupState>;
};

/** A backup of a few megabytes, chosen and counted, ready to be started. */
async function counted(replaced: Partial<BackupServiceParts> = {}): Promise<Desk> {
  const [source, destination] = [freshFolder(), freshFolder()];
  plant(
    source,
    Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `job ${index % 3}/f${index}.bin`,
        Buffer.alloc(100_000, index),
      ]),
    ),
  );
  const proofs: BackupProof[] = [];
  const faults: unknown[] = [];
  const service = backupService({
    drives: realDrives,
    workerFile: new URL('../../electron/remote/backup/backup.worker.ts', import.meta.url),
    flushVolume: async () => true,
    clock: systemClock,
    random: seededRandom(3),
    log: (error) => `fault ${faults.push(error)}`,
    suggested: async () => [{ path: source, origin: 'tool' }],
    chooseFolder: async () => destination,
    scratchFolder: join(freshFolder(), 'scratch'),
    onProved: (proof) => proofs.push(proof),
    onChange: () => undefined,
    ...replaced,
  });
  onTestFinished(() => service.stop());
  await service.view();
  await service.chooseDestination();
  await service.estimate();
  const reached = async (phase: BackupState['phase']): Promise<BackupState> => {
    await expect.poll(async () => (await service.view()).state.phase, { timeout: 10_000 }).toBe(phase);
    return (await service.view()).state;
  };
  expect(await reached('estimated')).toMatchObject({ files: 30, bytes: 3_000_000 });
  return { service, proofs, source, destination, faults, reached };
}

test('R-BACKUP-1: stands still while it is paused, proves nothing then, and goes on to its proof', async () => {
  const { service, proofs, destination, reached } = await counted();
  await service.act('start');
  await service.act('pause');
  expect(await reached('paused')).toMatchObject({ progress: { totalFiles: 30 } });
  // The threads are at work by then: they made their folder, and the few megabytes would be copied at once.
  await expect
    .poll(() => existsSync(join(destination, 'Officina Support backup', '.in-progress')), { timeout: 10_000 })
    .toBe(true);
  // As long as the whole of another backup of the same size takes on this machine.
  const other = await counted();
  await other.service.act('start');
  await other.reached('proved');
  expect([(await service.view()).state.phase, proofs.length]).toEqual(['paused', 0]);
  await expect(service.chooseDestination()).rejects.toMatchObject({
    error: { code: 'remote.backupRunning' },
  });
  await service.act('resume');
  await reached('proved');
  expect(proofs).toMatchObject([
    {
      kind: 'made',
      files: 30,
      bytes: 3_000_000,
      copiedFiles: 30,
      readBackFiles: 30,
      differentFiles: 0,
      sampleRestored: 25,
      skipped: [],
    },
  ]);
  expect(existsSync(join(destination, 'Officina Support backup', 'receipt.json'))).toBe(true);
});

test('R-BACKUP-1: is cancelled in the middle, also while paused, without a proof or a receipt, and can be made again', async () => {
  const { service, proofs, destination, faults, reached } = await counted();
  await service.act('start');
  await service.act('pause');
  await service.act('cancel');
  expect(await reached('stopped')).toEqual({ phase: 'stopped', reason: 'cancelled' });
  expect([proofs, faults, existsSync(join(destination, 'Officina Support backup', 'receipt.json'))]).toEqual([
    [],
    [],
    false,
  ]);
  await service.estimate();
  await service.act('start');
  await reached('proved');
  expect(proofs).toHaveLength(1);
});

test('R-BACKUP-1: says that the fault is ours when a thread of it dies, keeps it in the log, and proves nothing', async () => {
  const workerFile = new URL('../fixtures/dying-backup.worker.ts', import.meta.url);
  const { service, proofs, faults, reached } = await counted({ workerFile });
  await service.act('start');
  expect(await reached('stopped')).toEqual({ phase: 'stopped', reason: 'program-fault' });
  expect([proofs.length, faults.length]).toEqual([0, 1]);
});

test('R-BACKUP-1: proves nothing when the drive is another at the end, as where one was pulled out and its empty folder stayed', async () => {
  let isPulled = false;
  const { service, proofs, reached } = await counted({
    drives: { ...realDrives, driveOf: async (path) => (isPulled ? 'this PC' : realDrives.driveOf(path)) },
  });
  await service.act('start');
  isPulled = true;
  expect(await reached('stopped')).toEqual({ phase: 'stopped', reason: 'destination-gone' });
  expect(proofs).toEqual([]);
});

test('R-BACKUP-1: proves nothing and says so when every file it counted was gone or held by the time it was copied', async () => {
  const { service, proofs, destination, source, reached } = await counted();
  rmSync(join(source), { recursive: true });
  mkdirSync(source);
  await service.act('start');
  expect(await reached('stopped')).toMatchObject({ reason: 'nothing-copied' });
  expect(proofs).toEqual([]);
  expect(existsSync(join(destination, 'receipt.json'))).toBe(false);
});
