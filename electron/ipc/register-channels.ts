import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { AppError } from '../../shared/domain/app-error.ts';
import type { Result } from '../../shared/domain/result.ts';
import { channelNames, dropChannelName } from '../../shared/ipc/channel-names.ts';
import { startPage } from '../window/app-protocol.ts';

/** Size, schema and service behind the doors; `name` is one of the channels, the payload is anything. */
export type Dispatch = (name: RegisteredChannel, payload: unknown) => Promise<Result<unknown, AppError>>;
export type RegisteredChannel = (typeof channelNames)[number] | typeof dropChannelName;

const foreign: Result<never, AppError> = { ok: false, error: { code: 'E_SENDER', params: {} } };

function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(startPage);
}

/**
 * The one place where the main process listens to the window. Sender first, then size, then schema, then the service; nobody can
 * go round it, because raw `ipcMain` is refused elsewhere by the architecture check. The doors are there before what is behind
 * them: the window may ask at once, and is answered when the store is open, or told why it could not be.
 */
export function registerChannels(ready: Promise<Dispatch>): void {
  // Main logs why what is behind could not be loaded; here only who asks is told.
  ready.catch(() => undefined);
  for (const name of [...channelNames, dropChannelName] as const) {
    ipcMain.handle(name, (event, payload: unknown) =>
      isOurPage(event) ? ready.then((answer) => answer(name, payload)) : foreign,
    );
  }
}
