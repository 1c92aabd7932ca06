import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { filesThatMayGo, type KeptFiles } from '../../shared/rules/retention.ts';
import { goesForGoodMs } from '../../shared/rules/removed-days.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import { failpoint, timingMs } from '../platform/failpoint.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { EvidenceRepository } from '../store/evidence-repository.ts';
import type { RemovedDrafts } from '../store/removed-drafts.ts';
import type { FileUseRepository } from '../store/file-use-repository.ts';
import { onOwnDisk } from './source-fault.ts';
import type { FrozenFolder } from './frozen-folder.ts';

export type FileRetentionParts = {
  readonly evidence: EvidenceRepository;
  readonly uses: FileUseRepository;
  readonly removed: Pick<RemovedDrafts, 'all' | 'forget'>;
  readonly audit: AuditRepository;
  readonly folder: Pick<FrozenFolder, 'fileOf'>;
  readonly clock: Clock;
  readonly transact: <T>(work: () => T) => T;
  readonly publish: PublishEvent;
  readonly chosen: () => KeptFiles;
  /** Now, in milliseconds; null unless PC and portal agree on it and did so over days: what is removed does not come back. */
  readonly trustedNowMs: () => number | null;
  /** Does the work while nothing is being frozen: bytes about to get a second row must not be taken from under it. */
  readonly whileNothingIsFrozen: <T>(work: () => Promise<T>) => Promise<T>;
  readonly log: (error: unknown) => void;
};

export type FileRetention = {
  /** Forgets removed drafts and removes the bytes that may go, and finishes what a power cut left. Resolves with how many files went. */
  readonly run: () => Promise<number>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

/** A day, in milliseconds: between two runs, and the measure of how long the time must have been borne out. */
export const retentionStepMs = timingMs('RETENTION_MS', 24 * 3_600_000);
const firstMs = Math.min(60_000, retentionStepMs);

/** Removes the bytes of every row that says so; what cannot go now is tried again by the next run. Call while nothing is being frozen. */
export async function removeBytes({
  evidence,
  folder,
}: Pick<FileRetentionParts, 'evidence' | 'folder'>): Promise<void> {
  for (const sha256 of evidence.removedHashes()) {
    const file = folder.fileOf(sha256);
    if (existsSync(file)) await onOwnDisk(() => rm(file, { force: true }));
    failpoint('retention.bytesGone');
  }
}

/**
 * Forgets drafts removed long ago, and removes the bytes of files that belong only to requests closed longer ago than the person chose (R-PRIVACY-1). The row with name,
 * size and hash stays and says when: it is stored first, with its audit entry, and is the intent the bytes follow (LAW-5). A cut
 * between the two leaves "removed, bytes still there", which the next run finishes; bytes that a row not removed lies on are never touched.
 */
export function fileRetention(parts: FileRetentionParts): FileRetention {
  const { evidence, audit, clock } = parts;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  const note = (nowMs: number): number => {
    const going = filesThatMayGo(evidence.kept(), parts.uses.all(), parts.chosen(), nowMs);
    if (going.length === 0) return 0;
    const at = clock.instant();
    parts.transact(() => {
      for (const { id, sha256 } of going) {
        evidence.markRemoved(id, at);
        audit.append(at, 'evidence-removed', id, { sha256 });
      }
      failpoint('retention.inTx');
    });
    failpoint('retention.noted');
    return going.length;
  };
  /** Removed drafts that could be restored long enough; their files are judged as those of a request closed when they were removed. */
  const forgetOld = (nowMs: number): void => {
    const old = parts.removed.all().filter((draft) => goesForGoodMs(Date.parse(draft.removedAt)) < nowMs);
    if (old.length === 0) return;
    const at = clock.instant();
    parts.transact(() => {
      for (const { id } of old) if (parts.removed.forget(id)) audit.append(at, 'draft-forgotten', id);
    });
    parts.publish({ kind: 'requestsChanged' });
  };
  const run = (): Promise<number> =>
    parts.whileNothingIsFrozen(async () => {
      const nowMs = parts.trustedNowMs();
      if (nowMs !== null) forgetOld(nowMs);
      const gone = nowMs === null || parts.chosen() === 'until-erased' ? 0 : note(nowMs);
      await removeBytes(parts);
      if (gone > 0) parts.publish({ kind: 'evidenceRemoved' });
      return gone;
    });
  const tick = (): void => {
    running = run()
      .catch(parts.log)
      .finally(() => {
        if (timer !== undefined) timer = setTimeout(tick, retentionStepMs);
      });
  };
  return {
    run,
    start: () => {
      timer = setTimeout(tick, firstMs);
    },
    stop: async () => {
      clearTimeout(timer);
      timer = undefined;
      await running;
    },
  };
}
