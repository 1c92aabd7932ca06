import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { CandidateList } from './candidate-list.ts';
import type { ScanMessage, ScanOrder } from './scan-messages.ts';
import { timingMs } from '../platform/failpoint.ts';
import type { ScanLimits, WalkReport } from './scan-walk.ts';

export type ScanServiceParts = {
  /** The built (or, in tests, written) worker. */
  readonly workerFile: string | URL;
  /** Folders to search, absolute and free of links. */
  readonly roots: () => Promise<readonly string[]>;
  readonly candidates: CandidateList;
  readonly publish: PublishEvent;
  readonly logFault: (error: unknown) => string;
  readonly limits?: ScanLimits;
};

export type ScanService = {
  /** Starts a search and ends the one before it. Results come as events; the same candidate may come again with more known. */
  readonly start: () => { readonly scanId: string };
  /** Asks the search to stop; its `scanFinished` still comes, within a second. */
  readonly cancel: (scanId: string) => void;
  readonly close: () => void;
};

/** A worker stuck in one call (a network drive that went away) is given up after this long (COMPLAINT-1). */
const stuckMs = 1_000;
/** Beyond the walk's own time limit: looking inside files and sending. */
const graceMs = 5_000;

const normalLimits: ScanLimits = {
  entries: evidenceLimits.scanEntries,
  depth: evidenceLimits.scanDepth,
  timeMs: timingMs('SCAN_MS', evidenceLimits.scanMs),
  listed: evidenceLimits.listed,
};

type Running = { readonly scanId: string; readonly cancel: () => void };

export function scanService(parts: ScanServiceParts): ScanService {
  const limits = parts.limits ?? normalLimits;
  let running: Running | null = null;

  const begin = (scanId: string): Running => {
    const cancelWord = new Int32Array(new SharedArrayBuffer(4));
    let worker: Worker | null = null;
    let seenEntries = 0;
    let isOver = false;
    const finish = (report: WalkReport): void => {
      if (isOver) return;
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
      if (running?.scanId === scanId) running = null;
      void worker?.terminate();
      parts.publish({ kind: 'scanFinished', scanId, ...report });
    };
    const giveUp = (outcome: 'cancelled' | 'time'): void =>
      finish({ outcome, seenEntries, unreadableFolders: 0 });
    const timers = [setTimeout(() => giveUp('time'), limits.timeMs + graceMs)];
    const onMessage = (message: ScanMessage): void => {
      if (isOver) return;
      seenEntries = message.kind === 'found' ? message.seenEntries : message.report.seenEntries;
      if (message.files.length > 0)
        parts.publish({
          kind: 'candidatesFound',
          scanId,
          candidates: [...parts.candidates.describe(message.files)],
          seenEntries,
        });
      if (message.kind === 'finished') finish(message.report);
    };
    const fault = (error: unknown): void => {
      parts.logFault(error);
      giveUp('cancelled');
    };
    parts
      .roots()
      .then((roots) => {
        if (isOver) return;
        const order: ScanOrder = { roots, limits, cancel: cancelWord.buffer };
        worker = new Worker(parts.workerFile, { workerData: order });
        worker.on('message', onMessage).on('error', fault);
      })
      .catch(fault);
    return {
      scanId,
      cancel: () => {
        Atomics.store(cancelWord, 0, 1);
        timers.push(setTimeout(() => giveUp('cancelled'), stuckMs));
      },
    };
  };

  return {
    start: () => {
      running?.cancel();
      const scanId = randomUUID();
      running = begin(scanId);
      return { scanId };
    },
    cancel: (scanId) => {
      if (running?.scanId === scanId) running.cancel();
    },
    close: () => running?.cancel(),
  };
}
