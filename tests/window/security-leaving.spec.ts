import { type CDPSession, expect, test } from '@playwright/test';
import { type Launched, launch } from './launch.ts';

let started: Launched;
let inner: CDPSession;
test.beforeAll(async () => {
  started = await launch();
  await started.page.locator('h1').first().waitFor();
  inner = await started.page.context().newCDPSession(started.page);
  await started.app.evaluate(({ app, BrowserWindow }) => {
    Reflect.set(globalThis, 'made', 0);
    app.on('browser-window-created', () =>
      Reflect.set(globalThis, 'made', Number(Reflect.get(globalThis, 'made')) + 1),
    );
    Reflect.set(globalThis, 'left', []);
    BrowserWindow.getAllWindows()[0]?.webContents.on('did-navigate', (_event, url) =>
      (Reflect.get(globalThis, 'left') as string[]).push(url),
    );
  });
});
test.afterAll(async () => {
  await started.app.close();
});

/** Asks the page's own process: a navigation that was stopped must not stop the question too. */
async function ask(expression: string): Promise<unknown> {
  const { result } = await inner.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    userGesture: true,
    returnByValue: true,
  });
  return result.value;
}

/** Runs code in the page as if after a click, and waits for what it may set off. */
async function act(code: string): Promise<void> {
  await ask(
    `(async () => { try { ${code} } catch { } await new Promise((done) => setTimeout(done, 150)); })()`,
  );
}

async function stillHere(): Promise<void> {
  expect(
    await started.app.evaluate(({ BrowserWindow, webContents }) => ({
      windows: BrowserWindow.getAllWindows().length,
      contents: webContents.getAllWebContents().length,
      made: Reflect.get(globalThis, 'made'),
      left: Reflect.get(globalThis, 'left'),
      url: BrowserWindow.getAllWindows()[0]?.webContents.getURL().split('#')[0],
    })),
  ).toEqual({ windows: 1, contents: 1, made: 0, left: [], url: 'app://bundle/index.html' });
  expect(await ask("document.querySelector('h1') !== null && !('planted' in window)")).toBe(true);
}

const targets = [
  'https://evil.test/',
  'http://127.0.0.1:9/',
  'file:///etc/passwd',
  'app://other/index.html',
  'app://bundle/other.html',
  'data:text/html,x',
  'blob:app://bundle/x',
  'javascript:window.planted=1',
  'view-source:app://bundle/index.html',
  'chrome://gpu',
  'devtools://devtools/bundled/inspector.html',
  'mailto:x@evil.test',
  'ms-msdt:/id',
  '//evil.test/',
];

const ways: Readonly<Record<string, (url: string) => string>> = {
  'an address is set': (url) => `window.location.href = ${JSON.stringify(url)};`,
  'an address replaces ours': (url) => `window.location.replace(${JSON.stringify(url)});`,
  'a link is clicked': (url) =>
    `const a = document.createElement('a'); a.href = ${JSON.stringify(url)}; a.textContent = 'x'; document.body.append(a); a.click(); a.remove();`,
  'a form is sent': (url) =>
    `const f = document.createElement('form'); f.action = ${JSON.stringify(url)}; document.body.append(f); f.submit(); f.remove();`,
  'a refresh is planted': (url) =>
    `const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=' + ${JSON.stringify(url)}; document.head.append(m); m.remove();`,
};

for (const [way, code] of Object.entries(ways)) {
  test(`SEC-13: the window stays with our page when ${way}, wherever it leads`, async () => {
    for (const url of targets) await act(code(url));
    await stillHere();
  });
}

test('SEC-13: the window stays with our page when somebody goes through its history', async () => {
  await act("history.pushState({}, '', '#one'); history.pushState({}, '', '#two'); history.back();");
  await act("history.pushState({}, '', 'https://evil.test/');");
  await act('history.go(-5);');
  await stillHere();
  await act("history.replaceState({}, '', location.pathname);");
});

test('SEC-13: the window stays with our page when a link is dropped on it', async () => {
  for (const url of ['https://evil.test/', 'file:///etc/passwd']) {
    const data = {
      items: [
        { mimeType: 'text/uri-list', data: url },
        { mimeType: 'text/plain', data: url },
      ],
      dragOperationsMask: 1,
    };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await inner.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    await act('');
  }
  await stillHere();
});

test('SEC-14: no second window opens when the page tries ten ways', async () => {
  const opened = (['', '_blank', '_self_', 'named'] as const).flatMap((name) =>
    ['https://evil.test/', 'about:blank', 'app://bundle/index.html', 'file:///etc/passwd'].map(
      (url) =>
        `window.open(${JSON.stringify(url)}, ${JSON.stringify(name === '' ? '_blank' : name)}, ${name === '_blank' ? "'popup,width=200,height=200'" : "''"});`,
    ),
  );
  for (const code of opened) await act(code);
  await act('window.open();');
  await act("window.open('https://evil.test/', '_blank', 'noopener,noreferrer');");
  await act(
    "window.open('https://evil.test/', '_blank', 'nodeIntegration=yes,contextIsolation=no,sandbox=no');",
  );
  await act(
    "const f = document.createElement('form'); f.action = 'https://evil.test/'; f.target = '_blank'; document.body.append(f); f.submit(); f.remove();",
  );
  await act(
    "const a = document.createElement('a'); a.href = 'https://evil.test/'; a.target = '_blank'; a.rel = 'opener'; document.body.append(a); a.click(); a.remove();",
  );
  await stillHere();
});

test('SEC-13, SEC-14: nothing leaves and nothing opens when a real link is clicked with every button and key', async () => {
  await ask(
    "(() => { const link = document.createElement('a'); link.id = 'planted-link'; link.href = 'https://evil.test/'; link.textContent = 'planted link'; link.style.cssText = 'position:fixed;top:0;left:0;width:200px;height:40px;z-index:9'; document.body.prepend(link); })()",
  );
  const buttons = { left: 1, middle: 4, right: 2 } as const;
  for (const [button, mask] of Object.entries(buttons)) {
    // Alt 1, Control 2, Meta 4, Shift 8: alone and together.
    for (const modifiers of [0, 1, 2, 4, 8, 10]) {
      for (const type of ['mousePressed', 'mouseReleased'] as const)
        await inner.send('Input.dispatchMouseEvent', {
          type,
          x: 20,
          y: 10,
          button: button as 'left' | 'middle' | 'right',
          buttons: mask,
          clickCount: 1,
          modifiers,
        });
    }
  }
  await act('');
  await stillHere();
  await ask("document.getElementById('planted-link')?.remove()");
});

test('SEC-13: the window comes back to our page when it was led to an empty one', async () => {
  await started.page
    .evaluate(() => {
      window.location.href = 'about:blank';
    })
    .catch(() => undefined);
  await expect
    .poll(() =>
      started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
    )
    .toBe('app://bundle/index.html');
  await expect(started.page.locator('h1').first()).toBeVisible();
  expect((await started.page.evaluate(() => window.officina.appInfo({}))).ok).toBe(true);
});
