import { evidenceLimits } from '../../shared/domain/evidence-limits.ts';
import { type AppError, AppFault, appError, type ErrorCode } from '../../shared/domain/app-error.ts';
import { faultCode } from '../platform/fault-code.ts';

const bySqliteCode: readonly (readonly [RegExp, ErrorCode])[] = [
  // Enlarging the shared part of a WAL fails in this way where there is no room left for it.
  [/^SQLITE_(FULL|IOERR_SHMSIZE)/u, 'store.diskFull'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM)/u, 'store.readOnly'],
  [/^SQLITE_(CORRUPT|NOTADB)/u, 'store.damaged'],
  [/^SQLITE_(BUSY|LOCKED)/u, 'store.busy'],
  [/^SQLITE_(IOERR|NOMEM)/u, 'store.notSaved'],
  [/^(ENOSPC|EDQUOT)$/u, 'store.diskFull'],
  [/^(EROFS|EACCES|EPERM)$/u, 'store.readOnly'],
];

/** The typed failure behind an exception of SQLite or the disk, or null when it is neither. */
export function storeError(error: unknown): AppError | null {
  if (error instanceof AppFault) return error.error;
  const code = faultCode(error);
  const match = bySqliteCode.find(([pattern]) => pattern.test(code))?.[1];
  if (match === undefined) return null;
  // An edit needs a few KB; the reserve is what keeps store, backups and copies going.
  return appError(
    match,
    match === 'store.diskFull'
      ? { detail: code, neededBytes: evidenceLimits.freeSpaceReserveBytes }
      : { detail: code },
  );
}

/** The database itself is at fault and not the place it lies in, the disk or somebody who holds it. */
export function isDamage(error: unknown): boolean {
  const code = storeError(error)?.code;
  return code === 'store.damaged' || (code === undefined && faultCode(error).startsWith('SQLITE_'));
}
