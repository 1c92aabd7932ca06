import { join } from 'node:path';
import { app, BrowserWindow, type Session, session, type WebPreferences } from 'electron';
import type { TicketId } from '../../shared/domain/ids.ts';
import { startPage } from './app-protocol.ts';
import { lockedPreferences } from './hardening.ts';
import { comfort } from './page-comfort.ts';
import { lastPlace, rememberPlace } from './window-place.ts';

/** In memory only: without `persist:` nothing of the page is written to disk (SEC-23). */
export function windowSession(): Session {
  return session.fromPartition('officina', { cache: false });
}

/** The preferences of SEC-WINDOW, for every window that shows our bundle. */
export function hardenedPreferences(programFolder: string): WebPreferences {
  return {
    ...lockedPreferences,
    preload: join(programFolder, '../preload/preload.cjs'),
    session: windowSession(),
    devTools: !app.isPackaged,
  };
}

let current: BrowserWindow | null = null;

/** The main window, or null while the program goes on without it. */
export function mainWindow(): BrowserWindow | null {
  return current;
}

/** A page that dies again and again is not revived for ever. */
const revivals = 3;

/** Loads the page anew when its process died: everything typed is in the store, and the new page shows it again. */
export function revive(window: BrowserWindow, log: (error: unknown) => void): void {
  let left = revivals;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    log(new Error(`page gone: ${reason}`));
    left -= 1;
    if (left >= 0 && !window.isDestroyed()) window.reload();
  });
}

/** What the main window shows first; the page reads it from its address. */
export type FirstSight = 'new-request' | `session-${TicketId}` | `ticket-${TicketId}`;

type BeforeClose = (window: BrowserWindow, event: Electron.Event) => void;
let beforeClose: BeforeClose = () => undefined;

/** Somebody wants to know before a main window closes, and may hold it back; asked for windows that stand already too. */
export function askBeforeClosing(asked: BeforeClose): void {
  beforeClose = asked;
}

/** Opens the main window where it stood last time. @param first left out, Today or the session under way */
export function openMainWindow(
  programFolder: string,
  log: (error: unknown) => void,
  first: FirstSight | null = null,
): BrowserWindow {
  const placeFile = join(app.getPath('userData'), 'place.txt');
  const place = lastPlace(placeFile);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...(place === null ? {} : { x: place.x, y: place.y, width: place.width, height: place.height }),
    minWidth: 640,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    title: 'Officina Support',
    webPreferences: hardenedPreferences(programFolder),
  });
  current = window;
  window.once('closed', () => {
    if (current === window) current = null;
  });
  window.on('close', (event) => beforeClose(window, event));
  window.removeMenu();
  comfort(window);
  rememberPlace(window, placeFile);
  window.once('ready-to-show', () => {
    if (place?.isMaximized === true) window.maximize();
    window.show();
  });
  revive(window, log);
  // An empty page is the one address that asks nobody's leave (about:blank raises no `will-navigate`): come back from it.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(startPage)) void window.loadURL(startPage);
  });
  void window.loadURL(first === null ? startPage : `${startPage}#${first}`);
  return window;
}
