import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
} from 'node:fs';
import type { EvidenceKind } from '../../shared/domain/evidence.ts';
import { decodeText } from '../../shared/logs/decode-text.ts';
import { lastFailure } from '../../shared/logs/failure-words.ts';
import { fileKind } from '../../shared/logs/file-kind.ts';
import type { ScannedFile } from './scan-walk.ts';
import { isSamePlace } from '../platform/same-place.ts';
import { isCloudPlaceholder, isSameFile } from './source-file.ts';

/** What the bytes of a listed file add to its name. */
export type SniffedContent = { readonly kind: EvidenceKind; readonly errorText: string | null };

const edgeBytes = 4_096;
/** The end of a LOG in which a failure is looked for. */
const failureBytes = 64 * 1024;

function readRange(descriptor: number, start: number, length: number): Uint8Array {
  const buffer = new Uint8Array(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, start));
}

function failureAtEnd(descriptor: number, sizeBytes: number): string | null {
  const length = Math.min(sizeBytes, failureBytes);
  const start = Math.floor((sizeBytes - length) / 2) * 2;
  const decoded = decodeText(readRange(descriptor, start, length), start > 0);
  return decoded.kind === 'text' ? (lastFailure(decoded.text)?.errorText ?? null) : null;
}

/** False where a link lies there now, at the end of the path or within it: not every system refuses to open one. */
function isWhatLiesAt(path: string, opened: BigIntStats): boolean {
  const now = lstatSync(path, { bigint: true });
  return !now.isSymbolicLink() && isSameFile(now, opened) && isSamePlace(realpathSync.native(path), path);
}

/**
 * Opens a listed file without following or waiting, reads its edges, and for a LOG its end. A file that cannot be opened now, or
 * whose bytes lie elsewhere (cloud), is judged by its name. Never fails.
 */
export function sniffContent(file: ScannedFile): SniffedContent {
  const byName: SniffedContent = {
    kind: fileKind({ name: file.name, sizeBytes: file.sizeBytes, head: null }),
    errorText: null,
  };
  let descriptor: number;
  try {
    descriptor = openSync(
      file.path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
  } catch {
    return byName;
  }
  try {
    const stats = fstatSync(descriptor, { bigint: true });
    if (!stats.isFile() || isCloudPlaceholder(stats) || !isWhatLiesAt(file.path, stats)) return byName;
    const sizeBytes = Number(stats.size);
    const head = readRange(descriptor, 0, Math.min(edgeBytes, sizeBytes));
    const tail =
      sizeBytes <= edgeBytes ? new Uint8Array() : readRange(descriptor, sizeBytes - edgeBytes, edgeBytes);
    const kind = fileKind({ name: file.name, sizeBytes, head, tail });
    return { kind, errorText: kind === 'log' ? failureAtEnd(descriptor, sizeBytes) : null };
  } catch {
    return byName;
  } finally {
    closeSync(descriptor);
  }
}
