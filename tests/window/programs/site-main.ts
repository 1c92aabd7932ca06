import { app, type WebContents, webContents } from 'electron';
import { pageDriver } from '../../../electron/portal/web/page-driver.ts';
import type { Site } from '../../../electron/portal/web/site.ts';
import { registerAppScheme } from '../../../electron/window/app-protocol.ts';
import { lockContents } from '../../../electron/window/hardening.ts';
import { openMainWindow, windowSession } from '../../../electron/window/main-window.ts';
import { siteRuleOf } from '../../../electron/window/site-rules.ts';
import { eraseSites } from '../../../electron/window/site-session.ts';
import { openSite } from '../../../electron/window/site-view.ts';
import { portalMapSchema } from '../../../shared/portal-map/portal-map.ts';

// The window of a program and nothing behind it, so that a test can put a portal's page over it and drive that page by a map.
app.setPath('userData', process.env['SITE_DATA'] ?? '');
app.enableSandbox();
registerAppScheme();
lockContents();

/** Put into the world of our scripts before them: counts whoever asks a password field what stands in it. */
const counting = `if (!('reads' in globalThis)) { globalThis.reads = 0;
  const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  Object.defineProperty(HTMLInputElement.prototype, 'value', { ...own, get() { if (this.type === 'password') globalThis.reads += 1; return own.get.call(this); } });
  const asked = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) { if (this.type === 'password' && name === 'value') globalThis.reads += 1; return asked.call(this, name); };
  const data = window.FormData; window.FormData = class extends data { constructor(...given) { super(...given); globalThis.reads += 1; } };
}\n`;
let reads = 0;

let site: Site | null = null;
const faults: string[] = [];
const pageOf = (): WebContents | undefined =>
  webContents.getAllWebContents().find((contents) => siteRuleOf(contents.session) !== null);

app.on('web-contents-created', (_event, contents) => {
  if (siteRuleOf(contents.session) === null) return;
  const run = contents.executeJavaScriptInIsolatedWorld.bind(contents);
  contents.executeJavaScriptInIsolatedWorld = async (world, scripts) => {
    const answer: unknown = await run(world, [
      {
        code: `${counting}({ answer: ${scripts.map(({ code }) => code).join('')}, reads: globalThis.reads })`,
      },
    ]);
    reads = Math.max(reads, Number(Reflect.get(answer as object, 'reads')));
    return Reflect.get(answer as object, 'answer');
  };
});

/** What the tests may ask, by name; each answer is plain data. */
const stand = {
  open: async (given: { url: string; hosts: string[]; keepsLogin: boolean }) => {
    await site?.close();
    reads = 0;
    site = await openSite({ ...given, onChange: () => undefined });
    site.place({ x: 0, y: 0, width: 900, height: 700 });
  },
  close: async () => {
    await site?.close();
    site = null;
  },
  go: async (url: string) => site?.go(url),
  state: async () => site?.state() ?? null,
  faults: async () => faults,
  eraseSites: async () => eraseSites(),
  inPage: async (code: string) => pageOf()?.executeJavaScript(code),
  passwordReads: async () => reads,
  drive: async ({ map, order, given }: { map: unknown; order: string; given: unknown }) => {
    if (site === null) throw new Error('no site');
    const driver = pageDriver(site, portalMapSchema.parse(map));
    const work = Reflect.get(driver, order) as (asked: unknown) => Promise<unknown>;
    return work(given).then(
      (value) => ({ value }),
      (error: unknown) => ({ fault: String(error) }),
    );
  },
};
Reflect.set(globalThis, 'stand', stand);

void app.whenReady().then(() => {
  windowSession().protocol.handle(
    'app',
    () => new Response('<h1>own</h1>', { headers: { 'content-type': 'text/html' } }),
  );
  openMainWindow(import.meta.dirname, (error) => faults.push(String(error)));
});
