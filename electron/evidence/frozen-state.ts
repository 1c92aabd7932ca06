import { lstat } from 'node:fs/promises';
import { type AppError, appError } from '../../shared/domain/app-error.ts';
import { faultCode, isOfDisk } from '../platform/fault-code.ts';
import { sha256OfFile } from '../platform/sha256-of-file.ts';
import { whileHeld } from '../platform/locked-file-retry.ts';

/**
 * What became of a frozen copy. `altered`: another length, other bytes, or no ordinary file any more. `unreadable-now`: the disk
 * refuses to read it, which says nothing of its bytes: a virus scanner may hold it, and the next look may find it intact.
 */
export type FrozenState = 'intact' | 'gone' | 'altered' | 'unreadable-now';

/** What a refusal of the disk says of a frozen copy. @throws the error itself when it is none of the disk */
export function stateOfRefusal(error: unknown): Exclude<FrozenState, 'intact' | 'altered'> {
  if (!isOfDisk(error)) throw error;
  const code = faultCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'unreadable-now';
}

/** Reads the whole copy and compares it with what was frozen (A6); what another program holds is waited for a little. */
export async function frozenState(
  file: string,
  frozen: { readonly sizeBytes: number; readonly sha256: string },
): Promise<FrozenState> {
  try {
    return await whileHeld(async () => {
      const found = await lstat(file);
      if (!found.isFile() || found.size !== frozen.sizeBytes) return 'altered';
      return (await sha256OfFile(file)) === frozen.sha256 ? 'intact' : 'altered';
    });
  } catch (error) {
    return stateOfRefusal(error);
  }
}

/** The failure to tell of a copy that cannot be used in that state. */
export function copyError(state: Exclude<FrozenState, 'intact'>, name: string): AppError {
  return appError(state === 'unreadable-now' ? 'evidence.copyUnreadable' : 'evidence.copyMissing', { name });
}

/** When it makes sense to ask for a copy again that could not be used. */
export function copyRetry(error: AppError): 'never' | 'later' {
  return error.code === 'evidence.copyUnreadable' ? 'later' : 'never';
}
