import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { channelNames, dropChannelName } from '../../shared/ipc/channel-names.ts';
import { type Launched, launch } from './launch.ts';

const preload = resolve(import.meta.dirname, '../../out-test/preload/preload.cjs');
let started: Launched;
test.beforeAll(async () => {
  started = await launch();
  await started.page.locator('h1').first().waitFor();
});
test.afterAll(async () => {
  await started.app.close();
});

test('SEC-3: the bridge answers the same and hands nothing to the page when the page has replaced what it could use', async () => {
  const seen = await started.page.evaluate(async () => {
    const before = JSON.stringify(await window.officina.productCatalogue({}));
    const { push } = Array.prototype;
    const { then } = Promise.prototype;
    const { parse } = JSON;
    let caught = 0;
    Array.prototype.push = function pushed(...items) {
      caught += 1;
      return Reflect.apply(push, this, items);
    };
    JSON.parse = (text) => {
      caught += 1;
      return parse(text);
    };
    Reflect.set(
      Promise.prototype,
      'then',
      function thenned(this: Promise<unknown>, ...reactions: Parameters<typeof then>) {
        caught += 1;
        return Reflect.apply(then, this, reactions);
      },
    );
    Reflect.set(Object.prototype, 'sender', undefined);
    // Awaiting a promise of one's own kind does not call `then`: what is counted came from somewhere else.
    const answer = await window.officina.productCatalogue({});
    const failed = await window.officina.draft({ id: 'no id at all' } as never);
    Array.prototype.push = push;
    JSON.parse = parse;
    Reflect.set(Promise.prototype, 'then', then);
    Reflect.deleteProperty(Object.prototype, 'sender');
    return { same: JSON.stringify(answer) === before, failed: failed.ok, caught };
  });
  expect(seen).toEqual({ same: true, failed: false, caught: 0 });
});

test('SEC-3, SEC-20: the bridge is a frozen list of functions of the page and nothing more when it is walked to its end', async () => {
  const walked = await started.page.evaluate(() =>
    Object.entries(window.officina).map(
      ([name, value]) =>
        `${name}: ${typeof value}, own ${Object.keys(value).length}, made by the page ${value.constructor === Function}, frozen ${Object.isFrozen(value)}`,
    ),
  );
  expect(walked.toSorted()).toEqual(
    [...channelNames, dropChannelName, 'onEvent']
      .map((name) => `${name}: function, own 0, made by the page true, frozen true`)
      .toSorted(),
  );
  const globals = await started.page.evaluate(() =>
    ['ipcRenderer', 'electron', 'require', 'process', 'webFrame', 'contextBridge'].filter((name) =>
      Reflect.has(globalThis, name),
    ),
  );
  expect(globals).toEqual([]);
});

test('SEC-20: a listener gets the data alone when an event comes', async () => {
  const got = await started.page.evaluate(async () => {
    const heard = new Promise<readonly unknown[]>((resolve) => {
      const stop = window.officina.onEvent((...everything: readonly unknown[]) => {
        stop();
        resolve(everything);
      });
    });
    await window.officina.startDraft({ toolId: null, evidenceIds: [] });
    const [data, ...more] = await heard;
    return {
      more: more.length,
      keys: Object.keys(data as object),
      sender: Reflect.has(data as object, 'sender'),
    };
  });
  expect(got).toEqual({ more: 0, keys: ['kind'], sender: false });
});

test('SEC-17: the doors of main are the documented ones when they are counted', async () => {
  const doors = await started.app.evaluate(({ ipcMain }) => [
    ...(Reflect.get(ipcMain, '_invokeHandlers') as Map<string, unknown>).keys(),
  ]);
  expect(doors.toSorted()).toEqual([...channelNames, dropChannelName].toSorted());
  expect(
    await started.app.evaluate(({ ipcMain }) => ipcMain.eventNames().filter((name) => name !== 'error')),
  ).toEqual([]);
});

/** Calls every channel from a page that is not ours and gives the different answers. */
async function answersFor(address: string, callerAddress: string | null = null): Promise<string[]> {
  return started.app.evaluate(
    async ({ BrowserWindow, session }, { preloadFile, names, url, callerUrl }) => {
      const foreign = new BrowserWindow({
        show: false,
        webPreferences: {
          preload: preloadFile,
          sandbox: true,
          contextIsolation: true,
          nodeIntegrationInSubFrames: true,
          session: session.fromPartition(`foreign ${url}`),
        },
      });
      if (callerUrl !== null)
        foreign.webContents.session.protocol.handle(
          'app',
          () => new Response('<p>not ours</p>', { headers: { 'content-type': 'text/html' } }),
        );
      await foreign.loadURL(url);
      const frames = foreign.webContents.mainFrame.framesInSubtree;
      const caller = frames.at(-1);
      if (caller === undefined || (callerUrl !== null && caller.url !== callerUrl))
        throw new Error(`no such frame: ${caller?.url}`);
      const call = `Promise.all(${JSON.stringify(names)}.map((name) => (name === 'freezeDroppedFiles' ? window.officina[name]([]) : window.officina[name]({})).then((answer) => (answer.ok ? 'answered' : answer.error.code), (error) => String(error))))`;
      const codes = (await caller.executeJavaScript(call)) as string[];
      foreign.destroy();
      return [...new Set(codes)];
    },
    {
      preloadFile: preload,
      names: [...channelNames, dropChannelName],
      url: address,
      callerUrl: callerAddress,
    },
  );
}

test('SEC-17: every channel refuses when a page of data:, of file: or a frame inside a page calls it', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'officina-foreign-')), 'index.html');
  writeFileSync(file, '<p>foreign</p>');
  expect(await answersFor('data:text/html,<p>foreign</p>')).toEqual(['E_SENDER']);
  expect(await answersFor(pathToFileURL(file).href)).toEqual(['E_SENDER']);
  expect(await answersFor('data:text/html,<iframe srcdoc="inner"></iframe>')).toEqual(['E_SENDER']);
  // A frame that bears our page's own address: only that it is no main frame gives it away.
  expect(
    await answersFor(
      'data:text/html,<iframe src="app://bundle/index.html"></iframe>',
      'app://bundle/index.html',
    ),
  ).toEqual(['E_SENDER']);
});
