import { join, relative } from 'node:path';
import { type AppError, AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence, EvidencePreview } from '../../shared/domain/evidence.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/domain/result.ts';
import type { ErrorFacts } from '../../shared/logs/error-facts.ts';
import type { EvidenceRepository } from '../store/evidence-repository.ts';
import { factsAtEnd } from './facts-at-end.ts';
import type { FrozenFolder } from './frozen-folder.ts';
import { copyError, type FrozenState, frozenState, stateOfRefusal } from './frozen-state.ts';
import { previewOf } from './preview-of.ts';
import { openSource, realSourceDisk, type SourceDisk } from './source-file.ts';

/** A frozen copy and the absolute path of its bytes. */
export type FrozenFile = { readonly evidence: Evidence; readonly path: string };

/** What may be asked of frozen files. Paths stay on this side of the bridge. */
export type FrozenFiles = {
  /** The first 256 KB, decoded; a picture whole where the window can bear it. @throws AppFault notFound, evidence.copyMissing, evidence.copyUnreadable */
  readonly preview: (id: EvidenceId) => Promise<EvidencePreview>;
  /** What a LOG says of its failure, from its last 256 KB; null when it is no readable text. */
  readonly facts: (id: EvidenceId) => Promise<ErrorFacts | null>;
  /** A copy that was read whole and has the size and hash it was frozen with (A6). @throws AppFault evidence.copyMissing and evidence.copyUnreadable with the name, notFound */
  readonly verified: (id: EvidenceId) => Promise<FrozenFile>;
  /** A copy as its row names it; its bytes are not looked at. @throws AppFault notFound */
  readonly frozenFile: (id: EvidenceId) => FrozenFile;
};

/** Opened as files from outside are: what lies in our folder now may be a link somebody put there since. */
async function readStretch(
  { root, path, disk }: { readonly root: string; readonly path: string; readonly disk: SourceDisk },
  start: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // The data folder itself may lie behind a link of the person's own; no part below it may.
  const real = join(await disk.realpath(root), relative(root, path));
  const { handle } = await openSource(real, true, disk);
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await handle.read(buffer, 0, length, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** As `verified`, with what keeps the copy from being used as a value. */
export async function verifiedOrWhyNot(
  files: Pick<FrozenFiles, 'verified'>,
  id: EvidenceId,
): Promise<Result<FrozenFile, AppError>> {
  try {
    return ok(await files.verified(id));
  } catch (error) {
    if (error instanceof AppFault) return fail(error.error);
    throw error;
  }
}

/** What a copy that may not be opened is, by what openSource or the disk said of it. */
function stateOfFault(error: unknown): Exclude<FrozenState, 'intact'> {
  if (!(error instanceof AppFault)) return stateOfRefusal(error);
  return error.error.code === 'evidence.cloudPlaceholder' ? 'unreadable-now' : 'altered';
}

export function frozenFiles(
  folder: FrozenFolder,
  rows: EvidenceRepository,
  disk: SourceDisk = realSourceDisk,
): FrozenFiles {
  const found = (id: EvidenceId): FrozenFile => {
    const evidence = rows.find(id);
    if (evidence === null) throw new AppFault('notFound');
    return { path: folder.fileOf(evidence.sha256), evidence };
  };
  const unusable = (evidence: Evidence, state: Exclude<FrozenState, 'intact'>): AppFault =>
    AppFault.of(copyError(state, evidence.name));
  const stretch = async (
    path: string,
    evidence: Evidence,
    start: number,
    length: number,
  ): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await readStretch({ root: folder.root, path, disk }, start, length).catch(
      (error: unknown) => {
        throw unusable(evidence, stateOfFault(error));
      },
    );
    if (bytes.length < length) throw unusable(evidence, 'altered');
    return bytes;
  };
  return {
    frozenFile: found,
    verified: async (id) => {
      const file = found(id);
      const state = await frozenState(file.path, file.evidence);
      if (state !== 'intact') throw unusable(file.evidence, state);
      return file;
    },
    preview: async (id) => {
      const { path, evidence } = found(id);
      const head = await stretch(
        path,
        evidence,
        0,
        Math.min(evidence.sizeBytes, evidenceLimits.previewBytes),
      );
      return previewOf({ ...evidence, head, whole: () => stretch(path, evidence, 0, evidence.sizeBytes) });
    },
    facts: async (id) => {
      const { path, evidence } = found(id);
      if (evidence.kind !== 'log' && evidence.kind !== 'text' && evidence.kind !== 'document') return null;
      return factsAtEnd(evidence, (start, length) => stretch(path, evidence, start, length));
    },
  };
}
