import { expect, test, vi } from 'vitest';
import { backupFigures } from '../bench/backup-bench.ts';
import { runBenches } from '../bench/run-benches.ts';
import { freshFolder } from './workshop-fixture.ts';

const worker = new URL('../../electron/remote/backup/backup.worker.ts', import.meta.url);

test('bench of a backup says by name that it was not measured, and why, when rsync is not installed', async () => {
  // Nothing is found there, and so no rsync.
  vi.stubEnv('PATH', freshFolder());
  const lines: string[] = [];
  const benches = { backup: () => backupFigures(30, 300_000, 1, worker) };
  const { results, failed } = await runBenches(benches, new Set(), 'backup', (line) =>
    lines.push(line),
  ).finally(vi.unstubAllEnvs);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^bench backup of 30 files, .+: NOT MEASURED \(rsync is not installed; ours alone took \d+\.\d\d s\)$/u,
  );
  expect(results).toMatchObject([{ why: expect.stringContaining('rsync is not installed') as string }]);
  // What is missing on this PC is no fault of the program.
  expect(failed).toBe(false);
});
