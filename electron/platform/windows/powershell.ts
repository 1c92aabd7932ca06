import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { jsonOf } from '../../../shared/domain/json-of.ts';

/**
 * Runs one of our own scripts and gives back what it printed; null when PowerShell is missing, fails or takes too long. The script
 * is a constant: what varies goes in as environment variables, which nothing parses, and never into its text.
 */
export type RunPowerShell = (
  script: string,
  variables: Readonly<Record<string, string>>,
  limitMs?: number,
) => Promise<string | null>;

const usualLimitMs = 30_000;

/**
 * What Windows PowerShell is started with. Where this program was started from PowerShell 7, `PSModulePath` names that one's modules,
 * which Windows PowerShell cannot load: without the variable it finds its own.
 */
export function powerShellEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  variables: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => name.toLowerCase() !== 'psmodulepath')),
    ...variables,
  };
}

export const runPowerShell: RunPowerShell = (script, variables, limitMs = usualLimitMs) => {
  const windows = process.env['SystemRoot'];
  if (process.platform !== 'win32' || windows === undefined) return Promise.resolve(null);
  const program = join(windows, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const encoded = Buffer.from(
    `[Console]::OutputEncoding=[Text.Encoding]::UTF8;$ErrorActionPreference='Stop';${script}`,
    'utf16le',
  ).toString('base64');
  return new Promise((resolve) => {
    execFile(
      program,
      ['-NoProfile', '-NonInteractive', '-NoLogo', '-EncodedCommand', encoded],
      {
        windowsHide: true,
        timeout: limitMs,
        maxBuffer: 4 * 1024 * 1024,
        shell: false,
        env: powerShellEnvironment(process.env, variables),
      },
      (error, stdout) => resolve(error === null ? stdout : null),
    );
  });
};

/** The one JSON value a script printed; undefined for anything else, an empty answer included. */
export function printedJson(output: string | null): unknown {
  if (output === null || output.trim() === '' || output.length > 4 * 1024 * 1024) return undefined;
  return jsonOf(output.replace(/^\uFEFF/u, ''));
}
