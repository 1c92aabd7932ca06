import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { type Leaving, leaving } from './app/leaving.ts';
import { registerChannels } from './ipc/register-channels.ts';
import { hiddenSwitch, startsHidden } from './platform/autostart.ts';
import { defaultDataFolder, windowFolder } from './platform/data-folder.ts';
import { logFaultOf } from './platform/fault-log.ts';
import { unheardSwitches } from './platform/outside-switches.ts';
import { markStart } from './platform/start-marks.ts';
import { endAfter, endThreads, isHeldUp, knowThreads } from './platform/threads.ts';
import { keepUnheardFaults } from './platform/unheard-faults.ts';
import { beginStartCheck, type StartCheck } from './store/begin-check.ts';
import { eraseIfAsked } from './store/erase-store.ts';
import { storeFolders } from './store/store-folders.ts';
import { appId } from './window/app-id.ts';
import { registerAppScheme, serveBundle } from './window/app-protocol.ts';
import { dataFolderSwitch, zipSwitch } from './window/command-line.ts';
import { denyForeignRequests, denyPermissions, lockContents } from './window/hardening.ts';
import { mainWindow, openMainWindow, windowSession } from './window/main-window.ts';
import { closeWithoutAnswer } from './window/silent-page.ts';

// Before anything else: Chromium reads its switches once this module has run.
for (const name of unheardSwitches(process.argv, process.platform)) app.commandLine.removeSwitch(name);

markStart('program-read');
const programFolder = import.meta.dirname;
const isRoot = process.getuid?.() === 0;
/** Writing a zip takes seconds; a share that does not answer does not keep it longer than this, milliseconds. */
const zipMs = 180_000;

/** Ends what stands behind the window; nothing does before it was opened. */
let stopServices: () => Promise<void> = async () => undefined;
/** Whether the program goes on without a window; it does not before its services stand. */
let staysWithoutWindow: () => boolean = () => false;

/** However it is asked for, the program ends within a bound: one that stays keeps the next start out. */
function leavingOf(dataFolder: string): Leaving {
  const leave = leaving({
    closeWindows: () => {
      const windows = BrowserWindow.getAllWindows();
      for (const window of windows) window.close();
      return windows.length > 0;
    },
    stopServices: () => stopServices(),
    endThreads,
    quit: () => app.quit(),
    // Whoever restarts it from its window wants to see it again.
    beginAgain: () =>
      app.relaunch({ args: process.argv.slice(1).filter((argument) => argument !== hiddenSwitch) }),
    exit: () => app.exit(0),
    endAfter: (limitMs) => endAfter(join(programFolder, 'last-resort.js'), limitMs),
    log: logFaultOf(dataFolder),
  });
  app.on('before-quit', (event) => {
    if (!leave.asked()) event.preventDefault();
  });
  app.on('browser-window-created', (_event, window) => {
    closeWithoutAnswer(window, leave.heldBack);
    window.on('session-end', leave.atOnce);
  });
  app.on('quit', () => {
    // Everything is on the disk by now. The end of the process waits for its threads, and for some of them it would wait for ever.
    if (isHeldUp()) process.kill(process.pid, 'SIGKILL');
  });
  return leave;
}

function start(dataFolder: string, check: StartCheck, leave: Leaving): void {
  markStart('ready');
  const session = windowSession();
  const programTaken = serveBundle(session, join(programFolder, '../renderer'));
  denyPermissions(session);
  denyForeignRequests(session);
  const isHidden = startsHidden(process.argv);
  const webContents = isHidden ? null : openMainWindow(programFolder, logFaultOf(dataFolder)).webContents;
  markStart('window-asked');
  // Nothing heavy before the page has what it needs: reading the rest would hold up what the page is waiting for. A page that could
  // not be loaded does not keep the store closed.
  const pageAtWork =
    webContents === null
      ? Promise.resolve()
      : Promise.race([
          programTaken,
          new Promise<void>((stopped) => webContents.once('did-stop-loading', stopped)),
        ]);
  const room = pageAtWork
    .then(() => {
      markStart('page-taken');
      return import('./app/start-services.ts');
    })
    .then(({ startServices }) => {
      markStart('services-read');
      return startServices({
        programFolder,
        dataFolder,
        check,
        isLeaving: leave.isAsked,
        restart: leave.restart,
      });
    });
  registerChannels(room.then(({ answer }) => answer));
  room
    .then(async ({ services, shown }) => {
      const opened = await services;
      stopServices = opened.stop;
      ({ staysWithoutWindow } = opened.closing);
      await (isHidden ? opened.closing.startedHidden() : shown);
      if (!leave.isOver()) await opened.start();
    })
    .catch(logFaultOf(dataFolder));
}

const dataFolder =
  dataFolderSwitch(process.argv) ?? defaultDataFolder(process.platform, process.env, app.getPath('appData'));
const order = zipSwitch(process.argv);
// Beside a program that runs, or stands: nothing of its own is touched.
app.setPath(
  'userData',
  order === null ? windowFolder(dataFolder) : join(app.getPath('temp'), 'officina-collecting'),
);
if (!isRoot) app.enableSandbox();
if (process.platform === 'win32') app.setAppUserModelId(app.isPackaged ? appId : process.execPath);
registerAppScheme();
lockContents();
keepUnheardFaults(process, logFaultOf(dataFolder));
knowThreads();

if (order !== null) {
  // Whatever hangs, a disk or a share, the process ends.
  endAfter(join(programFolder, 'last-resort.js'), zipMs);
  void import('./app/write-ordered.ts')
    .then(({ writeOrdered }) => writeOrdered(order, { programFolder, dataFolder }))
    .catch((error: unknown) => {
      logFaultOf(dataFolder)(error);
      return 1;
    })
    .then((code) => app.exit(code));
} else if (app.requestSingleInstanceLock()) {
  // Arguments of a second start are ignored on purpose: anybody can start a program with hostile ones (SEC-22).
  const leave = leavingOf(dataFolder);
  app.on('window-all-closed', () => {
    if (leave.isAsked() || !staysWithoutWindow()) app.quit();
  });
  app.on('second-instance', () => {
    if (leave.isOver()) return;
    const window = mainWindow() ?? openMainWindow(programFolder, logFaultOf(dataFolder));
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  // What cannot go yet is told by the services, which begin nothing before it is gone.
  eraseIfAsked(dataFolder);
  const check = beginStartCheck(join(programFolder, 'check.js'), storeFolders(dataFolder));
  void app
    .whenReady()
    .then(() => start(dataFolder, check, leave))
    .catch((error: unknown) => {
      logFaultOf(dataFolder)(error);
      console.error(error);
      app.exit(1);
    });
} else {
  app.quit();
}
