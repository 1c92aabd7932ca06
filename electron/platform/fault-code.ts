/** The code of an error of the disk or of SQLite; empty when it carries none. */
export function faultCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** What the disk itself says when it, or the share of it that this user may use, is full. */
export const diskFullCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
