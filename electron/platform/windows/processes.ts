import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** Names of running programs from `tasklist /FO CSV /NH`, in lower case; null for anything that is no such list. */
export function parseTaskList(output: string): ReadonlySet<string> | null {
  const names = output.split(/\r?\n/u).flatMap((line) => /^"([^"]+)","\d+"/u.exec(line)?.[1]?.toLowerCase() ?? []);
  return names.length === 0 ? null : new Set(names);
}

function systemProgram(name: string): string | null {
  const windows = process.env['SystemRoot'];
  return process.platform === 'win32' && windows !== undefined ? join(windows, 'System32', name) : null;
}

/** Programs that run now; null where the system does not say. */
export async function runningPrograms(): Promise<ReadonlySet<string> | null> {
  const tasklist = systemProgram('tasklist.exe');
  if (tasklist === null) return null;
  return new Promise((resolve) => {
    execFile(tasklist, ['/FO', 'CSV', '/NH'], { windowsHide: true, timeout: 10_000, shell: false, maxBuffer: 8 * 1024 * 1024 }, (error, stdout) => resolve(error === null ? parseTaskList(stdout) : null));
  });
}

/** Asks every window of a program to close; never `/F`. True when it was asked. */
export async function askToClose(programName: string): Promise<boolean> {
  const taskkill = systemProgram('taskkill.exe');
  if (taskkill === null) return false;
  return new Promise((resolve) => {
    execFile(taskkill, ['/IM', programName], { windowsHide: true, timeout: 10_000, shell: false }, (error) => resolve(error === null));
  });
}
