import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Launched, launch } from './launch.ts';

let started: Launched;
test.beforeAll(async () => {
  started = await launch();
  await started.page.waitForLoadState('load');
});
test.afterAll(async () => {
  await started.app.close();
});

test('SEC-1: no request leaves the window when an http picture is planted beside a listening server', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.setHeader('content-type', 'image/svg+xml');
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const outcome = await started.page.evaluate(
    (url) =>
      new Promise<string>((done) => {
        const picture = new Image();
        picture.onload = () => done('loaded');
        picture.onerror = () => done('refused');
        picture.src = url;
      }),
    `http://127.0.0.1:${port}/planted.svg`,
  );
  server.close();
  expect({ outcome, asked }).toEqual({ outcome: 'refused', asked: 0 });
});

test('SEC-2, SEC-17: an empty frame holds neither Node nor the bridge when the page makes one', async () => {
  const kinds = await started.page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow ?? {};
    const found = ['require', 'process', 'module', 'Buffer', 'officina'].map(
      (name) => typeof Reflect.get(inner, name),
    );
    frame.remove();
    return found;
  });
  expect(kinds).toEqual(Array.from(kinds, () => 'undefined'));
});

test('SEC-3: the bridge cannot be replaced and reaches no process when the page tampers', async () => {
  const seen = await started.page.evaluate(() => {
    const bridge = window.officina;
    const before = bridge.appInfo;
    Reflect.set(bridge, 'appInfo', () => 'planted');
    const maker = bridge.appInfo.constructor;
    return {
      same: bridge.appInfo === before,
      frozen: Object.isFrozen(bridge),
      pageFunction: maker === Function,
    };
  });
  expect(seen).toEqual({ same: true, frozen: true, pageFunction: true });
});

test('SEC-10: no feature switch is set when the app starts', async () => {
  const set = await started.app.evaluate(({ app }) =>
    [
      'enable-blink-features',
      'enable-features-for-testing',
      'disable-web-security',
      'no-sandbox',
      'ignore-certificate-errors',
      'allow-running-insecure-content',
    ].filter((name) => app.commandLine.hasSwitch(name)),
  );
  expect(set).toEqual([]);
});

test('SEC-13: the address stays when a form or a meta refresh tries to leave', async () => {
  await started.page.evaluate(() => {
    const form = document.createElement('form');
    form.action = 'https://evil.test/';
    document.body.append(form);
    form.submit();
    const refresh = document.createElement('meta');
    refresh.httpEquiv = 'refresh';
    refresh.content = '0;url=https://evil.test/';
    document.head.append(refresh);
  });
  await started.page.waitForTimeout(500);
  expect(started.page.url()).toMatch(/^app:\/\/bundle\/index\.html/u);
});

test('SEC-16: the pinned Electron and the one under test are on the list when the app runs', async () => {
  const root = resolve(import.meta.dirname, '../..');
  const list = JSON.parse(readFileSync(resolve(root, 'build/supported-electron.json'), 'utf8')) as {
    supportedMajors: number[];
    testRuntimeMajors: number[];
  };
  const pinned = (
    JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    }
  ).devDependencies['electron'];
  const running = await started.app.evaluate(() => process.versions.electron);
  console.log(`electron pinned ${pinned}, under test ${running}`);
  expect(list.supportedMajors).toContain(Number.parseInt(pinned ?? '', 10));
  expect([...list.supportedMajors, ...list.testRuntimeMajors]).toContain(Number.parseInt(running, 10));
});

test('SEC-23: the session keeps nothing on disk and reports no crash elsewhere when it runs', async () => {
  const kept = await started.app.evaluate(async ({ BrowserWindow, crashReporter }) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    return {
      persistent: session?.isPersistent(),
      cookies: (await session?.cookies.get({}))?.length,
      path: session?.storagePath ?? null,
      uploads: crashReporter.getUploadedReports().length,
    };
  });
  expect(kept).toEqual({ persistent: false, cookies: 0, path: null, uploads: 0 });
});
