import { open } from 'node:fs/promises';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { Evidence, EvidencePreview } from '../../shared/domain/evidence.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { decodeText } from '../../shared/logs/decode-text.ts';
import { type ErrorFacts, errorFacts } from '../../shared/logs/error-facts.ts';
import { imageFacts, isShowable } from '../../shared/logs/image-facts.ts';
import type { EvidenceRepository } from '../store/evidence-repository.ts';
import { type FrozenFolder, isIntact } from './frozen-folder.ts';

/** What may be asked of frozen files. Paths stay on this side of the bridge. */
export type FrozenFiles = {
  /** The first 256 KB, decoded; a picture whole where the window can bear it. @throws AppFault notFound, evidence.copyMissing */
  readonly preview: (id: EvidenceId) => Promise<EvidencePreview>;
  /** What a LOG says of its failure, from its last 256 KB; null when it is no readable text. */
  readonly facts: (id: EvidenceId) => Promise<ErrorFacts | null>;
  /** Re-reads the whole copy and compares size and hash (A6). @throws AppFault evidence.copyMissing with the name, notFound */
  readonly verifyFrozen: (id: EvidenceId) => Promise<Evidence>;
  /** Absolute path and row of a copy, for an upload. Not checked: call `verifyFrozen` first. @throws AppFault notFound */
  readonly frozenFile: (id: EvidenceId) => { readonly path: string; readonly evidence: Evidence };
};

async function readStretch(path: string, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(path, 'r');
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await handle.read(buffer, 0, length, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function previewOf(head: Uint8Array, evidence: Evidence): EvidencePreview {
  const decoded = decodeText(head, evidence.tailOnly);
  switch (decoded.kind) {
    case 'text':
      return { kind: 'text', encoding: decoded.encoding, text: decoded.text, truncated: evidence.sizeBytes > head.length };
    case 'binary':
      return { kind: 'protected' };
    case 'empty':
      return { kind: 'empty' };
  }
}

export function frozenFiles(folder: FrozenFolder, rows: EvidenceRepository): FrozenFiles {
  const found = (id: EvidenceId): { readonly path: string; readonly evidence: Evidence } => {
    const evidence = rows.find(id);
    if (evidence === null) throw new AppFault('notFound');
    return { path: folder.fileOf(evidence.sha256), evidence };
  };
  const missing = (evidence: Evidence): AppFault => new AppFault('evidence.copyMissing', { name: evidence.name });
  const stretch = async (path: string, evidence: Evidence, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await readStretch(path, start, length).catch(() => null);
    if (bytes === null || bytes.length < length) throw missing(evidence);
    return bytes;
  };
  return {
    frozenFile: found,
    verifyFrozen: async (id) => {
      const { path, evidence } = found(id);
      if (!(await isIntact(path, evidence))) throw missing(evidence);
      return evidence;
    },
    preview: async (id) => {
      const { path, evidence } = found(id);
      const head = await stretch(path, evidence, 0, Math.min(evidence.sizeBytes, evidenceLimits.previewBytes));
      if (evidence.kind === 'protected-package' || evidence.kind === 'ecu-read')
        return head.length === 0 ? { kind: 'empty' } : { kind: 'protected' };
      const image = imageFacts(head);
      if (image === null) return previewOf(head, evidence);
      if (!isShowable(image, evidence.sizeBytes)) return { kind: 'large-image', widthPx: image.widthPx, heightPx: image.heightPx };
      return { kind: 'image', ...image, bytes: await stretch(path, evidence, 0, evidence.sizeBytes) };
    },
    facts: async (id) => {
      const { path, evidence } = found(id);
      if (evidence.kind !== 'log' && evidence.kind !== 'document') return null;
      // The end holds the last failure. An even start keeps UTF-16 pairs whole.
      const length = Math.min(evidence.sizeBytes, evidenceLimits.previewBytes);
      const start = Math.floor((evidence.sizeBytes - length) / 2) * 2;
      const decoded = decodeText(await stretch(path, evidence, start, length), start > 0 || evidence.tailOnly);
      return decoded.kind === 'text' ? errorFacts(decoded.text, evidence.name) : null;
    },
  };
}
