import { type AppError, AppFault, appError, type ErrorCode } from '../../shared/domain/app-error.ts';

const bySqliteCode: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^SQLITE_FULL/u, 'store.diskFull'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM)/u, 'store.readOnly'],
  [/^SQLITE_(CORRUPT|NOTADB)/u, 'store.damaged'],
  [/^SQLITE_(BUSY|LOCKED)/u, 'store.busy'],
  [/^SQLITE_(IOERR|NOMEM)/u, 'store.notSaved'],
  [/^ENOSPC$/u, 'store.diskFull'],
  [/^(EROFS|EACCES|EPERM)$/u, 'store.readOnly'],
];

/** The typed failure behind an exception of SQLite or the disk, or null when it is neither. */
export function storeError(error: unknown): AppError | null {
  if (error instanceof AppFault) return error.error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const match = bySqliteCode.find(([pattern]) => pattern.test(code));
  return match === undefined ? null : appError(match[1], { detail: code });
}
