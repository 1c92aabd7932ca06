import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** How one of Windows' own programs ended. `code` null: it was not there, was not allowed, or took too long. */
export type ProgramEnd = { readonly code: number | null; readonly output: string };
export type ProgramLimits = { readonly limitMs?: number; readonly signal?: AbortSignal };

const unheard: ProgramEnd = { code: null, output: '' };

/**
 * Runs one of Windows' own programs by its absolute path, without a shell; arguments are fixed by us. What it prints is in the
 * console's own code page: read only plain ASCII in it.
 */
export function systemProgram(
  program: string,
  args: readonly string[],
  { limitMs = 10_000, signal }: ProgramLimits = {},
): Promise<ProgramEnd> {
  const windows = process.env['SystemRoot'];
  if (process.platform !== 'win32' || windows === undefined) return Promise.resolve(unheard);
  return new Promise((resolve) => {
    execFile(
      join(windows, 'System32', program),
      [...args],
      {
        windowsHide: true,
        timeout: limitMs,
        maxBuffer: 16 * 1024 * 1024,
        shell: false,
        ...(signal === undefined ? {} : { signal }),
      },
      (error, output) => {
        if (error === null) resolve({ code: 0, output });
        else resolve(typeof error.code === 'number' ? { code: error.code, output } : unheard);
      },
    );
  });
}
