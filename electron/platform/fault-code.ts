/** The code of an error of the disk or of SQLite; empty when it carries none. */
export function faultCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** True for a refusal of the disk, by its name; a call that was made wrongly (`ERR_…`) is none. UNKNOWN is Windows' for what Node has no word for. */
export function isOfDisk(error: unknown): boolean {
  const code = faultCode(error);
  return code === 'UNKNOWN' || (code.startsWith('E') && !code.startsWith('ERR_'));
}

/** What the disk itself says when it, or the share of it that this user may use, is full. */
export const diskFullCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
