import { Menu, nativeImage, Tray } from 'electron';
import type { PortalState } from '../../shared/domain/portal-state.ts';
import { trayPicture } from './tray-picture.ts';

const side = 32;

export type TrayWords = { readonly state: PortalState; readonly sentence: string; readonly waiting: string; readonly open: string; readonly quit: string };
export type TrayMark = { readonly show: (words: TrayWords) => void; readonly close: () => void };

/** The portal's state at the edge of the screen, in the same words as on Today; also while the window stands behind others. */
export function openTray(actions: { readonly open: () => void; readonly quit: () => void }): TrayMark {
  let tray: Tray | null = null;
  let shown = '';
  const picture = (state: PortalState): Electron.NativeImage => nativeImage.createFromBitmap(Buffer.from(trayPicture(side, state)), { width: side, height: side, scaleFactor: 2 });
  return {
    show: (words) => {
      const next = JSON.stringify(words);
      if (next === shown) return;
      shown = next;
      if (tray === null) {
        tray = new Tray(picture(words.state));
        tray.on('click', actions.open);
      } else tray.setImage(picture(words.state));
      tray.setToolTip(words.sentence);
      tray.setContextMenu(Menu.buildFromTemplate([
        { label: words.sentence, enabled: false }, { label: words.waiting, enabled: false }, { type: 'separator' },
        { label: words.open, click: actions.open }, { label: words.quit, click: actions.quit },
      ]));
    },
    close: () => {
      tray?.destroy();
      tray = null;
    },
  };
}
