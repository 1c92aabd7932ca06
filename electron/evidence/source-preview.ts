import { basename } from 'node:path';
import { AppFault } from '../../shared/domain/app-error.ts';
import type { EvidencePreview } from '../../shared/domain/evidence.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { fileKind } from '../../shared/logs/file-kind.ts';
import { within } from '../platform/within.ts';
import { isPartOfEcuRead } from './ecu-read-part.ts';
import { previewOf } from './preview-of.ts';
import { sourceFault } from './source-fault.ts';
import { openSource, realSourceDisk, type SourceDisk } from './source-file.ts';

/** A network drive that went away answers late or never, milliseconds. */
const patienceMs = 8_000;

async function read(path: string, disk: SourceDisk): Promise<EvidencePreview> {
  const { handle, stats } = await openSource(path, true, disk);
  try {
    const sizeBytes = Number(stats.size);
    const stretch = async (length: number): Promise<Uint8Array<ArrayBuffer>> => {
      const buffer = new Uint8Array(length);
      const { bytesRead } = await handle.read(buffer, 0, length, 0);
      return buffer.subarray(0, bytesRead);
    };
    const head = await stretch(Math.min(sizeBytes, evidenceLimits.previewBytes));
    const kind = (await isPartOfEcuRead(path))
      ? 'ecu-read'
      : fileKind({ name: basename(path), sizeBytes, head: head.subarray(0, 4_096) });
    return await previewOf({ head, kind, sizeBytes, tailOnly: false, whole: () => stretch(sizeBytes) });
  } finally {
    await handle.close();
  }
}

/**
 * Shows a file where it lies, without a copy of it: opened as for a copy, read once, closed.
 * @throws AppFault evidence.locked, evidence.unreadable (also when the disk does not answer in time), evidence.vanished, evidence.link,
 * evidence.notAFile, evidence.cloudPlaceholder
 */
export async function sourcePreview(
  path: string,
  disk: SourceDisk = realSourceDisk,
): Promise<EvidencePreview> {
  try {
    const outcome = await within(read(path, disk), patienceMs);
    if (outcome.kind === 'value') return outcome.value;
  } catch (error) {
    throw sourceFault(error);
  }
  throw new AppFault('evidence.unreadable');
}
