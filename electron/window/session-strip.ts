import { app, BrowserWindow, globalShortcut, screen } from 'electron';
import { startPage } from './app-protocol.ts';
import { zoomFactor } from './page-comfort.ts';
import { hardenedPreferences, revive } from './main-window.ts';

/** Ends the session from any program, also while the pointer is held by the other side (COMPLAINT-17). */
export const endHotKey = 'Control+Alt+Shift+T';
const size = { width: 360, height: 116 } as const;
const marginPx = 16;
/** The main window comes up meanwhile; a program without any window would end. */
const closeAfterMs = 1_500;

export type StripParts = {
  readonly programFolder: string;
  readonly log: (error: unknown) => void;
  /** End session, by the hot key. */
  readonly onEnd: () => void;
  /** The main window is to be seen: the session is over, or somebody wanted the strip away while it goes on. */
  readonly onMain: () => void;
};

export type SessionStrip = { readonly show: (live: boolean) => void };

/**
 * The small window that stays above everything while a session is under way (R-REMOTE-6): it lives without the main window and
 * without the portal. The same bundle and the same locks as the main window. The key works as long as the strip is there, and the
 * strip stays as long as the session: without it the program would end in the middle of one, and nobody would say so.
 */
export function sessionStrip({ programFolder, log, onEnd, onMain }: StripParts): SessionStrip {
  let strip: BrowserWindow | null = null;
  let mayClose = false;
  app.on('before-quit', () => {
    mayClose = true;
  });
  const open = (): void => {
    if (strip !== null) return;
    const { workArea } = screen.getPrimaryDisplay();
    // Pages of one origin are all drawn at one size: the strip grows with it, so that its button is never cut.
    const [width, height] = [Math.round(size.width * zoomFactor()), Math.round(size.height * zoomFactor())];
    const window = new BrowserWindow({
      width,
      height,
      x: workArea.x + workArea.width - width - marginPx,
      y: workArea.y + workArea.height - height - marginPx,
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
    mayClose = false;
    window.on('close', (event) => {
      if (mayClose) return;
      event.preventDefault();
      onMain();
    });
    revive(window, log);
    window.setAlwaysOnTop(true, 'screen-saver');
    window.once('ready-to-show', () => window.showInactive());
    window.once('closed', () => {
      strip = null;
      globalShortcut.unregister(endHotKey);
    });
    // Another program may have the key: then the strip says that its button is the way out.
    const hasKey = globalShortcut.register(endHotKey, onEnd);
    void window.loadURL(`${startPage}#strip${hasKey ? '' : '-without-key'}`);
  };
  return {
    show: (live) => {
      if (live) return open();
      if (strip === null) return;
      // The main window first: without any window the program would end before the person saw how it ended.
      onMain();
      const done = strip;
      setTimeout(() => {
        mayClose = true;
        done.close();
      }, closeAfterMs);
    },
  };
}
