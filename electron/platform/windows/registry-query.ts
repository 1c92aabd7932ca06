import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** What one of Windows' own programs prints, or null when it is missing, refuses or takes too long. Arguments are fixed by us. */
export function windowsOutput(program: string, args: readonly string[], signal?: AbortSignal): Promise<string | null> {
  const windows = process.env['SystemRoot'];
  if (windows === undefined) return Promise.resolve(null);
  return new Promise((resolve) => {
    execFile(join(windows, 'System32', program), [...args], { windowsHide: true, timeout: 5_000, maxBuffer: 16 * 1024 * 1024, shell: false, ...(signal === undefined ? {} : { signal }) }, (error, stdout) => resolve(error === null ? stdout : null));
  });
}
