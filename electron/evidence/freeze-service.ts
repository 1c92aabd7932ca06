import { createHash, randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence, EvidenceOrigin } from '../../shared/domain/evidence.ts';
import { evidenceIdSchema, sha256Schema } from '../../shared/domain/ids.ts';
import { fileKind } from '../../shared/logs/file-kind.ts';
import type { PublishEvent } from '../events/publish-event.ts';
import type { Clock } from '../platform/clock.ts';
import { failpoint } from '../platform/failpoint.ts';
import type { AuditRepository } from '../store/audit-repository.ts';
import type { EvidenceRepository } from '../store/evidence-repository.ts';
import { storeError } from '../store/store-error.ts';
import { isPartOfEcuRead } from './ecu-read-part.ts';
import { fileInstant } from './file-instant.ts';
import { withFreeSpace } from './free-space.ts';
import { type FreezeFileParts, type FrozenBytes, freezeFile, placeOnce } from './freeze-file.ts';
import { retryWhileLocked } from '../platform/locked-file-retry.ts';
import { onOwnDisk, sourceFault } from './source-fault.ts';

/** A file to take, by a path that never came from the page. */
export type FreezeSource = {
  readonly path: string;
  readonly origin: EvidenceOrigin;
  readonly mustBeReal: boolean;
};

export type FreezeServiceParts = Omit<FreezeFileParts, 'monotonicMs' | 'wallMs'> & {
  readonly evidence: EvidenceRepository;
  readonly audit: AuditRepository;
  readonly clock: Clock;
  readonly transact: <T>(work: () => T) => T;
  readonly publish: PublishEvent;
  /** Told about refusals we have no word for. Returns the reference the person can quote. */
  readonly logFault: (error: unknown) => string;
};

/** What worked and what did not; a refused path stays in the main process. */
export type FreezeOutcome = {
  readonly frozen: readonly Evidence[];
  readonly refused: readonly {
    readonly path: string;
    readonly origin: EvidenceOrigin;
    readonly error: AppError;
  }[];
};

export type FreezeService = {
  /** Takes several files, one copy at a time; what cannot be taken is reported by name and stops nobody, nor does a locked one. */
  readonly freeze: (sources: readonly FreezeSource[], tailOfLarge: boolean) => Promise<FreezeOutcome>;
  /** Takes bytes that never were a file, such as a screenshot from the clipboard. */
  readonly freezeBytes: (name: string, bytes: Uint8Array, origin: EvidenceOrigin) => Promise<Evidence>;
  /** The person does not want to wait: what is being copied and what would follow is refused as cancelled; what is whole stays. */
  readonly cancel: () => void;
  /** Does the work in a turn of its own, while nothing is being taken. */
  readonly whileNothingIsFrozen: <T>(work: () => Promise<T>) => Promise<T>;
  /** Stops what is under way; later calls are refused as cancelled. */
  readonly close: () => void;
};

/** More often than this the screen cannot show it. */
const progressEveryMs = 100;

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await onOwnDisk(() => open(file, 'wx', 0o600));
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Copies are taken one at a time: two at once are slower together and leave less room than each was promised. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = tail.then(work, work);
    tail = turn.catch(() => undefined);
    return turn;
  };
}

/** The files that other programs hold and that are waited for, by name; the window is told of each change. */
function awaitedFiles(publish: PublishEvent): {
  readonly start: (name: string) => void;
  readonly stop: (name: string) => void;
} {
  const names: string[] = [];
  const tell = (): void => publish({ kind: 'heldFilesChanged', names: [...names] });
  return {
    start: (name) => {
      names.push(name);
      tell();
    },
    stop: (name) => {
      if (!names.includes(name)) return;
      names.splice(names.indexOf(name), 1);
      tell();
    },
  };
}

/** Tells how far the copy of one file is, no more often than a screen can show. */
function copyProgress(
  { clock, publish }: FreezeServiceParts,
  name: string,
): (copiedBytes: number, totalBytes: number) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (copiedBytes, totalBytes) => {
    if (copiedBytes < totalBytes && clock.monotonicMs() - lastMs < progressEveryMs) return;
    lastMs = clock.monotonicMs();
    publish({ kind: 'freezeProgressed', name, copiedBytes, totalBytes });
  };
}

/** What a copy is called, where it came from and what it holds. */
type NewCopy = Pick<Evidence, 'name' | 'origin' | 'kind'> &
  Pick<FrozenBytes, 'sha256' | 'sizeBytes' | 'tailOnly' | 'modifiedAtMs'>;

