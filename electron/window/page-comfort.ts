import { type BrowserWindow, Menu } from 'electron';
import type { Translate } from '../../shared/i18n/translator.ts';
import { editItems } from './edit-items.ts';

/** Null before the settings were read: nothing heavy is loaded before the page. */
let words: (() => Translate) | null = null;
let percent = 100;

/** Says in which language the edit menu speaks and how large pages are; the windows that are open follow. */
export function tellComfort(
  speech: () => Translate,
  zoomPercent: number,
  windows: readonly BrowserWindow[],
): void {
  words = speech;
  percent = zoomPercent;
  for (const window of windows) if (!window.isDestroyed()) window.webContents.setZoomFactor(zoomFactor());
}

/** How large pages are drawn, 1 as they are made. */
export function zoomFactor(): number {
  return percent / 100;
}

/** The edit menu on right click, and the size the person chose, for a window of ours. */
export function comfort(window: BrowserWindow): void {
  window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(zoomFactor()));
  window.webContents.on('context-menu', (_event, pressed) => {
    const items = words === null ? [] : editItems(pressed, words());
    if (items.length > 0) Menu.buildFromTemplate([...items]).popup({ window });
  });
}
