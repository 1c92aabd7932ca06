import { contextBridge, ipcRenderer } from 'electron';
import { channelNames, eventChannel } from '../shared/ipc/channel-names.ts';

// One named function a channel; `ipcRenderer` itself is never handed over, and listeners get the data without the event.
const commands = Object.fromEntries(channelNames.map((name) => [name, (input: unknown) => ipcRenderer.invoke(name, input)]));

contextBridge.exposeInMainWorld('officina', {
  ...commands,
  onEvent: (listener: (event: unknown) => void) => {
    const forward = (_event: unknown, data: unknown): void => listener(data);
    ipcRenderer.on(eventChannel, forward);
    return () => {
      ipcRenderer.removeListener(eventChannel, forward);
    };
  },
});
