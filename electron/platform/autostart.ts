import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Started so, the program has no window until somebody opens one. */
export const hiddenSwitch = '--hidden';

/** True when the program was started by the system, without a window. */
export function startsHidden(argv: readonly string[]): boolean {
  return argv.includes(hiddenSwitch);
}

/** Whether the program is started with the person's session; the system alone knows, for it may be changed there too. */
export type Autostart = {
  /** False where this system has no way to start a program with the session. */
  readonly isOffered: boolean;
  readonly isOn: () => boolean;
  /** @throws where the system refuses */
  readonly set: (on: boolean) => void;
};

export type AutostartCommand = { readonly program: string; readonly args: readonly string[] };

/** An argument as the desktop entry specification quotes it: `%` starts a field code there. */
function quoted(argument: string): string {
  return `"${argument.replaceAll(/[\\"`$]/gu, (sign) => `\\${sign}`).replaceAll('%', '%%')}"`.replaceAll(
    '\\',
    '\\\\',
  );
}

/** What an autostart folder wants to find. Line ends in a path would begin an entry of their own. @throws RangeError on one */
export function desktopEntry({ program, args }: AutostartCommand): string {
  const exec = [program, ...args];
  if (exec.some((part) => /[\r\n\0]/u.test(part))) throw new RangeError('a path with a line end');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Officina Support',
    `Exec=${exec.map(quoted).join(' ')}`,
    'Terminal=false',
    '',
  ].join('\n');
}

/** A file in the autostart folder of the desktop, which every desktop that keeps to the standard reads at the start of a session. */
export function linuxAutostart(configFolder: string, command: AutostartCommand): Autostart {
  const folder = join(configFolder, 'autostart');
  const file = join(folder, 'officina-support.desktop');
  return {
    isOffered: true,
    // Desktops switch an entry off by a line of their own, and leave the file where it is.
    isOn: () =>
      existsSync(file) &&
      !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/mu.test(readFileSync(file, 'utf8')),
    set: (on) => {
      if (!on) return rmSync(file, { force: true });
      const entry = desktopEntry(command);
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, entry);
    },
  };
}

/** What Electron knows of the programs that Windows starts with the session. */
export type LoginItems = {
  readonly getLoginItemSettings: (options: { path: string; args: string[] }) => {
    readonly openAtLogin: boolean;
    readonly executableWillLaunchAtLogin: boolean;
  };
  readonly setLoginItemSettings: (settings: {
    openAtLogin: boolean;
    enabled: boolean;
    path: string;
    args: string[];
    name: string;
  }) => void;
};

/** The entry of the registry that Windows reads at the start of a session. One that the task manager switched off counts as off. */
export function windowsAutostart(
  items: LoginItems,
  { program, args }: AutostartCommand,
  name: string,
): Autostart {
  const command = { path: program, args: [...args] };
  return {
    isOffered: true,
    isOn: () => {
      const { openAtLogin, executableWillLaunchAtLogin } = items.getLoginItemSettings(command);
      return openAtLogin && executableWillLaunchAtLogin;
    },
    set: (on) => items.setLoginItemSettings({ ...command, openAtLogin: on, enabled: on, name }),
  };
}
