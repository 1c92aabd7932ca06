import { BrowserWindow, globalShortcut, screen } from 'electron';
import { startPage } from './app-protocol.ts';
import { hardenedPreferences } from './main-window.ts';

/** Ends the session from any program, also while the pointer is held by the other side (C17). */
export const endHotKey = 'Control+Alt+Shift+T';
const size = { width: 360, height: 96 } as const;
const marginPx = 16;
/** The main window comes up meanwhile; a program without any window would end. */
const closeAfterMs = 1_500;

export type SessionStrip = { readonly show: (live: boolean) => void };

/**
 * The small window that stays above everything while a session is under way (R-REMOTE-6): it lives without the main window and
 * without the portal. The same bundle and the same locks as the main window. The key works as long as the strip is there.
 */
export function sessionStrip(programFolder: string, onEnd: () => void, onOver: () => void): SessionStrip {
  let strip: BrowserWindow | null = null;
  const open = (): void => {
    if (strip !== null) return;
    const { workArea } = screen.getPrimaryDisplay();
    const window = new BrowserWindow({
      ...size,
      x: workArea.x + workArea.width - size.width - marginPx,
      y: workArea.y + workArea.height - size.height - marginPx,
      useContentSize: true,
      frame: false,
      resizable: false,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      alwaysOnTop: true,
      show: false,
      title: 'Officina Support',
      webPreferences: hardenedPreferences(programFolder),
    });
    strip = window;
    window.setAlwaysOnTop(true, 'screen-saver');
    window.once('ready-to-show', () => window.showInactive());
    window.once('closed', () => {
      strip = null;
      globalShortcut.unregister(endHotKey);
    });
    void window.loadURL(`${startPage}#strip`);
    globalShortcut.register(endHotKey, onEnd);
  };
  return {
    show: (live) => {
      if (live) return open();
      if (strip === null) return;
      // The main window first: without any window the program would end before the person saw how it ended.
      onOver();
      const done = strip;
      setTimeout(() => done.close(), closeAfterMs);
    },
  };
}
