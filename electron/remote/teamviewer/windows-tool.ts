import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { windowsPathRefusal } from '../../../shared/rules/teamviewer-path.ts';
import { authenticode } from '../../platform/windows/authenticode.ts';
import { runPowerShell } from '../../platform/windows/powershell.ts';
import { askToClose, runningPrograms } from '../../platform/windows/processes.ts';
import { registryQuery, teamViewerCandidates } from '../../platform/windows/teamviewer-keys.ts';
import type { RemoteTool } from '../remote-tool.ts';
import { checkTool } from './check-tool.ts';
import { launchProgram } from './launch-program.ts';
import { watchSession } from './watch-session.ts';

/** The process that stands for a session under way (FACTS section 4). */
const sessionProgram = 'teamviewer_desktop.exe';
const stopScript = `Start-Process -FilePath "$env:SystemRoot\\System32\\net.exe" -ArgumentList 'stop','TeamViewer' -Verb RunAs -WindowStyle Hidden; $true | ConvertTo-Json`;

/** Folders where TeamViewer writes its logs: each place it may be installed in, and the one of a copy that was not installed. */
async function logFolders(): Promise<readonly string[]> {
  const candidates = await teamViewerCandidates(registryQuery, process.env);
  const roaming = process.env['APPDATA'];
  return [...candidates.filter((path) => windowsPathRefusal(path) === null).map((path) => dirname(path)), ...(roaming === undefined ? [] : [join(roaming, 'TeamViewer')])];
}

/** TeamViewer on Windows. On any other system nothing is found, and the gate says so. */
export function windowsTool(platform: NodeJS.Platform = process.platform): RemoteTool {
  return {
    practice: false,
    check: async (required) => (platform === 'win32' ? checkTool(required, { candidates: () => teamViewerCandidates(registryQuery, process.env), pathRefusal: windowsPathRefusal, signature: (path) => authenticode(path, runPowerShell) }) : { kind: 'refused', reason: 'other-system', version: null }),
    launch: (program) => launchProgram(program),
    watch: (fromStart) => {
      const sessionProcess = async (): Promise<boolean | null> => (await runningPrograms())?.has(sessionProgram) ?? null;
      const watching = logFolders().then((folders) => watchSession({ folders, sessionProcess, fromStart }));
      return { look: async () => (await watching).look() };
    },
    close: async () => (await Promise.all(['TeamViewer.exe', 'TeamViewerQS.exe', 'TeamViewerQS_x64.exe'].map(askToClose))).some(Boolean),
    stopElevated: async () => (await runPowerShell(stopScript, {})) !== null,
    shownCodes: () => null,
    stayed: async () => {
      const folders = await logFolders();
      const there = await Promise.all(folders.map((folder) => access(folder).then(() => folder, () => null)));
      return there.filter((folder) => folder !== null);
    },
  };
}
