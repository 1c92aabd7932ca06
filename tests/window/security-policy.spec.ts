import { expect, test } from '@playwright/test';
import { type Launched, launch } from './launch.ts';

let started: Launched;
test.beforeAll(async () => {
  started = await launch();
  await started.page.locator('h1').first().waitFor();
});
test.afterAll(async () => {
  await started.app.close();
});

/** Plants something in the page and gives the rules it broke, within half a second. */
async function broken(plant: string): Promise<string[]> {
  return started.app.evaluate(
    async ({ BrowserWindow }, code) =>
      (await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`(async () => {
    const rules = new Set();
    const note = (event) => rules.add(event.effectiveDirective);
    document.addEventListener('securitypolicyviolation', note);
    try { ${code} } catch { }
    await new Promise((done) => setTimeout(done, 500));
    document.removeEventListener('securitypolicyviolation', note);
    return [...rules];
  })()`)) as string[],
    plant,
  );
}

const make = (tag: string, properties: Readonly<Record<string, string>>): string =>
  `const made = document.createElement('${tag}'); ${Object.entries(properties)
    .map(([name, value]) => `made.setAttribute('${name}', ${JSON.stringify(value)});`)
    .join(' ')} document.body.append(made);`;

const kinds: readonly (readonly [string, string, string])[] = [
  [
    'an inline handler',
    `${make('button', { onclick: 'window.planted = 1' })} made.click();`,
    'require-trusted-types-for',
  ],
  ['eval', "window.eval('window.planted = 1');", 'require-trusted-types-for'],
  ['code made from text', "new Function('window.planted = 1')();", 'require-trusted-types-for'],
  [
    'HTML made from text',
    "document.body.innerHTML += '<img src=x onerror=window.planted=1>';",
    'require-trusted-types-for',
  ],
  [
    'a policy for such text',
    "trustedTypes.createPolicy('planted', { createHTML: (text) => text });",
    'trusted-types',
  ],
  ['a frame', make('iframe', { src: 'https://evil.test/' }), 'frame-src'],
  [
    'a base address',
    `const made = document.createElement('base'); made.href = 'https://evil.test/'; document.head.append(made);`,
    'base-uri',
  ],
  [
    'a form',
    `${make('form', { action: 'https://evil.test/', method: 'post' })} made.submit();`,
    'form-action',
  ],
  ['an object', make('object', { data: 'https://evil.test/x.swf' }), 'require-trusted-types-for'],
  ['a picture from elsewhere', make('img', { src: 'https://evil.test/x.png' }), 'img-src'],
  ['a picture in the address', make('img', { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }), 'img-src'],
  [
    'a style sheet from elsewhere',
    make('link', { rel: 'stylesheet', href: 'https://evil.test/x.css' }),
    'style-src-elem',
  ],
  [
    'a style in the page',
    `const made = document.createElement('style'); made.textContent = 'body{color:red}'; document.head.append(made);`,
    'style-src-elem',
  ],
  ['a sound', make('audio', { src: 'https://evil.test/x.mp3', autoplay: '' }), 'media-src'],
  ['a request', "fetch('https://evil.test/').catch(() => null);", 'connect-src'],
  ['a socket', "new WebSocket('wss://evil.test/');", 'connect-src'],
  ['a beacon', "navigator.sendBeacon('https://evil.test/', 'x');", 'connect-src'],
];

for (const [what, plant, rule] of kinds) {
  test(`SEC-7: the policy is broken and says so when ${what} is planted`, async () => {
    expect(await broken(plant)).toContain(rule);
    expect(await started.page.evaluate(() => Reflect.has(window, 'planted'))).toBe(false);
  });
}

test('SEC-7: no script runs and the policy says so when a script is planted by the parser, from elsewhere or from its address', async () => {
  // Set by an element made elsewhere, the trusted types do not stand before the script rule.
  const scripts = [
    "made.src = 'https://evil.test/x.js'",
    "made.src = 'data:text/javascript,window.planted=1'",
    "made.text = 'window.planted = 1'",
  ];
  for (const script of scripts) {
    const rules = await broken(
      `const made = document.createElement('script'); ${script}; document.body.append(made);`,
    );
    expect(rules.some((rule) => rule === 'require-trusted-types-for' || rule === 'script-src-elem')).toBe(
      true,
    );
  }
  const parsed = await broken(
    "const doc = document.implementation.createHTMLDocument(''); const made = doc.createElementNS('http://www.w3.org/1999/xhtml', 'script'); const text = doc.createTextNode('window.planted = 1'); made.append(text); document.body.append(made);",
  );
  expect(parsed.length).toBeGreaterThan(0);
  expect(await started.page.evaluate(() => Reflect.has(window, 'planted'))).toBe(false);
});

test('SEC-2: a worker holds neither Node nor the bridge when the page makes one', async () => {
  const worker = await started.app.evaluate(
    async ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`(async () => {
    const script = [...document.scripts].map((one) => one.src).find((src) => src !== '');
    try { const made = new Worker(script, { type: 'module' }); made.terminate(); return 'made'; } catch (error) { return error.name; }
  })()`) as Promise<string>,
  );
  // Trusted types refuse any address for a worker: there is no place in it for Node to be found.
  expect(worker).toBe('TypeError');
  expect(started.page.workers()).toHaveLength(0);
});
