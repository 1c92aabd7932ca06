import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { mainFile } from './launch.ts';
import { onLinux } from './on-linux.ts';

const built = resolve(mainFile, '../../ui');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const program = `import { app, BrowserWindow } from 'electron';
app.setPath('userData', process.argv.at(-1));
app.enableSandbox();
void app.whenReady().then(() => new BrowserWindow({ width: 900, height: 1000, useContentSize: true }).loadURL('about:blank'));
`;
/** Letters are drawn a little differently by each version of Chromium: the pictures are those of this one. */
const drawnBy = '33';

let [folder, server, app]: [string, Server | null, ElectronApplication | null] = ['', null, null];
let page: Page;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'officina-ui-'));
  writeFileSync(join(folder, 'main.mjs'), program);
  server = createServer((request, answer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const file = join(built, pathname === '/' ? 'index.html' : pathname);
    answer.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    answer.end(readFileSync(file));
  });
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
  app = await _electron.launch({
    args: ['--disable-gpu', '--force-device-scale-factor=1', join(folder, 'main.mjs'), folder],
    chromiumSandbox: true,
    timeout: 120_000,
  });
  page = await app.firstWindow();
});

test.afterAll(async () => {
  await app?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function show(theme: string): Promise<readonly string[]> {
  await page.goto(`http://127.0.0.1:${(server?.address() as AddressInfo).port}/?theme=${theme}`);
  await page.evaluate(() => document.fonts.ready);
  await expect(page.getByRole('status', { name: 'Si carica' })).toBeVisible();
  return page.locator('section.part').evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''));
}

/** Read when another is opened, whose opened picture below shows it. */
const withinAnother: readonly string[] = ['why-words.tsx'];

test('every component has its place on the page of the components, and axe finds nothing there', async () => {
  const folders = ['components', 'charts'].map((name) =>
    resolve(import.meta.dirname, '../../renderer', name),
  );
  const files = folders.flatMap((place) =>
    readdirSync(place).filter((name) => name.endsWith('.tsx') && !withinAnother.includes(name)),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const theme of ['light', 'dark']) {
    expect([...(await show(theme))].toSorted()).toEqual(files.map((name) => name.slice(0, -4)).toSorted());
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
});

for (const theme of ['light', 'dark'] as const)
  onLinux(`[linux] every component looks as in its picture, ${theme}`, async () => {
    const electron = await app?.evaluate(() => process.versions['electron']);
    test.skip(
      electron?.split('.')[0] !== drawnBy,
      `the pictures were drawn by Electron ${drawnBy}, not ${electron}`,
    );
    const names = await show(theme);
    for (const name of names) {
      const part = page.locator(`section.part[aria-label="${name}"]`);
      await part.scrollIntoViewIfNeeded();
      await expect.soft(part).toHaveScreenshot(`${name}-${theme}.png`, { maxDiffPixels: 100 });
    }
    expect(names.length).toBeGreaterThan(20);
    let opened = 0;
    for (const name of ['confirm', 'sheet', 'why'])
      for (const button of await page.locator(`section.part[aria-label="${name}"] button`).all()) {
        await button.click();
        const over = page.locator('[role="dialog"], [role="alertdialog"]');
        await expect
          .soft(over)
          .toHaveScreenshot(`${name}-open-${opened % 2}-${theme}.png`, { maxDiffPixels: 100 });
        await page.keyboard.press('Escape');
        await expect(over).toHaveCount(0);
        opened += 1;
      }
    expect(opened).toBe(6);
  });
