import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { realSourceDisk, type SourceDisk } from '../../electron/evidence/source-file.ts';
import { freezingDesk } from '../fixtures/freezing.ts';
import { freshFolder } from '../fixtures/fresh-folder.ts';

/**
 * Writes real versions of a file without end and keeps the hash of each: those are what a copy may have. Appends, truncates,
 * overwrites in place and replaces by rename; `mixed` takes them in turn. Counts one on as a write begins and one on as it ends: odd
 * while one is under way.
 */
const writerSource = `
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const { path, stop, pauseMs, how } = workerData;
const flag = new Int32Array(stop);
const versions = new Set();
for (let round = 1; Atomics.load(flag, 0) === 0; round += 1) {
  const fill = Buffer.alloc(300000, 65 + (round % 26));
  const kind = how === 'mixed' ? ['append', 'overwrite', 'truncate', 'replace'][round % 4] : how;
  Atomics.add(flag, 1, 1);
  if (kind === 'append') fs.appendFileSync(path, 'line ' + round + '\\n');
  if (kind === 'overwrite') { const file = fs.openSync(path, 'r+'); fs.writeSync(file, fill, 0, fill.length, 0); fs.closeSync(file); }
  if (kind === 'truncate') fs.truncateSync(path, 100000);
  if (kind === 'replace') { fs.writeFileSync(path + '.new', fill); fs.renameSync(path + '.new', path); }
  Atomics.add(flag, 1, 1);
  versions.add(createHash('sha256').update(fs.readFileSync(path)).digest('hex'));
  Atomics.wait(flag, 0, 0, pauseMs);
}
parentPort.postMessage([...versions]);
`;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test.each([
  ['append', 10, 10],
  ['append', 40, 15],
  ['overwrite', 4, 0],
  ['mixed', 7, 0],
  ['mixed', 60, 1],
] as const)('A1: freeze takes the LOG of a tool at work, and only states that were real, when it goes on with %s every %i ms', async (how, pauseMs, atLeast) => {
  const place = freshFolder();
  const path = join(place, 'busy.log');
  writeFileSync(path, Buffer.alloc(300_000, 64));
  const first = sha256(readFileSync(path));
  const stop = new SharedArrayBuffer(8);
  const writes = (): number => Atomics.load(new Int32Array(stop), 1);
  const at = { opened: 0, done: 0 };
  const disk: SourceDisk = {
    ...realSourceDisk,
    open: (...given) => {
      at.opened = writes();
      return realSourceDisk.open(...given);
    },
    lstat: async (name) => {
      const seen = await realSourceDisk.lstat(name);
      at.done = writes();
      return seen;
    },
  };
  const { take } = await freezingDesk(place, { disk });
  const writer = new Worker(writerSource, { eval: true, workerData: { path, stop, pauseMs, how } });
  const versions = new Promise<readonly string[]>((settle, failed) => {
    writer.once('message', settle);
    writer.once('error', failed);
  });
  const taken: string[] = [];
  const refused = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    const report = await take(path);
    // On a busy machine the tool is stopped in the middle of one write for longer than a copy takes: then nothing moves, and no time
    // and no second look tells. What is copied lay there; it was no version of the tool's.
    const stoodStill = at.done % 2 === 1 && at.done - at.opened <= 1;
    taken.push(...report.frozen.filter(() => !stoodStill).map((row) => row.sha256));
    for (const { error } of report.refused) refused.add(error.code);
  }
  Atomics.store(new Int32Array(stop), 0, 1);
  const real = new Set([first, ...(await versions)]);
  expect(taken.filter((hash) => !real.has(hash))).toEqual([]);
  expect([...refused].filter((code) => code !== 'evidence.changing' && code !== 'evidence.vanished')).toEqual(
    [],
  );
  expect(taken.length).toBeGreaterThanOrEqual(atLeast);
  // Once the tool rests, what it left is taken, whatever was possible before.
  expect((await take(path)).frozen.map((row) => row.sha256)).toEqual([sha256(readFileSync(path))]);
  expect(taken.length + refused.size).toBeGreaterThan(0);
});
