import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { printedJson, type RunPowerShell } from '../platform/windows/powershell.ts';

/** A program with a window. Its title is never asked for: it may name a customer, a letter, a bank (R-REMOTE-4). */
export type OpenProgram = { readonly id: string; readonly name: string; readonly belongs: boolean };

/** What is open on this PC. `list` null: the system does not say, and the person must look for themselves. */
export type OpenPrograms = {
  readonly list: () => Promise<readonly OpenProgram[] | null>;
  /** Asks one to close, as its close button would; never ends it. True when it was asked. */
  readonly ask: (id: string) => Promise<boolean>;
};

/** Programs the case is about, and those that make the desktop: they may stay. */
const ofTheJob =
  /^(k-?suite.*|alientech.*|ecm.?titanium.*|kess.*|ktag.*|k-tag.*|teamviewer.*|officina.?support.*|explorer|textinputhost|systemsettings|shellexperiencehost)$/iu;

const rowSchema = z.object({ id: z.number().int().positive(), name: z.string().min(1).max(200) });
const rowsSchema = z.union([z.array(rowSchema).max(500), rowSchema.transform((row) => [row])]);

/** What the script printed, judged, without this program itself; null for an empty or odd answer. @param own this program's process id */
export function parseOpenPrograms(output: string | null, own: number): readonly OpenProgram[] | null {
  const parsed = rowsSchema.safeParse(printedJson(output));
  if (!parsed.success) return null;
  return parsed.data
    .filter(({ id }) => id !== own)
    .map(({ id, name }) => ({ id: String(id), name, belongs: ofTheJob.test(name) }));
}

const listScript = `@(Get-Process | Where-Object { $_.MainWindowHandle -ne 0 } | ForEach-Object { [pscustomobject]@{id=$_.Id;name=$_.ProcessName} }) | ConvertTo-Json -Compress`;
const askScript = `(Get-Process -Id ([int]$env:OFFICINA_PROCESS)).CloseMainWindow() | ConvertTo-Json`;

export function windowsPrograms(run: RunPowerShell): OpenPrograms {
  return {
    list: async () => parseOpenPrograms(await run(listScript, {}), process.pid),
    ask: async (id) =>
      /^\d{1,10}$/u.test(id) && printedJson(await run(askScript, { OFFICINA_PROCESS: id })) === true,
  };
}

/** Programs that usually hold something private; elsewhere than on Windows nobody says which program has a window. */
const usuallyPrivate =
  /^(firefox|chrome|chromium|msedge|brave|opera|thunderbird|evolution|telegram.*|slack|discord|signal.*|soffice.*|libreoffice.*|evince|okular|keepass.*|bitwarden)$/iu;

/** The same for Linux, by the names of the person's own processes. */
export function linuxPrograms(procFolder = '/proc', owner: number = process.getuid?.() ?? -1): OpenPrograms {
  return {
    list: async () => {
      const names = await Promise.all(
        (await readdir(procFolder, { withFileTypes: true }).catch(() => []))
          .filter((entry) => /^\d+$/u.test(entry.name))
          .map(async (entry) => {
            const status = await readFile(join(procFolder, entry.name, 'status'), 'utf8').catch(() => '');
            const name = /^Name:\s+(.+)$/mu.exec(status)?.[1] ?? '';
            return Number(/^Uid:\s+(\d+)/mu.exec(status)?.[1] ?? -2) === owner && usuallyPrivate.test(name)
              ? name
              : null;
          }),
      );
      return [...new Set(names.filter((name) => name !== null))].map((name) => ({
        id: name,
        name,
        belongs: false,
      }));
    },
    ask: async () => false,
  };
}
