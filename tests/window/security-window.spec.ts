import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { channelNames } from '../../shared/ipc/channel-names.ts';
import { type Launched, launch } from './launch.ts';
import { onLinux } from './on-linux.ts';

let started: Launched;
test.beforeAll(async () => {
  started = await launch();
  await started.page.waitForLoadState('load');
});
test.afterAll(async () => {
  await started.app.close();
});

test('SEC-2: the page finds no Node when it looks for it', async () => {
  const kinds = await started.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer'].map((name) => typeof Reflect.get(globalThis, name)),
  );
  expect(kinds).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
});

test('SEC-3, SEC-4, SEC-6, SEC-8, SEC-9, SEC-11, SEC-WINDOW: the window has the preferences written down when it is open', async () => {
  const preferences = await started.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return contents === undefined
      ? null
      : Reflect.apply(
          Reflect.get(contents, 'getLastWebPreferences') as () => Record<string, unknown>,
          contents,
          [],
        );
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  });
  // Electron leaves this one out of its answer when it is off.
  expect(preferences?.['nodeIntegrationInWorker'] ?? false).toBe(false);
});

onLinux('[linux] SEC-4: the kernel filters the page when the sandbox is on', async () => {
  const { osPid, noSandbox } = await started.app.evaluate(({ app, BrowserWindow }) => ({
    osPid: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    noSandbox: app.commandLine.hasSwitch('no-sandbox'),
  }));
  expect(noSandbox).toBe(false);
  expect(readFileSync(`/proc/${osPid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/mu);
});

test('SEC-5: every permission is denied when the page asks', async () => {
  const states = await started.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    return Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    );
  });
  expect(states).toEqual(Array.from(states, () => 'denied'));
});

test('SEC-6: a request elsewhere fails when the page sends one', async () => {
  const outcomes = await started.page.evaluate(async () =>
    Promise.all(
      ['https://example.invalid/', 'file:///etc/passwd', 'http://127.0.0.1:9/'].map(async (url) =>
        fetch(url).then(
          () => 'answered',
          () => 'refused',
        ),
      ),
    ),
  );
  expect(outcomes).toEqual(['refused', 'refused', 'refused']);
});

/** Word for word, and not taken from the program: a policy that was loosened there must not loosen here. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'none'; media-src 'none'; object-src 'none'; frame-src 'none'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

test('SEC-7, SEC-CSP: the policy is the one written down when the page is served', async () => {
  const header = await started.app.evaluate(async ({ BrowserWindow }) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    return (await session?.fetch('app://bundle/index.html'))?.headers.get('content-security-policy') ?? null;
  });
  expect(header).toBe(policy);
  const meta = await started.page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute('content');
  expect(meta).toBe(policy.replace("frame-ancestors 'none'; ", ''));
});

test('SEC-7: inline script is refused when it is planted', async () => {
  const ran = await started.page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'window.planted = 1';
      document.body.append(script);
    } catch {
      return false;
    }
    return Reflect.has(window, 'planted');
  });
  expect(ran).toBe(false);
});

test('SEC-13, SEC-18: the address stays when the page tries to leave', async () => {
  for (const target of [
    'https://evil.test/',
    'file:///etc/passwd',
    'app://other/index.html',
    'data:text/html,x',
  ]) {
    await started.page.evaluate((url) => {
      window.location.href = url;
    }, target);
    await started.page.waitForTimeout(150);
    expect(started.page.url()).toMatch(/^app:\/\/bundle\/index\.html/u);
  }
});

test('SEC-14: no second window opens when the page asks for one', async () => {
  await started.page.evaluate(() =>
    ['https://evil.test/', 'about:blank', 'app://bundle/index.html'].map((url) => window.open(url, '_blank')),
  );
  expect(await started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('SEC-18: a traversal finds nothing when any form of it is asked', async () => {
  const forms = [
    'app://bundle/../../package.json',
    'app://bundle/%2e%2e/%2e%2e/package.json',
    'app://bundle/..%5c..%5cpackage.json',
    'app://bundle/%00',
    'app://bundle//etc/passwd',
    'app://other/index.html',
  ];
  const statuses = await started.app.evaluate(async ({ BrowserWindow }, urls) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    return Promise.all(
      urls.map(async (url) =>
        session?.fetch(url).then(
          (answer) => answer.status,
          () => 404,
        ),
      ),
    );
  }, forms);
  expect(statuses).toEqual(forms.map(() => 404));
});

test('SEC-20: the bridge holds the documented names when it is listed', async () => {
  const names = await started.page.evaluate(() => Object.keys(Reflect.get(window, 'officina') as object));
  for (const name of names) expect([...channelNames, 'onEvent', 'freezeDroppedFiles']).toContain(name);
  for (const name of channelNames) expect(names).toContain(name);
});

test('SEC-24: the preload is small and imports only electron when it is built', () => {
  const file = resolve(import.meta.dirname, '../../out-test/preload/preload.cjs');
  expect(statSync(file).size).toBeLessThanOrEqual(20 * 1_024);
  const imports = [...readFileSync(file, 'utf8').matchAll(/require\(["']([^"']+)["']\)/gu)].map(
    (match) => match[1],
  );
  expect(new Set(imports)).toEqual(new Set(['electron']));
});
