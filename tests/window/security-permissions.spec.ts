import { expect, test } from '@playwright/test';
import { launch } from './launch.ts';

/** Each asks as a page would, after a click, and says `granted` only when it got what it asked for. */
const requests: Readonly<Record<string, string>> = {
  geolocation: 'new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))',
  camera: 'navigator.mediaDevices.getUserMedia({ video: true })',
  microphone: 'navigator.mediaDevices.getUserMedia({ audio: true })',
  screen: 'navigator.mediaDevices.getDisplayMedia({ video: true })',
  notifications:
    "Notification.requestPermission().then((state) => { if (state !== 'granted') throw new Error(state); })",
  clipboardRead: 'navigator.clipboard.readText()',
  midi: 'navigator.requestMIDIAccess({ sysex: true })',
  hid: 'navigator.hid.requestDevice({ filters: [] }).then((list) => { if (list.length === 0) throw new Error("none"); })',
  serial: 'navigator.serial.requestPort()',
  usb: 'navigator.usb.requestDevice({ filters: [] })',
  bluetooth: 'navigator.bluetooth.requestDevice({ acceptAllDevices: true })',
  persistentStorage: 'navigator.storage.persist().then((kept) => { if (!kept) throw new Error("refused"); })',
  idle: "IdleDetector.requestPermission().then((state) => { if (state !== 'granted') throw new Error(state); })",
  fonts: 'window.queryLocalFonts().then((list) => { if (list.length === 0) throw new Error("none"); })',
  windows: 'window.getScreenDetails()',
  pointerLock:
    'document.body.requestPointerLock().then(() => { if (document.pointerLockElement === null) throw new Error("refused"); })',
  fullscreen: 'document.documentElement.requestFullscreen()',
};

test('SEC-5: every permission is refused when the page asks for it after a click', async () => {
  const { app, page } = await launch();
  await page.locator('h1').first().waitFor();
  // A dialog of the system would stand there for ever; that none is asked for is part of the answer.
  await app.evaluate(({ dialog }) => {
    Reflect.set(globalThis, 'dialogs', 0);
    dialog.showOpenDialog = async () => {
      Reflect.set(globalThis, 'dialogs', Number(Reflect.get(globalThis, 'dialogs')) + 1);
      return { canceled: true, filePaths: [] };
    };
  });
  const outcomes = await app.evaluate(async ({ BrowserWindow }, wanted) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const found: Record<string, string> = {};
    for (const [name, code] of Object.entries(wanted)) {
      found[name] = String(
        await contents?.executeJavaScript(
          `Promise.race([(async () => ${code})().then(() => 'granted', () => 'refused'), new Promise((late) => setTimeout(late, 3000, 'no answer'))])`,
          true,
        ),
      );
    }
    return found;
  }, requests);
  // What needs the system's own dialog may stay without an answer where nobody sits before it; `granted` is what must never be.
  expect(Object.entries(outcomes).filter(([, outcome]) => outcome === 'granted')).toEqual([]);
  expect(Object.values(outcomes).filter((outcome) => outcome === 'refused').length).toBeGreaterThanOrEqual(
    Object.keys(requests).length - 2,
  );
  expect(await app.evaluate(() => Reflect.get(globalThis, 'dialogs'))).toBe(0);
  const states = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
      'persistent-storage',
      'local-fonts',
      'window-management',
      'idle-detection',
      'storage-access',
    ];
    const asked = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => `${name} ${state}`,
          () => `${name} unknown`,
        ),
      ),
    );
    return asked.filter((answer) => answer.endsWith('granted'));
  });
  expect(states).toEqual([]);
  await app.close();
});
