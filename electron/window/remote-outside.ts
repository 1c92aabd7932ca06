import { join } from 'node:path';
import { clipboard, utilityProcess } from 'electron';
import { z } from 'zod';
import { drawnText } from '../../shared/domain/identifier-text.ts';
import type { RemoteOutside } from '../remote/open-remote.ts';
import { timingMs } from '../platform/failpoint.ts';
import { installedPrograms } from '../platform/windows/uninstall-keys.ts';
import { runPowerShell } from '../platform/windows/powershell.ts';
import { standInFolder } from '../portal/practice/practice-sessions.ts';
import { bareId, type Codes } from '../remote/session-codes.ts';
import { linuxPrograms, windowsPrograms } from '../remote/open-programs.ts';
import { practiceTool, type StandIn } from '../remote/practice-tool.ts';
import { windowsTool } from '../remote/teamviewer/windows-tool.ts';
import { choosePaths } from './choose-paths.ts';
import { printPdf } from './print-pdf.ts';

const wordSchema = z.object({ kind: z.literal('session'), on: z.boolean() });

/** Starts the stand-in of TeamViewer as a process of its own. It ends with this program, as a real one would not. */
function startStandIn(programFolder: string): () => Promise<StandIn> {
  return () =>
    new Promise((resolve, reject) => {
      const child = utilityProcess.fork(join(programFolder, 'fake-teamviewer.js'), [], {
        serviceName: 'Officina practice TeamViewer',
        stdio: 'ignore',
      });
      child.once('spawn', () =>
        resolve({
          tell: (order) => child.postMessage(order),
          onSession: (listener) =>
            child.on('message', (message: unknown) => {
              const word = wordSchema.safeParse(message);
              if (word.success) listener(word.data.on);
            }),
          onExit: (listener) => void child.once('exit', listener),
        }),
      );
      child.once('exit', () => reject(new Error('the stand-in ended')));
    });
}

/** Empties the clipboard when it still holds a code of the session; whatever else is in it is left alone (THREAT-10). */
async function clearClipboard({ id, password }: Codes): Promise<void> {
  const text = drawnText(await clipboard.readText()).trim();
  const bare = bareId(text);
  if (text === password || bare === id || (text.includes(password) && bare.includes(id)))
    await clipboard.writeText('');
}

/** What a remote session needs of this system and of Electron. */
export function remoteOutside(programFolder: string, dataFolder: string): Omit<RemoteOutside, 'onLive'> {
  return {
    tool: windowsTool(join(dataFolder, 'quicksupport')),
    practiceTool: practiceTool({
      program: join(programFolder, 'fake-teamviewer.js'),
      folder: join(dataFolder, 'practice', standInFolder),
      start: startStandIn(programFolder),
    }),
    programs: process.platform === 'win32' ? windowsPrograms(runPowerShell) : linuxPrograms(),
    printPdf,
    clearClipboard,
    chooseProgram: async () => (await choosePaths(['openFile']))[0] ?? null,
    backupWorker: join(programFolder, 'backup.js'),
    installedPrograms: async () =>
      (await installedPrograms())?.map(({ displayName }) => displayName.slice(0, 300)) ?? null,
    watchEveryMs: timingMs('WATCH_MS', 2_000),
  };
}
