import type { StatsFs } from 'node:fs';
import { AppFault } from '../../shared/domain/app-error.ts';
import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { diskFullCodes, faultCode } from '../platform/fault-code.ts';

export type FreeSpaceParts = {
  readonly folder: { readonly root: string };
  readonly freeSpace: (folder: string) => Promise<Pick<StatsFs, 'bavail' | 'bsize'>>;
};

/**
 * Writes `sizeBytes` with `work`, if there is room for them and for the reserve that keeps PC and database alive; says how much is
 * needed and how much there is, also when another program takes the room while `work` writes (D1).
 * @throws AppFault evidence.noSpace; what `work` throws otherwise
 */
export async function withFreeSpace<T>(
  parts: FreeSpaceParts,
  sizeBytes: number,
  work: () => Promise<T>,
): Promise<T> {
  const neededBytes = sizeBytes + evidenceLimits.freeSpaceReserveBytes;
  const freeBytes = async (): Promise<number> => {
    const { bavail, bsize } = await parts.freeSpace(parts.folder.root);
    return Number(bavail) * Number(bsize);
  };
  const before = await freeBytes();
  if (before < neededBytes) throw new AppFault('evidence.noSpace', { neededBytes, freeBytes: before });
  try {
    return await work();
  } catch (error) {
    if (!diskFullCodes.has(faultCode(error))) throw error;
    throw new AppFault('evidence.noSpace', { neededBytes, freeBytes: await freeBytes() });
  }
}
