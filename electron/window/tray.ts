import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { PortalState } from '../../shared/domain/portal-state.ts';
import type { TrayWords } from '../../shared/i18n/tray-words.ts';
import { trayPicture } from './tray-picture.ts';

const side = 32;

export type TrayActions = {
  readonly open: () => void;
  readonly newRequest: () => void;
  readonly endSession: () => void;
  readonly quit: () => void;
};
export type TrayMark = { readonly show: (words: TrayWords) => void; readonly close: () => void };

/** In a label a single ampersand marks a key to press and is not drawn. */
const label = (words: string): string => words.replaceAll('&', '&&');

/** The portal's state at the edge of the screen, in the same words as on Today; also while the window stands behind others. */
export function openTray(actions: TrayActions): TrayMark {
  let tray: Tray | null = null;
  let shown = '';
  const picture = (state: PortalState): Electron.NativeImage =>
    nativeImage.createFromBitmap(Buffer.from(trayPicture(side, state)), {
      width: side,
      height: side,
      scaleFactor: 2,
    });
  const action = (words: string | null, click: () => void): MenuItemConstructorOptions[] =>
    words === null ? [] : [{ label: label(words), click }];
  return {
    show: (words) => {
      const next = JSON.stringify(words);
      if (next === shown) return;
      shown = next;
      if (tray === null) {
        tray = new Tray(picture(words.state));
        tray.on('click', actions.open);
      } else tray.setImage(picture(words.state));
      tray.setToolTip(words.tooltip);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          ...words.lines.map((line) => ({ label: label(line), enabled: false })),
          { type: 'separator' },
          ...action(words.open, actions.open),
          ...action(words.newRequest, actions.newRequest),
          ...action(words.endSession, actions.endSession),
          ...action(words.quit, actions.quit),
        ]),
      );
    },
    close: () => {
      tray?.destroy();
      tray = null;
    },
  };
}
