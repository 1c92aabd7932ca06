import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { registerChannels } from './ipc/register-channels.ts';
import { defaultDataFolder, windowFolder } from './platform/data-folder.ts';
import { logFaultOf } from './platform/fault-log.ts';
import { keepUnheardFaults } from './platform/unheard-faults.ts';
import { beginStartCheck, type StartCheck } from './store/begin-check.ts';
import { eraseIfAsked } from './store/erase-store.ts';
import { storeFolders } from './store/store-folders.ts';
import { within } from './platform/within.ts';
import { appId } from './window/app-id.ts';
import { registerAppScheme, serveBundle } from './window/app-protocol.ts';
import { dataFolderSwitch } from './window/command-line.ts';
import { denyForeignRequests, denyPermissions, lockContents } from './window/hardening.ts';
import { mainWindow, openMainWindow, windowSession } from './window/main-window.ts';

/** Longest time the pages, and then the services, may take to end whatever hangs, in milliseconds: a program that stays keeps the next start out. */
const pagesEndMs = 1_500;
const servicesEndMs = 3_500;

const programFolder = import.meta.dirname;
const isRoot = process.getuid?.() === 0;

function start(dataFolder: string, check: StartCheck): void {
  const session = windowSession();
  const programTaken = serveBundle(session, join(programFolder, '../renderer'));
  denyPermissions(session);
  denyForeignRequests(session);
  const { webContents } = openMainWindow(programFolder, logFaultOf(dataFolder));
  // Nothing heavy before the page has what it needs: reading the rest would hold up what the page is waiting for. A page that could
  // not be loaded does not keep the store closed.
  const pageAtWork = Promise.race([programTaken, new Promise<void>((stopped) => webContents.once('did-stop-loading', stopped))]);
  const room = pageAtWork
    .then(() => import('./app/start-services.ts'))
    .then(({ startServices }) => startServices({ programFolder, dataFolder, check }));
  registerChannels(room.then(({ answer }) => answer));
  let stopped = false;
  room
    .then(({ services }) => services)
    .then(async (opened) => {
      app.on('before-quit', (event) => {
        if (stopped) return;
        event.preventDefault();
        const windows = BrowserWindow.getAllWindows();
        // The window hands over its last keystrokes while it closes; the store must still be open then.
        for (const window of windows) window.close();
        if (windows.length > 0) {
          // A page that hangs hands nothing over any more: what it had saved is in the store.
          setTimeout(() => windows.forEach((window) => void (window.isDestroyed() ? null : window.destroy())), pagesEndMs).unref();
          return;
        }
        stopped = true;
        void within(opened.stop(), servicesEndMs)
          .catch(logFaultOf(dataFolder))
          .finally(() => app.quit());
      });
      await opened.start();
    })
    .catch(logFaultOf(dataFolder));
}

const dataFolder = dataFolderSwitch(process.argv) ?? defaultDataFolder(process.platform, process.env, app.getPath('appData'));
app.setPath('userData', windowFolder(dataFolder));
if (!isRoot) app.enableSandbox();
if (process.platform === 'win32') app.setAppUserModelId(app.isPackaged ? appId : process.execPath);
registerAppScheme();
lockContents();
app.on('window-all-closed', () => app.quit());
keepUnheardFaults(process, logFaultOf(dataFolder));

if (app.requestSingleInstanceLock()) {
  // Arguments of a second start are ignored on purpose: anybody can start a program with hostile ones (SEC-22).
  app.on('second-instance', () => {
    const window = mainWindow() ?? openMainWindow(programFolder, logFaultOf(dataFolder));
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  // What cannot go yet is told by the services, which begin nothing before it is gone.
  eraseIfAsked(dataFolder);
  const check = beginStartCheck(join(programFolder, 'check.js'), storeFolders(dataFolder));
  void app
    .whenReady()
    .then(() => start(dataFolder, check))
    .catch((error: unknown) => {
      logFaultOf(dataFolder)(error);
      console.error(error);
      app.exit(1);
    });
} else {
  app.quit();
}
