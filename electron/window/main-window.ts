import { join } from 'node:path';
import { app, BrowserWindow, type Session, session } from 'electron';
import { startPage } from './app-protocol.ts';

/** In memory only: without `persist:` nothing of the page is written to disk (row 23). */
export function windowSession(): Session {
  return session.fromPartition('officina', { cache: false });
}

/** Opens the one window with the preferences of RELIABILITY-SECURITY section 6. */
export function openMainWindow(programFolder: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280, height: 800, minWidth: 640, minHeight: 480, show: false, autoHideMenuBar: true, title: 'Officina Support',
    webPreferences: {
      preload: join(programFolder, '../preload/preload.cjs'),
      session: windowSession(),
      contextIsolation: true, sandbox: true, webSecurity: true,
      nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webviewTag: false, allowRunningInsecureContent: false, experimentalFeatures: false, navigateOnDragDrop: false, spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  // An empty page is the one address that asks nobody's leave (about:blank raises no `will-navigate`): come back from it.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(startPage)) void window.loadURL(startPage);
  });
  void window.loadURL(startPage);
  return window;
}
