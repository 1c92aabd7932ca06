import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { desktopHandlers } from '../../electron/ipc/desktop-handlers.ts';
import {
  type Autostart,
  desktopEntry,
  hiddenSwitch,
  linuxAutostart,
  type LoginItems,
  startsHidden,
  windowsAutostart,
} from '../../electron/platform/autostart.ts';

const folder = mkdtempSync(join(tmpdir(), 'officina-autostart-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const command = {
  program: '/opt/Officina Support/officina',
  args: ['--data-dir', '/dati/100% "mio" $HOME', hiddenSwitch],
};

test('autostart file starts the program hidden on the same data, and goes when it is switched off', () => {
  const autostart = linuxAutostart(folder, command);
  expect(autostart.isOn()).toBe(false);
  autostart.set(false);
  autostart.set(true);
  expect(autostart.isOn()).toBe(true);
  const file = join(folder, 'autostart', 'officina-support.desktop');
  expect(readFileSync(file, 'utf8')).toContain(
    'Exec="/opt/Officina Support/officina" "--data-dir" "/dati/100%% \\\\"mio\\\\" \\\\$HOME" "--hidden"\n',
  );
  // The desktop's own settings switch an entry off so.
  appendFileSync(file, 'Hidden=true\n');
  expect(autostart.isOn()).toBe(false);
  autostart.set(true);
  expect(autostart.isOn()).toBe(true);
  autostart.set(false);
  expect(autostart.isOn()).toBe(false);
  expect(() => desktopEntry({ program: '/a\nExec=sh', args: [] })).toThrow(RangeError);
});

test('registry entry counts as off when the task manager switched it off', () => {
  let kept: Parameters<LoginItems['setLoginItemSettings']>[0] | null = null;
  let allowed = true;
  const items: LoginItems = {
    getLoginItemSettings: ({ path }) => {
      const openAtLogin = kept?.openAtLogin === true && kept.path === path;
      return { openAtLogin, executableWillLaunchAtLogin: openAtLogin && allowed };
    },
    setLoginItemSettings: (settings) => {
      kept = settings;
    },
  };
  const autostart = windowsAutostart(items, command, 'support.officina.desktop');
  autostart.set(true);
  expect(kept).toEqual({
    path: command.program,
    args: command.args,
    openAtLogin: true,
    enabled: true,
    name: 'support.officina.desktop',
  });
  expect(autostart.isOn()).toBe(true);
  allowed = false;
  expect(autostart.isOn()).toBe(false);
});

test('person is told when the system takes no autostart, and what it says afterwards counts', async () => {
  const door = (system: Autostart | null) =>
    desktopHandlers({
      openDataFolder: async () => true,
      copy: () => undefined,
      open: async () => undefined,
      openChromiumLicences: async () => true,
      autostart: () => system,
    });
  expect(await door(null).autostart({})).toEqual({ isOffered: false, isOn: false });
  const refused = expect.objectContaining({
    error: expect.objectContaining({ code: 'desktop.noAutostart' }),
  });
  expect(() => door(null).setAutostart({ on: true })).toThrow(refused);
  const deaf: Autostart = { isOffered: true, isOn: () => false, set: () => undefined };
  expect(() => door(deaf).setAutostart({ on: true })).toThrow(refused);
  // A file in the place of the folder: nothing can be written there.
  const blocked = join(folder, 'file');
  writeFileSync(blocked, '');
  expect(() => door(linuxAutostart(blocked, command)).setAutostart({ on: true })).toThrow(refused);
  expect(await door(linuxAutostart(folder, command)).setAutostart({ on: true })).toEqual({
    isOffered: true,
    isOn: true,
  });
});

test('only the switch itself starts the program without a window', () => {
  expect([startsHidden(['app', hiddenSwitch]), startsHidden(['app', '--hidden=1', 'hidden'])]).toEqual([
    true,
    false,
  ]);
});
