import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { channelNames } from '../../shared/ipc/channel-names.ts';
import { type Launched, launch, mainFile, startEnvironment } from './launch.ts';

let started: Launched;
test.beforeAll(async () => {
  started = await launch();
  await started.page.waitForLoadState('load');
});
test.afterAll(async () => {
  await started.app.close();
});

test('SEC-12: no webview comes alive when one is planted', async () => {
  const kind = await started.page.evaluate(() =>
    Object.prototype.toString.call(document.body.appendChild(document.createElement('webview'))),
  );
  expect(kind).toBe('[object HTMLElement]');
  expect(await started.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('SEC-15: only the listed address reaches the browser when the page asks for many', async () => {
  await started.app.evaluate(({ shell }) => {
    Reflect.set(globalThis, 'opened', []);
    shell.openExternal = async (url) => {
      (Reflect.get(globalThis, 'opened') as string[]).push(url);
    };
  });
  await started.page.evaluate(async () => {
    for (const url of [
      'https://evil.test/',
      'file:///etc/passwd',
      'https://databank.alientech.to@evil.test/',
      'https://databank.alientech.to/',
      'http://www.alientech-tools.com/',
    ])
      await window.officina.openExternalLink({ url }).catch(() => null);
  });
  expect(await started.app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])).toEqual([
    'https://databank.alientech.to/',
  ]);
});

test('SEC-17: every channel refuses when a foreign page calls it', async () => {
  const preload = resolve(import.meta.dirname, '../../out-test/preload/preload.cjs');
  const answers = await started.app.evaluate(
    async ({ BrowserWindow }, { preloadFile, names }) => {
      const foreign = new BrowserWindow({
        show: false,
        webPreferences: { preload: preloadFile, sandbox: true, contextIsolation: true },
      });
      await foreign.loadURL('data:text/html,<p>foreign</p>');
      const call = `Promise.all(${JSON.stringify(names)}.map((name) => window.officina[name]({}).then((answer) => (answer.ok ? 'answered' : answer.error.code), (error) => (String(error).includes('No handler registered') ? 'no handler' : 'rejected'))))`;
      const codes = (await foreign.webContents.executeJavaScript(call)) as string[];
      foreign.destroy();
      return codes;
    },
    { preloadFile: preload, names: [...channelNames] },
  );
  expect(new Set(answers.filter((code) => code !== 'no handler'))).toEqual(new Set(['E_SENDER']));
  expect(answers[channelNames.indexOf('appInfo')]).toBe('E_SENDER');
});

test('SEC-22: a second start ends by itself and changes nothing when its arguments are hostile', async () => {
  const before = started.page.url();
  const executable = started.app.process().spawnfile;
  const code = await new Promise<number | null>((ended, failed) => {
    const second = spawn(
      executable,
      [
        '--disable-gpu',
        mainFile,
        '--data-dir',
        started.dataFolder,
        'file:///etc/passwd',
        'https://evil.test/',
      ],
      { env: startEnvironment(), stdio: 'ignore' },
    );
    second.on('exit', ended);
    second.on('error', failed);
  });
  expect(code).toBe(0);
  expect(started.page.url()).toBe(before);
  expect(await started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
