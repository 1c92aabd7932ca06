import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channelNames, dropChannelName, eventChannel } from '../shared/ipc/channel-names.ts';

// One named function a channel; `ipcRenderer` itself is never handed over, and listeners get the data without the event.
const commands = Object.fromEntries(
  channelNames.map((name) => [name, (input: unknown) => ipcRenderer.invoke(name, input)]),
);

contextBridge.exposeInMainWorld('officina', {
  ...commands,
  // Only a real `File` has a path, and only here is it seen; what the browser made up itself (a dragged picture) has none.
  freezeDroppedFiles: (files: readonly File[]) =>
    ipcRenderer.invoke(dropChannelName, {
      paths: files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    }),
  onEvent: (listener: (event: unknown) => void) => {
    const forward = (_event: unknown, data: unknown): void => listener(data);
    ipcRenderer.on(eventChannel, forward);
    return () => {
      ipcRenderer.removeListener(eventChannel, forward);
    };
  },
});
