import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export const mainFile = resolve(import.meta.dirname, '../../out-test/main/main.js');

export type Launched = {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataFolder: string;
};
export type LaunchOptions = {
  readonly dataFolder?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<
    Record<string, string>
  > /** A program that starts the app in other surroundings; left out, the app itself. */;
  readonly executablePath?: string /** False: give the window back at once, whatever stands behind it. */;
  readonly waits?: boolean;
};

/** A data folder nobody used before. */
export function freshDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'officina-data-'));
}

/** Environment of a start: this process's own, `undefined` values left out, plus `extra`. */
export function startEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const own = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(own), ...extra };
}

/** Starts the test flavour with Chromium's sandbox on and waits for its window. The caller closes `app`. */
export async function launch(options: LaunchOptions = {}): Promise<Launched> {
  const dataFolder = options.dataFolder ?? freshDataFolder();
  const app = await _electron.launch({
    args: ['--disable-gpu', mainFile, '--data-dir', dataFolder, ...(options.args ?? [])],
    ...(options.executablePath === undefined ? {} : { executablePath: options.executablePath }),
    // Playwright adds --no-sandbox on Linux by itself unless told otherwise.
    chromiumSandbox: true,
    // Windows looks through a program it has not seen before it lets it start.
    timeout: 120_000,
    env: startEnvironment(options.env),
  });
  const page = await app.firstWindow();
  // What stands behind the window is loaded after it: tests that look into the main process must not meet it half loaded.
  if (options.waits !== false) await page.evaluate(async () => window.officina.appInfo({}));
  return { app, page, dataFolder };
}

/** Starts it as the system does at the start of a session: without a window. The caller closes it. */
export function startHidden(
  dataFolder: string,
  env: Readonly<Record<string, string>>,
): Promise<ElectronApplication> {
  return _electron.launch({
    args: ['--disable-gpu', mainFile, '--data-dir', dataFolder, '--hidden'],
    chromiumSandbox: true,
    timeout: 120_000,
    env: startEnvironment(env),
  });
}