/** Writes the row of a copy whose bytes are in their place. @throws what the store throws; the bytes are then taken back */
async function storeRow(
  parts: FreezeServiceParts,
  { name, origin, kind, ...bytes }: NewCopy,
): Promise<Evidence> {
  const frozenAt = parts.clock.instant();
  const row: Evidence = {
    id: evidenceIdSchema.parse(randomUUID()),
    name,
    sha256: bytes.sha256,
    sizeBytes: bytes.sizeBytes,
    kind,
    origin,
    tailOnly: bytes.tailOnly,
    fileModifiedAt: fileInstant(bytes.modifiedAtMs),
    frozenAt,
    removedAt: null,
  };
  try {
    parts.transact(() => {
      parts.evidence.insert(row);
      parts.audit.append(frozenAt, 'evidence-frozen', row.id, {
        sha256: row.sha256,
        sizeBytes: row.sizeBytes,
      });
    });
  } catch (error) {
    // A copy nobody can find again would hold room that a full disk lacks (D1).
    if (!parts.evidence.hasHash(row.sha256)) await parts.folder.withdraw(row.sha256);
    throw error;
  }
  failpoint('att.rowInserted');
  await parts.folder.settle(row.sha256);
  return row;
}

/** Frozen copies: bytes first, durable and in their place, the row last, so that a row always has its bytes (COMPLAINT-3, K2). */
export function freezeService(parts: FreezeServiceParts): FreezeService {
  const { clock } = parts;
  const stop = new AbortController();
  let given = new AbortController();
  const fileParts: FreezeFileParts = {
    ...parts,
    monotonicMs: clock.monotonicMs,
    wallMs: () => Date.parse(clock.instant()),
  };
  const inTurn = oneAtATime();
  const awaited = awaitedFiles(parts.publish);
  const freezeOne = async (
    { path, origin, mustBeReal }: FreezeSource,
    tailOfLarge: boolean,
    signal: AbortSignal,
  ): Promise<Evidence> => {
    signal.throwIfAborted();
    const name = basename(path);
    const bytes = await freezeFile(
      { path, mustBeReal, tailOfLarge, onBytes: copyProgress(parts, name), signal },
      fileParts,
    );
    const kind = (await isPartOfEcuRead(path))
      ? 'ecu-read'
      : fileKind({ name, sizeBytes: bytes.sizeBytes, head: bytes.head, tail: bytes.tail });
    return storeRow(parts, { ...bytes, name, origin, kind });
  };
  const refusal = (error: unknown, signal: AbortSignal): AppError => {
    if (signal.aborted) return new AppFault('cancelled').error;
    const fault = sourceFault(error);
    const known = storeError(fault);
    if (known !== null) return known;
    return { code: 'E_UNEXPECTED', params: {}, reference: parts.logFault(error) };
  };
  return {
    freeze: async (sources, tailOfLarge) => {
      const signal = AbortSignal.any([stop.signal, given.signal]);
      const outcomes = await Promise.all(
        sources.map(async (source) => {
          // Between tries the turn is given back: a file held for a minute must not hold the others, nor a screenshot just pasted.
          const attempt = (): Promise<Evidence> => inTurn(() => freezeOne(source, tailOfLarge, signal));
          try {
            return {
              source,
              row: await retryWhileLocked(attempt, parts.patience, clock.monotonicMs, signal, () =>
                awaited.start(basename(source.path)),
              ),
            };
          } catch (error) {
            return { source, error: refusal(error, signal) };
          } finally {
            awaited.stop(basename(source.path));
          }
        }),
      );
      return {
        frozen: outcomes.flatMap((outcome) => (outcome.row === undefined ? [] : [outcome.row])),
        refused: outcomes.flatMap((outcome) =>
          outcome.error === undefined
            ? []
            : [{ path: outcome.source.path, origin: outcome.source.origin, error: outcome.error }],
        ),
      };
    },
    freezeBytes: (name, bytes, origin) =>
      inTurn(async () => {
        stop.signal.throwIfAborted();
        const part = parts.folder.newPart();
        try {
          const copy = {
            sha256: sha256Schema.parse(createHash('sha256').update(bytes).digest('hex')),
            sizeBytes: bytes.length,
          };
          await withFreeSpace(parts, bytes.length, async () => {
            await writeDurably(part, bytes);
            await placeOnce(part, copy, fileParts, stop.signal);
          });
          const kind = fileKind({ name, sizeBytes: bytes.length, head: bytes.subarray(0, 4_096) });
          return await storeRow(parts, {
            ...copy,
            name,
            origin,
            kind,
            tailOnly: false,
            modifiedAtMs: Date.parse(clock.instant()),
          });
        } finally {
          await parts.folder.discard(part);
        }
      }),
    cancel: () => {
      given.abort();
      given = new AbortController();
    },
    whileNothingIsFrozen: inTurn,
    close: () => stop.abort(),
  };
}
