import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { candidateList } from '../../electron/evidence/candidate-list.ts';
import { copyHashing } from '../../electron/evidence/copy-hashing.ts';
import { scanService } from '../../electron/evidence/scan-service.ts';
import { makeManyFiles } from '../fixtures/many-files.ts';
import { benchFolder, type Figure, median, seconds } from './measuring.ts';

const rounds = 3;

async function withStalls<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly longestStallMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  const value = await work();
  delay.disable();
  return { value, longestStallMs: delay.max / 1e6 };
}

/** Copies and hashes 1 GB in one pass; the baseline does the same with two programs. Neither flushes: `cp` has no such step. */
export async function benchHashCopy(): Promise<Figure> {
  const folder = benchFolder();
  const source = join(folder, 'source');
  const gigabyte = 1024 ** 3;
  try {
    const piece = Buffer.alloc(16 * 1024 * 1024, 'Checksum error at 38 %\r\n');
    await writeFile(source, '');
    const made = await open(source, 'w');
    for (let at = 0; at < gigabyte; at += piece.length) await made.write(piece, 0, piece.length, at);
    await made.sync();
    await made.close();
    const ours: number[] = [];
    const baseline: number[] = [];
    let longestStallMs = 0;
    for (let round = 0; round < rounds; round += 1) {
      let theirHash = '';
      baseline.push(
        await seconds(() => {
          execFileSync('cp', [source, join(folder, 'theirs')]);
          theirHash = execFileSync('sha256sum', [join(folder, 'theirs')], { encoding: 'utf8' }).slice(0, 64);
        }),
      );
      await rm(join(folder, 'theirs'));
      const { value, longestStallMs: stall } = await withStalls(async () => {
        let ourHash = '';
        const took = await seconds(async () => {
          const from = await open(source, 'r');
          const to = await open(join(folder, 'ours'), 'wx');
          ourHash = (await copyHashing(from, to, { start: 0, length: gigabyte }, () => undefined)).sha256;
          await from.close();
          await to.close();
        });
        if (ourHash !== theirHash) throw new Error('hashes differ');
        return took;
      });
      await rm(join(folder, 'ours'));
      ours.push(value);
      longestStallMs = Math.max(longestStallMs, stall);
    }
    return {
      name: 'copy and hash 1 GB',
      ours: median(ours),
      baseline: median(baseline),
      baselineName: 'cp + sha256sum',
      unit: 's',
      goalRatio: 1.2,
      longestStallMs,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The whole search, kinds and failures read, until its last event; the baseline only prints time, size and name. */
export async function benchListing(): Promise<Figure> {
  const folder = benchFolder();
  try {
    makeManyFiles(folder, 199_800, 500);
    const ours: number[] = [];
    const baseline: number[] = [];
    let longestStallMs = 0;
    for (let round = 0; round < rounds; round += 1) {
      baseline.push(
        await seconds(() =>
          spawnSync(
            'sh',
            ['-c', `find "$1" -type f -printf '%T@ %s %p\\n' | sort -rn | head -500`, 'sh', folder],
            { maxBuffer: 1e8 },
          ),
        ),
      );
      const { value, longestStallMs: stall } = await withStalls(() =>
        seconds(
          () =>
            new Promise<void>((resolve) => {
              scanService({
                workerFile: new URL('../../electron/evidence/scan.worker.ts', import.meta.url),
                roots: async () => [folder],
                candidates: candidateList([], () => []),
                logFault: String,
                publish: (event) => event.kind === 'scanFinished' && resolve(),
              }).start();
            }),
        ),
      );
      ours.push(value);
      longestStallMs = Math.max(longestStallMs, stall);
    }
    return {
      name: 'newest 500 of 200 000 files',
      ours: median(ours),
      baseline: median(baseline),
      baselineName: 'find -printf | sort | head',
      unit: 's',
      goalRatio: 2,
      longestStallMs,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
