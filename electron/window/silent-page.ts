import type { BrowserWindow } from 'electron';

/** Longest time a page may take to let its window close, in milliseconds. */
const pageEndMs = 1_500;

/**
 * A window whose page answers nothing is closed without it: such a page hands nothing over any more, and what it had saved is in the store.
 * @param onHeldBack told when the page answers that the person is to be asked first
 */
export function closeWithoutAnswer(window: BrowserWindow, onHeldBack: () => void): void {
  let patience: NodeJS.Timeout | undefined;
  window.on('close', (event) => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      if (!event.defaultPrevented && !window.isDestroyed()) window.destroy();
    }, pageEndMs);
  });
  window.once('closed', () => clearTimeout(patience));
  window.webContents.on('will-prevent-unload', () => {
    clearTimeout(patience);
    onHeldBack();
  });
}
