import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { type Launched, launch } from './launch.ts';
import { firstRun, goTo, openSection, writeAndSend } from './workshop.ts';

/** The next dialog for files stays open until `closeDialog`, as while a person looks for one. */
async function holdDialog(app: ElectronApplication, name: string): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'officina-taken-')), name);
  writeFileSync(path, 'Reading flash: 38 %\nChecksum error\n');
  await app.evaluate(({ dialog }, chosen) => {
    const choice = new Promise((resolve) =>
      Reflect.set(globalThis, 'closeDialog', () => resolve({ canceled: false, filePaths: [chosen] })),
    );
    Reflect.set(dialog, 'showOpenDialog', () => choice);
  }, path);
}

const closeDialog = (app: ElectronApplication): Promise<void> =>
  app.evaluate(() => Reflect.get(globalThis, 'closeDialog')());

let started: Launched;
let app: ElectronApplication;
let page: Page;
test.beforeAll(async () => {
  started = await launch();
  ({ app, page } = started);
  await firstRun(page);
});
test.afterAll(async () => {
  await started.app.close();
});

test('file goes on the draft it was taken for when another one is on screen by then', async () => {
  for (const words of ['Prima bozza', 'Seconda bozza']) {
    await goTo(page, 'Nuova richiesta');
    await openSection(page, 'Problema');
    await page.getByLabel('Che cosa è successo', { exact: true }).fill(words);
    await expect(page.getByRole('status').filter({ hasText: /salvata\b/u })).toBeVisible();
  }
  const open = async (words: string): Promise<void> => {
    await goTo(page, 'Richieste');
    await page.getByRole('table', { name: 'Richieste' }).getByRole('button', { name: words }).click();
    await expect(page.getByRole('heading', { level: 1, name: words })).toBeVisible();
    await openSection(page, 'Prove');
  };
  const onRequest = page.getByRole('region', { name: 'In questa richiesta' });
  await open('Prima bozza');
  await holdDialog(app, 'prima.log');
  await page.getByRole('button', { name: 'Aggiungi file' }).click();
  await open('Seconda bozza');
  await closeDialog(app);
  await expect(async () => {
    await open('Prima bozza');
    await expect(onRequest).toContainText('prima.log', { timeout: 1_000 });
  }).toPass();
  await open('Seconda bozza');
  await expect(page.getByRole('button', { name: 'Aggiungi file' })).toBeVisible();
  await expect(onRequest).toHaveCount(0);
});

test('words stay when they are written while a file is taken, and while the reply before them leaves', async () => {
  await writeAndSend(page);
  const box = page.getByRole('textbox', { name: /^Rispondi/u });
  await holdDialog(app, 'seconda.log');
  await page.getByRole('button', { name: 'Allega' }).click();
  await box.fill('Ho riprovato con un altro alimentatore.');
  await closeDialog(app);
  await expect(page.getByText('seconda.log').first()).toBeVisible();
  await expect(box).toHaveValue('Ho riprovato con un altro alimentatore.');
  await expect(page.getByText('salvata; parte subito')).toBeVisible();
  // A person who goes on writing: a letter in every turn of the page, from the press of the button on.
  const letters = 60;
  await page.evaluate(async (count) => {
    document.querySelector<HTMLButtonElement>('.reply .primary')?.click();
    const put = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
    for (let at = 0; at < count; at += 1) {
      const text = document.querySelector<HTMLTextAreaElement>('.reply textarea');
      put?.call(text, `${text?.value ?? ''}x`);
      text?.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve));
    }
  }, letters);
  const sent = page.getByRole('log').getByText('Ho riprovato con un altro alimentatore.');
  await expect(sent).toBeVisible();
  const inAll = async (): Promise<number> =>
    ((await sent.innerText()) + (await box.inputValue())).split('x').length - 1;
  await expect.poll(inAll).toBe(letters);
});
