import { systemProgram } from './system-program.ts';

/** Names of running programs from `tasklist /FO CSV /NH`, in lower case; null for anything that is no such list. */
export function parseTaskList(output: string): ReadonlySet<string> | null {
  const names = output
    .split(/\r?\n/u)
    .flatMap((line) => /^"([^"]+)","\d+"/u.exec(line)?.[1]?.toLowerCase() ?? []);
  return names.length === 0 ? null : new Set(names);
}

/** Programs that run now; null where the system does not say. */
export async function runningPrograms(): Promise<ReadonlySet<string> | null> {
  const { code, output } = await systemProgram('tasklist.exe', ['/FO', 'CSV', '/NH']);
  return code === 0 ? parseTaskList(output) : null;
}

/** Asks every window of a program to close; never `/F`. True when it was asked. */
export async function askToClose(programName: string): Promise<boolean> {
  return (await systemProgram('taskkill.exe', ['/IM', programName])).code === 0;
}
