import { BrowserWindow } from 'electron';
import { eventChannel } from '../../shared/ipc/channel-names.ts';
import type { AppEvent } from '../../shared/ipc/contract.ts';

/** Tells what happened to whoever listens; services get it as a parameter, so that tests can listen too. */
export type PublishEvent = (event: AppEvent) => void;

/** Sends an event to the window, if there is one. Nobody waits for it: the truth is in the store, and the window asks again. */
export const publishToWindow: PublishEvent = (event) => {
  for (const window of BrowserWindow.getAllWindows())
    if (!window.isDestroyed()) window.webContents.send(eventChannel, event);
};
