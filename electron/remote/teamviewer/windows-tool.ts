import { access, readdir, realpath } from 'node:fs/promises';
import { dirname, join, win32 } from 'node:path';
import { isQuickSupport, windowsPathRefusal } from '../../../shared/rules/teamviewer-path.ts';
import {
  programsToClose,
  teamViewerAmong,
  type TeamViewerProcesses,
} from '../../../shared/rules/teamviewer-processes.ts';
import { authenticode } from '../../platform/windows/authenticode.ts';
import { printedJson, type RunPowerShell, runPowerShell } from '../../platform/windows/powershell.ts';
import { askToClose, runningPrograms } from '../../platform/windows/processes.ts';
import { readRegistry } from '../../platform/windows/registry.ts';
import { teamViewerCandidates } from '../../platform/windows/teamviewer-keys.ts';
import type { RemoteTool } from '../remote-tool.ts';
import { checkTool } from './check-tool.ts';
import { launchProgram } from './launch-program.ts';
import { placeApart } from './place-apart.ts';
import { watchSession } from './watch-session.ts';

const stopScript = `Start-Process -FilePath "$env:SystemRoot\\System32\\net.exe" -ArgumentList 'stop','TeamViewer' -Verb RunAs -WindowStyle Hidden; $true | ConvertTo-Json`;
/** Windows itself takes the question for rights away after two minutes; until then the person may still say yes. */
const stopLimitMs = 150_000;

/** Where a TeamViewer writes that started without being installed, or by one user alone. */
export function ownLogFolders(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const [roaming, local] = [environment['APPDATA'], environment['LOCALAPPDATA']];
  return [
    ...(roaming === undefined ? [] : [win32.join(roaming, 'TeamViewer')]),
    ...(local === undefined
      ? []
      : [win32.join(local, 'TeamViewer', 'Logs'), win32.join(local, 'TeamViewer')]),
  ];
}

/** Folders where TeamViewer writes its logs: each place it may be installed in, and those of a copy that was not installed. */
async function logFolders(): Promise<readonly string[]> {
  const candidates = await teamViewerCandidates(readRegistry, process.env);
  const installed = candidates
    .filter((path) => windowsPathRefusal(path) === null)
    .map((path) => dirname(path));
  return [...new Set([...installed, ...ownLogFolders(process.env)])];
}

/** Every library a portable copy may load. @throws when the folder cannot be listed, so that nothing is taken for granted */
async function librariesBeside(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  return (await readdir(folder)).filter((name) => /\.dll$/iu.test(name)).map((name) => join(folder, name));
}

/**
 * TeamViewer on Windows. On any other system nothing is found, and the gate says so.
 * @param ownFolder of ours, for a QuickSupport to be started from; emptied each time
 */
export function windowsTool(ownFolder: string, run: RunPowerShell = runPowerShell): RemoteTool {
  return {
    practice: false,
    check: async (required, chosen) => {
      if (process.platform !== 'win32') return { kind: 'refused', reason: 'other-system', version: null };
      return checkTool(required, {
        candidates: async () =>
          chosen === null ? teamViewerCandidates(readRegistry, process.env) : [chosen],
        pathRefusal: windowsPathRefusal,
        realPath: realpath,
        signature: (path) => authenticode(path, run),
        libraries: async (path) => (chosen === null || isQuickSupport(path) ? [] : librariesBeside(path)),
      });
    },
    launch: async (program) => {
      const placed = isQuickSupport(program.path) ? await placeApart(program, ownFolder) : program;
      return placed !== null && launchProgram(placed);
    },
    watch: (fromStart) => {
      const processes = async (): Promise<TeamViewerProcesses> => teamViewerAmong(await runningPrograms());
      const watching = logFolders().then((folders) => watchSession({ folders, processes, fromStart }));
      return { look: async () => (await watching).look() };
    },
    close: async () => (await Promise.all(programsToClose.map(askToClose))).some(Boolean),
    stopElevated: async () => printedJson(await run(stopScript, {}, stopLimitMs)) === true,
    shownCodes: () => null,
    stayed: async () => {
      const folders = [...(await logFolders()), ownFolder];
      const there = await Promise.all(
        folders.map((folder) =>
          access(folder).then(
            () => folder,
            () => null,
          ),
        ),
      );
      return there.filter((folder) => folder !== null);
    },
  };
}
